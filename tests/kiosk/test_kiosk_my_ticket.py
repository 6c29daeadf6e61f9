"""Somebody comes back with a ticket: to look it up, to leave the queue, to rate."""

from datetime import timedelta

import pytest

from kiosk.faces import Face, Faces
from kiosk.find_ticket_screen import FindTicketScreen
from kiosk.my_ticket_screen import MyTicketScreen
from kiosk.notice_screen import NoticeScreen
from kiosk.question_screen import QuestionScreen
from kiosk.rating_screen import RatingScreen
from kiosk.welcome_screen import WelcomeScreen
from queueapp.domain.rating import RatingReason
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import Channel
from queueapp.operations.commands import LeaveQueue, RateService
from queueapp.tui.big_number import BigNumber
from tests.kiosk.customers import Customer, at_the_kiosk
from tests.tui.fakes import BILLS, LINES, fake_live, fake_ticket
from tests.tui.waiting import until


async def look_up(customer: Customer, *figures: str) -> None:
    await customer.presses("0")
    await customer.sees(FindTicketScreen)
    await customer.presses(*figures, "enter")


async def rate(customer: Customer) -> None:
    """Go to the faces for A041, which was served."""
    await look_up(customer, "4", "1")
    await customer.sees(MyTicketScreen)
    await customer.taps("Rate your visit")
    await customer.sees(RatingScreen)


def ratings(customer: Customer) -> list[tuple[int, RatingReason | None]]:
    return [
        (command.score, command.reason)
        for command in customer.operations.commands
        if isinstance(command, RateService)
    ]


@pytest.mark.parametrize("figures", ["44", "044", "۴۴", "A44", "a۰۴۴"])
async def test_a_number_is_found_however_it_is_typed(figures: str) -> None:
    async with at_the_kiosk() as customer:
        await look_up(customer, *figures)
        await customer.sees(MyTicketScreen)
        assert customer.screen.query_one(BigNumber).text == "A044"
        await customer.reads("You are next")
        await customer.reads("Your wait: 4–8 min")


async def test_the_pad_can_be_touched() -> None:
    async with at_the_kiosk() as customer:
        await customer.taps("I already have a number")
        await customer.sees(FindTicketScreen)
        for key in ("4", "9", "⌫", "4", "✓"):
            await customer.taps(key)
        await customer.sees(MyTicketScreen)
        assert customer.screen.query_one(BigNumber).text == "A044"


async def test_an_unknown_number_is_said_and_may_be_corrected() -> None:
    async with at_the_kiosk() as customer:
        await look_up(customer, "9", "9")
        await customer.reads("There is no ticket 99 today.")
        await customer.presses("backspace")
        await until(customer.pilot, lambda: "no ticket" not in customer.read())
        await customer.presses("backspace", "4", "4", "enter")
        await customer.sees(MyTicketScreen)


async def test_a_number_of_two_services_asks_which() -> None:
    minute = timedelta(minutes=1)
    live = fake_live(fake_ticket(BILLS, 7, waited=minute), fake_ticket(LINES, 7, waited=2 * minute))
    async with at_the_kiosk(live) as customer:
        await look_up(customer, "7")
        await customer.sees(QuestionScreen)
        await customer.taps("B007")
        await customer.sees(MyTicketScreen)
        assert customer.screen.query_one(BigNumber).text == "B007"
        await customer.reads("You are next")


async def test_leaving_the_queue_asks_first() -> None:
    async with at_the_kiosk() as customer:
        await look_up(customer, "4", "4")
        await customer.sees(MyTicketScreen)
        await customer.taps("Leave the queue")
        await customer.sees(QuestionScreen)
        await customer.taps("No, keep my place")
        await customer.sees(MyTicketScreen)
        assert customer.operations.commands == []
        await customer.taps("Leave the queue")
        await customer.sees(QuestionScreen)
        await customer.taps("Yes, leave the queue")
        await customer.sees(NoticeScreen)
        await customer.reads("You have left the queue.")
        (command,) = customer.operations.commands
        assert isinstance(command, LeaveQueue)
        assert command.token == "token-A-44"


async def test_whoever_is_being_served_can_neither_leave_nor_rate() -> None:
    async with at_the_kiosk() as customer:
        await look_up(customer, "4", "2")
        await customer.sees(MyTicketScreen)
        await customer.reads("You are being served at counter 1")
        assert "Leave the queue" not in customer.read()
        assert "Rate your visit" not in customer.read()


async def test_a_good_rating_takes_one_tap() -> None:
    async with at_the_kiosk() as customer:
        await rate(customer)
        faces = list(customer.screen.query(Face))
        assert await customer.pilot.click(faces[4])
        await customer.reads("Thank you! You may still change your answer.")
        assert ratings(customer) == [(5, None)]
        (command,) = customer.operations.commands
        assert isinstance(command, RateService)
        assert command.channel is Channel.KIOSK


async def test_a_bad_rating_may_say_why() -> None:
    async with at_the_kiosk() as customer:
        await rate(customer)
        await customer.presses("2")
        await customer.reads("What was wrong?")
        await customer.taps("Unclear answer")
        await customer.reads("Thank you!")
        assert ratings(customer) == [(2, None), (2, RatingReason.UNCLEAR_ANSWER)]


async def test_the_reason_by_key_and_a_change_of_mind() -> None:
    async with at_the_kiosk() as customer:
        await rate(customer)
        await customer.presses("۱")
        await customer.reads("What was wrong?")
        await customer.presses("6")
        await customer.reads("Thank you!")
        await customer.presses("4")
        await until(customer.pilot, lambda: len(ratings(customer)) == 3)
        assert ratings(customer)[1:] == [(1, RatingReason.WAITED_TOO_LONG), (4, None)]
        assert customer.screen.query_one(Faces).chosen == 4


async def test_a_rating_that_comes_too_late_says_so() -> None:
    refused = Refused(Reason.RATING_EXISTS, ticket="A041")
    async with at_the_kiosk(None, refused) as customer:
        await rate(customer)
        await customer.presses("3")
        await customer.reads("Ticket A041 has already been rated: thank you.")
        assert customer.screen.query_one(Faces).chosen is None
        await customer.presses("escape")
        await customer.sees(WelcomeScreen)
