"""Customers who asked to be contacted: listed with their wait, and done once."""

from datetime import UTC, datetime

import pytest

from queueapp.bootstrap import open_branch, terminal_context
from queueapp.config.settings import Settings
from tests.cli.command_line import CommandLine
from tests.operations.office import Office


def a_wish(office: Office, contact: str, word: str = "") -> str:
    """Somebody is served, unhappy, and asks to be contacted; the label of their ticket."""
    issued = office.issue()
    office.serve()
    office.finish()
    office.rate(issued, 1, word=word, contact=contact)
    office.later(seconds=1)
    return issued.label


def test_who_waits_longest_comes_first_and_what_is_done_is_deleted(
    office: Office, command_line: CommandLine
) -> None:
    office.clock.moment = datetime.now(UTC)  # the command line goes by the real one
    office.sign_on()
    first = a_wish(office, "0912 111", "too slow")
    second = a_wish(office, "0912 222")
    rows = command_line("contacts", "list").out.splitlines()
    assert ["0912 111" in rows[0], "0912 222" in rows[1]] == [True, True]
    assert first in rows[0]
    assert "too slow" in rows[0]
    assert " waits " in rows[0]
    code = rows[0].split()[0]
    done = command_line("contacts", "done", code)
    assert done.out.startswith(f"{first} was contacted after ")
    [left] = command_line("contacts", "list").out.splitlines()
    assert second in left
    again = command_line("contacts", "done", code)
    assert again.exit_code != 0
    assert "nobody with this code" in again.err
    rows_now = str(office.rows())
    assert "0912 111" not in rows_now
    assert "too slow" in rows_now  # only the number was of no use any more
    assert "waited_s" in rows_now


@pytest.mark.usefixtures("command_line")
def test_a_wall_is_given_the_same_people(office: Office) -> None:
    office.sign_on()
    label = a_wish(office, "0912 111", "too slow")
    settings = Settings()
    opened = open_branch(settings)
    [wish] = terminal_context(opened, settings).contact_wishes()
    opened.store.close()
    assert (wish.label, wish.contact, wish.word) == (label, "0912 111", "too slow")


def test_when_all_are_done_nobody_waits(office: Office, command_line: CommandLine) -> None:
    office.clock.moment = datetime.now(UTC)  # the command line goes by the real one
    office.sign_on()
    assert command_line("contacts", "list").out == "Nobody waits to be contacted.\n"
    a_wish(office, "0912 111")
    [row] = command_line("contacts", "list").out.splitlines()
    command_line("contacts", "done", row.split()[0])
    assert command_line("contacts", "list").out == "Nobody waits to be contacted.\n"
