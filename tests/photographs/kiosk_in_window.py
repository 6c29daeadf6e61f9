"""The kiosk in Persian with one quiet morning, in the window it is started in.

When a file ``look`` appears in the folder it writes what it shows, line by line, into
``shown.json``, tells the window to print its screen, and takes the file away.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from kiosk.welcome_screen import WelcomeScreen
from queueapp.tui.terminal import LockedTerminal
from tests.cells_picture import screen_text
from tests.kiosk.customers import morning, receipt_for
from tests.tui.fakes import RecordingOperations, StillFeed, fake_context

LOOK, SHOWN = "look", "shown.json"
PRINT_SCREEN = "\x1b[i"


def run(folder: Path) -> None:
    """Show the kiosk until the window is closed."""
    live = morning()
    operations = RecordingOperations(answers=[receipt_for(live)])
    kiosk = LockedTerminal(
        fake_context(feed=StillFeed(live), operations=operations),
        lambda: WelcomeScreen(settle_seconds=0, language="fa"),
    )

    async def be_looked_at(pilot: Pilot[Any]) -> None:
        while True:
            await asyncio.to_thread(wait_for, folder / LOOK)
            await pilot.pause()
            (folder / SHOWN).write_text(json.dumps(screen_text(kiosk)), encoding="utf-8")
            driver = kiosk._driver
            assert driver is not None
            driver.write(PRINT_SCREEN)
            driver.flush()
            (folder / LOOK).unlink()

    kiosk.run(auto_pilot=be_looked_at)


def wait_for(file: Path) -> None:
    """Wait until ``file`` is there."""
    while not file.exists():
        time.sleep(0.02)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
