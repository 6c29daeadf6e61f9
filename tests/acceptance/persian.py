"""An office that works in Persian only, and what can be read on its screens.

A terminal shows a line of Persian in the order of its cells, with joined letters. So what a test
expects is brought into that order, too, by :func:`queueapp.language.bidi.visual`, and then looked
for on the screen.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

from queueapp.language.bidi import visual
from tests.acceptance.office import PIN, Office
from tests.acceptance.terminals import TerminalProgram

_GAPS = re.compile(" +")
"""Lam and alef share one cell; the other one widens a gap somewhere in the line."""

BRANCH = """\
id = "main"
name = "دفتر آزادی"
time_zone = "ZONE"
languages = ["fa"]

[services."ب"]
name = "پرداخت قبض"
target_minutes = 10
mean_minutes = 3
spread_minutes = 2

[services."گ"]
name = "خط جدید"
target_minutes = 20
mean_minutes = 9
spread_minutes = 5

[categories.normal]
name = "عادی"

[counters.1]
services = ["ب"]

[counters.2]
services = ["گ", "ب"]
"""


class PersianOffice(Office):
    """Programs of an office in which nobody reads anything but Persian."""

    def write_branch_file(self) -> Path:
        """``branch.toml`` with Persian letters as service codes, where it is about noon."""
        hours_after_noon = datetime.now(UTC).hour - 12
        path = self.folder / "branch.toml"
        path.write_text(BRANCH.replace("ZONE", f"Etc/GMT{hours_after_noon:+d}"), encoding="utf-8")
        return path

    def _environment(self) -> dict[str, str]:
        return super()._environment() | {"QUEUEAPP_LANGUAGE": "fa"}


def as_seen(text: str) -> str:
    """``text`` as the cells of a terminal show it."""
    return _one_gap(visual(text).text.strip())


def reads(screen: str, *texts: str) -> bool:
    """Whether all ``texts`` can be read on ``screen``, each within one line."""
    lines = [_one_gap(line) for line in screen.split("\n")]
    return all(any(as_seen(text) in line for line in lines) for text in texts)


def wait_to_read(program: TerminalProgram, *texts: str) -> None:
    """Wait until all ``texts`` can be read at once."""
    program.wait_until(lambda screen: reads(screen, *texts), " و ".join(texts))


def press_to_read(program: TerminalProgram, text: str, *keys: str) -> None:
    """Press ``keys`` until ``text`` is read: a kiosk ignores what may be a double tap."""
    program.press_until_holds(lambda screen: reads(screen, text), text, *keys)


def sign_in(program: TerminalProgram, code: str) -> None:
    """Fill in the sign-in screen with Persian digits."""
    wait_to_read(program, "کد شما", "رمز شما")
    program.press(_persian(code))
    wait_to_read(program, _persian(code))
    program.press("enter")
    program.wait_for_cursor_below("رمز شما", reads)
    program.press(_persian(PIN), "enter")


def _persian(figures: str) -> str:
    return figures.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def _one_gap(text: str) -> str:
    return _GAPS.sub(" ", text)
