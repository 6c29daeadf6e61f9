"""A small office for acceptance tests: two counters, three people, real PINs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from queueapp.bootstrap import open_branch
from queueapp.config.branch_file import read_branch
from queueapp.config.settings import read_settings
from queueapp.domain.staff import Role
from queueapp.domain.words import StaffCode
from queueapp.operations.commands import AddStaff, ApplyBranch
from tests.acceptance.terminals import Programs, TerminalProgram, ended_after

PIN = "2468"
CLERK, COLLEAGUE, SUPERVISOR = "11", "12", "21"
STAFF = {
    CLERK: ("Sara", Role.CLERK),
    COLLEAGUE: ("Ali", Role.CLERK),
    SUPERVISOR: ("Mina", Role.SUPERVISOR),
}

BRANCH = """\
id = "main"
name = { en = "Old Street Office", fa = "دفتر قدیم" }
time_zone = "ZONE"
languages = ["en", "fa"]

[services.A]
name = { en = "Bill payment", fa = "پرداخت قبض" }
target_minutes = 10
mean_minutes = 3
spread_minutes = 2

[services.B]
name = { en = "New line", fa = "خط جدید" }
target_minutes = 20
mean_minutes = 9
spread_minutes = 5

[categories.normal]
name = { en = "Normal", fa = "عادی" }

[counters.1]
services = ["A"]

[counters.2]
services = ["B", "A"]

[[roster]]
days = "every day"
hours = "00:00-24:00"
"""


class Office(Programs):
    """Programs of an office that is set up, and what its people do in several tests."""

    def set_up(self) -> None:
        """Make the branch and its staff, as ``queueapp init`` and ``staff add`` do, but faster."""
        opened = open_branch(read_settings(None, db=self.database, branch="main"))
        opened.store.create_branch(opened.id)
        opened.operations.handle(ApplyBranch(branch=read_branch(self.write_branch_file())))
        opened.store.close()
        self.add_staff(*STAFF)

    def add_staff(self, *codes: str) -> None:
        """Let those people work here."""
        opened = open_branch(read_settings(None, db=self.database, branch="main"))
        for code in codes:
            name, role = STAFF[code]
            opened.operations.handle(AddStaff(code=StaffCode(code), name=name, role=role, pin=PIN))
        opened.store.close()

    def write_branch_file(self) -> Path:
        """``branch.toml``, in a time zone where it is about noon: no day ends during a test."""
        hours_after_noon = datetime.now(UTC).hour - 12
        path = self.folder / "branch.toml"
        zone = f"Etc/GMT{hours_after_noon:+d}"
        path.write_text(BRANCH.replace("ZONE", zone), encoding="utf-8")
        return path

    def open_kiosk(self) -> TerminalProgram:
        """A kiosk that shows its services."""
        kiosk = self.start("kiosk")
        kiosk.wait_for("Bill payment", "New line")
        return kiosk

    def open_desk(self, counter: int, clerk: str) -> TerminalProgram:
        """A counter's terminal with ``clerk`` signed on."""
        desk = self.start("counter", str(counter))
        sign_in(desk, clerk)
        desk.wait_for(STAFF[clerk][0], "served today")
        return desk

    def open_board(self) -> TerminalProgram:
        """The board in the hall."""
        board = self.start("board")
        board.wait_for("Old Street Office")
        return board

    def open_wall(self) -> TerminalProgram:
        """The supervisor's wall, with the supervisor signed in."""
        wall = self.start("supervisor")
        sign_in(wall, SUPERVISOR)
        wall.wait_for("Old Street Office · Mina")
        return wall


def sign_in(program: TerminalProgram, code: str, pin: str = PIN) -> None:
    """Fill in the sign-in screen."""
    program.wait_for("Your code", "Your PIN")
    program.press(code)
    program.wait_for(f" {code} ")
    program.press("enter")
    program.wait_for_cursor_below("Your PIN")
    program.press(pin, "enter")


def take_ticket(kiosk: TerminalProgram, key: str = "1") -> None:
    """Take a ticket and let the kiosk be ready for the next customer."""
    kiosk.press_until("Your number", key)
    kiosk.press_until_holds(
        # A screen that is only half drawn still shows the number: the next ticket would seem there.
        lambda screen: "Choose a service" in screen and "Your number" not in screen,
        "the services, and the number no longer",
        "enter",
    )


def ask_to_leave(kiosk: TerminalProgram, code: str, pin: str) -> None:
    """Do what staff do to end a kiosk."""
    kiosk.press_until("Staff only", "ctrl+b", "q")
    kiosk.press(code, "enter")
    kiosk.wait_for("Your PIN")
    kiosk.press(pin, "enter")


def served_today(desk: TerminalProgram) -> int:
    """What the desk says of itself."""
    found = re.search(r"(\d+) served today", desk.screen())
    assert found, desk.screen()
    return int(found[1])


@contextmanager
def office_on(database: str, folder: Path) -> Iterator[Office]:
    """An office on ``database`` that is set up; its programs are ended when the test is over."""
    with ended_after(Office(database, folder)) as office:
        office.set_up()
        yield office
