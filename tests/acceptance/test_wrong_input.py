"""What goes wrong at a terminal is said in a sentence, and nothing is lost."""

import sqlite3

from tests.acceptance.office import CLERK, COLLEAGUE, PIN, Office, sign_in
from tests.acceptance.terminals import TerminalProgram

WIDE_ENOUGH = 200
"""Columns; a sentence on the command line stays on one line."""


def test_a_small_window_says_so_and_recovers(office: Office) -> None:
    board = office.start("board", columns=40, rows=10)
    board.wait_for("This window is 40×10", "80×24", "Make it")
    board.resize(100, 30)
    board.wait_for("Old Street Office")
    board.wait_without("This window is")


def test_without_a_terminal_window_there_is_a_sentence(office: Office) -> None:
    ended = office.run("kiosk")
    assert ended.returncode == 1
    assert ended.stderr.startswith("This screen needs a terminal window")


def test_an_unknown_counter(office: Office) -> None:
    refused(office, "counter", "9", says="There is no counter 9 in this branch.")
    refused(office, "rate", "--counter", "9", says="There is no counter 9 in this branch.")


def test_a_counter_that_a_colleague_has(office: Office) -> None:
    office.open_desk(1, CLERK)
    other = office.start("counter", "1")
    other.wait_for("Sara is signed on here")
    sign_in(other, COLLEAGUE)
    other.wait_for("Counter 1 is taken: Sara is signed", "Your PIN")


def test_after_five_wrong_pins_even_the_right_one_has_to_wait(office: Office) -> None:
    desk = office.start("counter", "1")
    sign_in(desk, CLERK, "1111")
    for _ in range(4):
        desk.wait_for("The code or the PIN is wrong.")
        answer_pin(desk, "1111")
    desk.wait_for("Too many wrong PINs: wait")
    answer_pin(desk, PIN)
    desk.wait_for("Too many wrong PINs: wait")
    assert "served today" not in desk.screen()


def answer_pin(desk: TerminalProgram, pin: str) -> None:
    """Type ``pin`` and see it taken: the line is empty again."""
    desk.wait_without("•")
    desk.press(pin)
    desk.wait_for("•" * len(pin))
    desk.press("enter")
    desk.wait_without("•")


def test_a_database_of_a_newer_program_is_left_alone(office: Office) -> None:
    with sqlite3.connect(office.folder / "office.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    refused(office, "board", says="This database was made by a newer queueapp")


def test_a_branch_that_nobody_has_made(office: Office) -> None:
    refused(office, "board", "--branch", "elsewhere", says="run `queueapp init` first")


def test_a_database_that_does_not_answer(office: Office) -> None:
    nowhere = "postgresql://queue@127.0.0.1:9/queue"
    refused(office, "board", "--db", nowhere, says="The database does not answer")


def refused(office: Office, *command: str, says: str) -> None:
    program = office.start(*command, columns=WIDE_ENOUGH)
    program.wait_for(says)
    assert program.wait_for_end() == 1
    assert "Traceback" not in program.screen()
