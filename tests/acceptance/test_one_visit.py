"""One customer's visit, seen from every terminal, each a real program."""

from pathlib import Path

from tests.acceptance.office import CLERK, COLLEAGUE, PIN, STAFF, SUPERVISOR, Office
from tests.acceptance.terminals import ended_after


def test_a_ticket_is_taken_called_sent_on_finished_and_rated(database: str, tmp_path: Path) -> None:
    with ended_after(Office(database, tmp_path)) as office:
        set_up_by_command_line(office)
        kiosk, board = office.open_kiosk(), office.open_board()
        first, second = office.open_desk(1, CLERK), office.open_desk(2, COLLEAGUE)
        rating, wall = office.start("rate", "--counter", "2"), office.open_wall()

        kiosk.press("1")
        kiosk.wait_for("Your number")
        kiosk.wait_for_large("A001")

        first.wait_for("Press n to call A001.")
        first.press("n")
        first.wait_for_large("A001")
        board.wait_for_large("A001")
        board.wait_for_large("1")
        wall.wait_for("A001")
        first.press("s")
        first.wait_for("in hand")

        first.press("t")
        first.wait_for("Transfer A001 to which service or counter?", "New line")
        first.press("1")
        first.wait_for("A001 is transferred", "Nobody is waiting.")

        second.wait_for("Press n to call A001.")
        second.press("n")
        second.wait_for_large("A001")
        board.wait_for_large("2")
        second.press("s")
        second.wait_for("in hand")
        second.press("f")
        second.wait_for("1 served today")

        rating.wait_for("How was it?", "Ticket A001")
        rating.press_until("Thank you!", "5")
        second.wait_for("rated 5")
        wall.wait_for("A001 counter 2")


def set_up_by_command_line(office: Office) -> None:
    office.write_branch_file()
    name, role = STAFF[CLERK]
    for command in (
        ["db", "upgrade"],
        ["init"],
        ["staff", "add", CLERK, "--name", name, "--role", role, "--pin", PIN],
    ):
        done = office.run(*command)
        assert done.returncode == 0, done.stderr
    office.add_staff(COLLEAGUE, SUPERVISOR)
