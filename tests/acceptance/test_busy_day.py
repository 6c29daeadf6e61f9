"""Kiosk, two desks, board and wall work together for a while, and leave cleanly."""

import pytest

from tests.acceptance.office import (
    CLERK,
    COLLEAGUE,
    PIN,
    Office,
    ask_to_leave,
    served_today,
    take_ticket,
)
from tests.acceptance.terminals import TerminalProgram

ROUNDS = 5


@pytest.mark.slow
def test_five_terminals_on_one_file(office: Office) -> None:
    kiosk, board, wall = office.open_kiosk(), office.open_board(), office.open_wall()
    desks = [office.open_desk(1, CLERK), office.open_desk(2, COLLEAGUE)]
    for _ in range(ROUNDS):
        for desk in desks:
            take_ticket(kiosk)
            serve_next(desk)
    assert list(map(served_today, desks)) == [ROUNDS, ROUNDS]

    for desk in desks:
        desk.press("c")
        desk.wait_for("Close this desk and sign off?")
        desk.press("y")
        desk.wait_for("Your code", "Your PIN")
        desk.press("ctrl+q")
    leave(wall, "Leave the wall?")
    leave(board, "Close the board?")
    ask_to_leave(kiosk, CLERK, PIN)
    for terminal in (*desks, wall, board, kiosk):
        assert terminal.wait_for_end() == 0
        assert "Traceback" not in terminal.screen()


def leave(terminal: TerminalProgram, question: str) -> None:
    terminal.press("q")
    terminal.wait_for(question)
    terminal.press("y")


def serve_next(desk: TerminalProgram) -> None:
    served = served_today(desk)
    desk.wait_for("Press n to call")
    desk.press("n")
    desk.wait_for("called 0")
    desk.press("s")
    desk.wait_for("in hand")
    desk.press("f")
    desk.wait_for(f"{served + 1} served today")
