"""The demo in Persian, in the window it is started in, which goes through its own terminals.

Whenever one is to be photographed it writes that name into a folder (``<name>.ready``) and waits
until somebody has taken the file away.
"""

import asyncio
import os
import sys
import time
from pathlib import Path

from textual.pilot import Pilot

from queueapp.demo.demo_terminal import DemoTerminal
from queueapp.demo.living_branch import living_branch
from queueapp.tui.persian_window import persian_in
from queueapp.tui.window_answers import ask_window
from tests.draw_pictures import SPEED, look_at_each

READY = ".ready"
IN_ANY_LANGUAGE = "rating"
"""It speaks the language of the customer who happens to be asked."""
AS_IN_LIFE_S = 1.5
"""The screen draws itself, and the window draws what it was sent."""


def wait_without(file: Path) -> None:
    """Wait until ``file`` is gone."""
    while file.exists():
        time.sleep(0.05)


def run(folder: Path) -> None:
    """Show the demo until every terminal was photographed."""
    window = persian_in(ask_window(), os.environ)
    with living_branch(SPEED, language="fa") as branch:
        come = branch.you_are_there.set
        demo = DemoTerminal(branch.context(), speed=SPEED, come_to_counter=come)

        async def picture(name: str) -> None:
            if name == IN_ANY_LANGUAGE:
                return
            await asyncio.sleep(AS_IN_LIFE_S)
            ready = folder / f"{name}{READY}"
            ready.touch()
            await asyncio.to_thread(wait_without, ready)

        async def drive(pilot: Pilot[object]) -> None:
            await look_at_each(demo, pilot, picture)  # type: ignore[arg-type] # a pilot of any app
            await demo.leave()

        (folder / "window").write_text(window.window.value, encoding="utf-8")
        demo.run(auto_pilot=drive)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
