"""A supervisor contacts customers who asked for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Button, OptionList

from counters.contacting import ContactScreen
from counters.supervisor import SupervisorScreen
from queueapp.domain.rating import ContactWish, RatingReason
from queueapp.operations.access_commands import ConfirmContact
from queueapp.operations.ports import StoreUnavailable
from queueapp.tui.choice_screen import ChoiceScreen
from tests.cells_picture import screen_text
from tests.counters.walls import Wall, same, wall
from tests.tui.fakes import BILLS, MINA, NOW, fake_ticket
from tests.tui.waiting import until

NUMBER = "0912 345 6789"
TICKET = fake_ticket(BILLS, 7, waited=timedelta(minutes=40))
WISH = ContactWish(
    ticket=TICKET.id,
    ordinal=1,
    label="A007",
    day=TICKET.day,
    service=BILLS,
    score=1,
    reason=RatingReason.WAITED_TOO_LONG,
    contact=NUMBER,
    word="I came twice",
    at=NOW - timedelta(minutes=25),
)


def shown(seen: Wall) -> str:
    return "\n".join(screen_text(seen.terminal))


async def test_the_list_keeps_numbers_to_itself_and_a_yes_deletes_one() -> None:
    async with wall(contact_wishes=lambda: [WISH]) as seen:
        await seen.press("w")
        await seen.asked(ChoiceScreen)
        await until(seen.pilot, lambda: "A007" in shown(seen))
        assert "25 min" in shown(seen)
        assert NUMBER not in shown(seen)
        assert "I came twice" not in shown(seen)
        await seen.choose("A007")
        await seen.asked(ContactScreen)
        await until(seen.pilot, lambda: NUMBER in shown(seen))
        assert "I came twice" in shown(seen)
        await seen.press("y")
        (command,) = await seen.sent()
    assert same(command, ConfirmContact(ticket=WISH.ticket, ordinal=1, staff=MINA))


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_the_longest_word_can_be_read_to_its_end_beside_the_question(language: str) -> None:
    lines = [f"line {number}" for number in range(40)]
    long = replace(WISH, word="\n".join(lines))
    async with wall(contact_wishes=lambda: [long], language=language) as seen:
        await seen.press("w")
        await until(seen.pilot, lambda: bool(seen.terminal.screen.query(OptionList)))
        await seen.press("1")
        await seen.asked(ContactScreen)
        await until(seen.pilot, lambda: "line 0" in shown(seen))
        screen = seen.terminal.screen
        assert all(screen.can_view_entire(button) for button in screen.query(Button))
        assert "line 39" not in shown(seen)
        await seen.press(*["down"] * 40)
        await until(seen.pilot, lambda: "line 39" in shown(seen))
        await seen.press("y")
        await seen.sent()


async def test_a_no_keeps_the_wish() -> None:
    async with wall(contact_wishes=lambda: [WISH]) as seen:
        await seen.press("w")
        await seen.choose("A007")
        await seen.asked(ContactScreen)
        await seen.press("n")
        await seen.asked(SupervisorScreen)
        assert seen.operations.commands == []


async def test_where_nobody_waits_to_be_contacted_that_is_said() -> None:
    async with wall() as seen:
        await seen.press("w")
        await until(seen.pilot, lambda: "Nobody waits to be contacted." in seen.said())


async def test_a_database_that_is_away_is_a_sentence() -> None:
    def away() -> Sequence[ContactWish]:
        raise StoreUnavailable("gone")

    async with wall(contact_wishes=away) as seen:
        await seen.press("w")
        await until(seen.pilot, lambda: "does not answer just now" in seen.said())
