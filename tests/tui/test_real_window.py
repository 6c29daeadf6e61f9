"""A real xterm shows the kiosk in Persian just as it was drawn, and as a reader of Persian expects.

Nobody reads pixels here: xterm is told to print its screen, and prints the characters that stand in
its cells, from left to right.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from queueapp.language.bidi import visual
from tests.photographs.kiosk_in_window import LOOK, SHOWN
from tests.photographs.windows import WINDOWS, display, opened

NEEDED = ("Xvfb", "xterm", "xdotool")
XTERM = next(window for window in WINDOWS if window.name == "xterm")
PRINTED = "printed"
PATIENCE_S = 45.0

pytestmark = [
    pytest.mark.skipif(shutil.which(program) is None, reason=f"needs {program}")
    for program in NEEDED
]


@dataclass(frozen=True, slots=True)
class RealKiosk:
    """The kiosk in a real window, and somebody in front of it."""

    folder: Path
    screen: str

    def press(self, key: str) -> None:
        """Press a key of the keyboard, over the window."""
        subprocess.run(
            ["xdotool", "mousemove", "200", "200", "key", key],
            env=os.environ | {"DISPLAY": self.screen},
            check=True,
        )

    def look(self) -> tuple[list[str], list[str]]:
        """What the window prints of itself, and what the kiosk has drawn, line by line."""
        printed = self.folder / PRINTED
        printed.unlink(missing_ok=True)
        (self.folder / LOOK).touch()
        self._wait(lambda: printed.exists() and not (self.folder / LOOK).exists())
        shown = json.loads((self.folder / SHOWN).read_text(encoding="utf-8"))
        in_window = printed.read_text(encoding="utf-8").replace("\f", "").splitlines()
        return [line.rstrip() for line in in_window], [line.rstrip() for line in shown]

    def wait_for(self, *words: str) -> list[str]:
        """Look until the window shows all ``words``, as they are read; what it shows then."""
        shaped = [visual(each).text for each in words]
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            in_window, _ = self.look()
            if all(any(each in line for line in in_window) for each in shaped):
                return in_window
        raise AssertionError(f"never showed {words}:\n" + "\n".join(in_window))

    def shows_what_was_drawn(self) -> list[str]:
        """Look until the window is up to date; then not one cell may differ. What it shows."""
        in_window, drawn = self.look()
        if in_window != drawn:  # a clock moved on between the two
            in_window, drawn = self.look()
        assert in_window == drawn
        return in_window

    def _wait(self, happened: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not happened():
            assert time.monotonic() < until, "the kiosk does not answer"
            time.sleep(0.02)


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKiosk]:
    folder = tmp_path_factory.mktemp("window")
    prints = replace(
        XTERM,
        command=(
            XTERM.command[0],
            *(
                "-xrm",
                f"*printerCommand: cat > {folder}/part && mv {folder}/part {folder}/{PRINTED}",
            ),
            *("-xrm", "*printerAutoClose: true", "-xrm", "*printAttributes: 0"),
            *XTERM.command[1:],
        ),
    )
    program = ["tests.photographs.kiosk_in_window", str(folder)]
    with display() as screen, opened(prints, program, screen=screen, home=folder):
        yield RealKiosk(folder, screen)


def test_the_window_shows_what_was_drawn(kiosk: RealKiosk) -> None:
    kiosk.wait_for("خدمت خود را انتخاب کنید و نوبت بگیرید.")
    kiosk.shows_what_was_drawn()


def test_lines_begin_at_the_right_and_cards_run_from_there(kiosk: RealKiosk) -> None:
    cards = ("پرداخت قبض", "خط جدید")
    kiosk.wait_for("خدمت خود را انتخاب کنید و نوبت بگیرید.", *cards)
    in_window = kiosk.shows_what_was_drawn()
    width = max(map(len, in_window))
    greeting = next(line for line in in_window if visual("خدمت خود را انتخاب کنید").text in line)
    assert width - len(greeting.rstrip()) <= 4
    first, second = (visual(title).text for title in cards)
    titles = next(line for line in in_window if first in line)
    assert titles.index(first) > titles.index(second)


def test_a_key_that_is_pressed_brings_the_ticket(kiosk: RealKiosk) -> None:
    kiosk.wait_for("پرداخت قبض")
    kiosk.press("1")
    kiosk.wait_for("شماره نوبت شما")
    kiosk.shows_what_was_drawn()
