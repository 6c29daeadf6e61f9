"""A kiosk with a printer, as a customer finds it: real programs, and pictures for paper."""

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


def test_each_ticket_comes_out_once_even_when_the_kiosk_is_killed(
    tmp_path: Path, paper: Path
) -> None:
    database = f"sqlite:///{tmp_path / 'queueapp.db'}"
    with ended_after(Office(database, tmp_path)) as office:
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
        wait_for(lambda: len(tickets(paper)) == 3, "all three on paper")
        assert tickets(paper) == ["A001", "A002", "A003"]
