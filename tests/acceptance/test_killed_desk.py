"""A desk's terminal dies in the middle of a service: nobody is lost, and the clerk goes on."""

import psutil

from tests.acceptance.office import CLERK, Office, served_today, take_ticket
from tests.acceptance.terminals import wait_for


def test_the_customer_is_still_in_hand_in_a_new_terminal(office: Office) -> None:
    take_ticket(office.open_kiosk())
    desk = office.open_desk(1, CLERK)
    desk.wait_for("Press n to call A001.")
    desk.press("n")
    desk.wait_for_large("A001")
    desk.press("s")
    desk.wait_for("in hand")
    desk.kill()

    again = office.open_desk(1, CLERK)
    again.wait_for("in hand")
    again.wait_for_large("A001")
    again.press("f")
    again.wait_for("1 served today", "Nobody is waiting.")
    assert served_today(again) == 1


def test_what_a_killed_terminal_had_started_ends_too(office: Office) -> None:
    board = office.open_board()
    wait_for(lambda: bool(board.children()), "the forecaster, which the only terminal starts")
    children = board.children()
    board.kill()
    wait_for(lambda: not any(map(lives, children)), "the end of the forecaster")


def lives(process: psutil.Process) -> bool:
    """Whether it does; one that is dead, but that nobody has asked after yet, does not."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
