"""A kiosk with a printer, as a customer finds it: real programs, and pictures for paper."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.office import Office, take_ticket
from tests.acceptance.terminals import ended_after, wait_for


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return tmp_path / "paper"


def tickets(paper: Path) -> list[str]:
    """The numbers that came out."""
    return sorted(path.stem.rpartition("-")[2] for path in paper.glob("*.png"))


def is_in_doubt(database: Path) -> bool:
    """Whether staff are told of a print of which nobody knows whether it came out."""
    with closing(sqlite3.connect(database)) as connection:
        failed = connection.execute("SELECT ordinal FROM print WHERE state = 'failed'")
        return failed.fetchone() is not None


def test_each_ticket_comes_out_once_even_when_the_kiosk_is_killed(
    tmp_path: Path, paper: Path
) -> None:
    file = tmp_path / "queueapp.db"
    with ended_after(Office(f"sqlite:///{file}", tmp_path)) as office:
        office.set_up()
        kiosk = office.start("kiosk", "--printer", f"file://{paper}")
        kiosk.wait_for("Bill payment")
        take_ticket(kiosk)
        wait_for(lambda: tickets(paper) == ["A001"], "the first ticket on paper")
        kiosk.press_until("Your number", "1")
        kiosk.kill()
        again = office.start("kiosk", "--printer", f"file://{paper}")
        again.wait_for("Bill payment")
        take_ticket(again)
        wait_for(
            lambda: "A003" in tickets(paper) and ("A002" in tickets(paper) or is_in_doubt(file)),
            "all three on paper, or staff told of the one over which the kiosk died",
        )
        assert tickets(paper) in (["A001", "A002", "A003"], ["A001", "A003"])
