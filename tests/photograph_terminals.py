"""Photographs the terminals in Persian, as real windows show them.

Start it as ``python -m tests.photograph_terminals``.

Kiosk, ticket, board, desk and supervisor in xterm, VTE (xfce4-terminal), kitty and Konsole, as PNG
in ``docs/pictures``. Name some windows to have only these. It needs Xvfb, the windows and their
fonts: on Debian the packages ``xvfb xterm xfce4-terminal kitty konsole dbus fonts-dejavu-core
fonts-freefont-ttf``.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.draw_pictures import PICTURES
from tests.photographs.photographed_demo import READY
from tests.photographs.windows import WINDOWS, TerminalWindow, display, opened, photograph, save

PATIENCE_S = 700.0
"""For the next terminal to be seen; windows draw slowly without a graphics card."""
DRAWN_S = 0.5


def photograph_all(window: TerminalWindow) -> int:
    """Photograph every terminal in ``window``; how many there were."""
    with TemporaryDirectory(prefix="queueapp-photographs-") as folder, display() as screen:
        place = Path(folder)
        program = ["tests.photographs.photographed_demo", folder]
        with opened(window, program, screen=screen, home=place) as running:
            taken = 0
            until = time.monotonic() + PATIENCE_S
            while running.poll() is None and time.monotonic() < until:
                for ready in place.glob(f"*{READY}"):
                    time.sleep(DRAWN_S)
                    name = f"{ready.name.removesuffix(READY)}-fa-{window.name}.png"
                    save(photograph(screen), PICTURES / name)
                    sys.stdout.write(f"{name}\n")
                    ready.unlink()
                    taken += 1
                    until = time.monotonic() + PATIENCE_S
                time.sleep(0.1)
            return taken


if __name__ == "__main__":
    wanted = sys.argv[1:] or [window.name for window in WINDOWS]
    for each in WINDOWS:
        if each.name not in wanted:
            continue
        if not each.is_installed:
            sys.exit(f"{each.name} is not installed; see the top of this file")
        if not photograph_all(each):
            sys.exit(f"{each.name} showed nothing within {PATIENCE_S:.0f} s")
