"""Checking in at the kiosk: the code typed or scanned, and what slows down whoever guesses."""

from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from kiosk.check_in_screen import CheckInScreen
from kiosk.notice_screen import NoticeScreen
from kiosk.ticket_screen import TicketScreen
from kiosk.welcome_screen import WelcomeScreen
from kiosk.wrong_codes import FREE, LONGEST_PAUSE, WrongCodes
from queueapp.domain.branch import Branch
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.slot_rules import SlotRules
from queueapp.operations.appointment_commands import CheckIn
from queueapp.operations.ports import Receipt
from tests.kiosk.customers import Customer, at_the_kiosk, morning, office, receipt_for
from tests.kiosk.halls import Seconds
from tests.snapshots import SIZES, Svg, picture
from tests.tui.fakes import LINES, NOW

CODE = "48219034"
TOKEN = "k2m9x4c7w3p8d5h6j2n4"
ADDRESS = f"https://queue.example.com/a/{TOKEN}"
UNKNOWN = Refused(Reason.APPOINTMENT_UNKNOWN)


def booked_office() -> Branch:
    """New lines by appointment."""
    branch = office()
    return branch.with_service(replace(branch.service(LINES), booking=SlotRules()))


def booked_morning() -> LiveBranch:
    return morning(booked_office())


def checked_in(live: LiveBranch) -> Receipt:
    return replace(receipt_for(live, LINES), told={"service": LINES})


def codes(customer: Customer) -> list[str]:
    """What was sent to be checked in."""
    commands: list[Any] = list(customer.operations.commands)
    return [command.code for command in commands if isinstance(command, CheckIn)]


async def scans(customer: Customer, text: str) -> None:
    """A reader types ``text`` and Enter."""
    await customer.presses(*text, "enter")


async def test_the_code_that_was_typed_gives_a_ticket() -> None:
    live = booked_morning()
    async with at_the_kiosk(live, checked_in(live)) as customer:
        await customer.taps("I have an appointment")
        await customer.sees(CheckInScreen)
        await customer.presses(*CODE)
        await customer.taps("✓")
        await customer.sees(TicketScreen)
        assert codes(customer) == [CODE]


async def test_persian_figures_and_the_pad_do_the_same() -> None:
    live = booked_morning()
    async with at_the_kiosk(live, checked_in(live), language="fa") as customer:
        await customer.presses("۹")
        await customer.sees(CheckInScreen)
        await customer.presses(*"۴۸۲۱۹۰۳")
        await customer.taps("۴")
        await customer.presses("enter")
        await customer.sees(TicketScreen)
        assert codes(customer) == [CODE]


async def test_the_whole_address_is_scanned_on_the_screen_for_it() -> None:
    live = booked_morning()
    async with at_the_kiosk(live, checked_in(live)) as customer:
        await customer.presses("9")
        await customer.sees(CheckInScreen)
        await scans(customer, ADDRESS)
        await customer.sees(TicketScreen)
        assert codes(customer) == [ADDRESS]


async def test_a_code_that_is_scanned_at_the_first_screen_takes_no_number_by_its_figures() -> None:
    live = booked_morning()
    async with at_the_kiosk(live, checked_in(live)) as customer:
        await scans(customer, ADDRESS)
        await customer.sees(TicketScreen)
        assert codes(customer) == [ADDRESS]
        assert customer.issued == []


async def test_a_reader_on_a_persian_keyboard_reads_the_same() -> None:
    live = booked_morning()
    async with at_the_kiosk(live, checked_in(live)) as customer:
        await scans(customer, "اففحس://ضعثعث.ثطشپحمث.زخپ/ش/ن۲پ۹ط۴ز۷ص۳ح۸ی۵ا۶ت۲د۴")
        await customer.sees(TicketScreen)
        assert codes(customer) == [ADDRESS]


async def test_figures_after_a_letter_that_somebody_typed_are_touches_again() -> None:
    live = booked_morning()
    async with at_the_kiosk(live, receipt_for(live, LINES)) as customer:
        await customer.presses("h")
        await customer.goes_away(2)
        await customer.presses("2")
        await customer.sees(TicketScreen)
        assert [issued.service for issued in customer.issued] == [LINES]


async def test_a_wrong_code_is_said_on_the_spot_and_may_be_typed_again() -> None:
    live = booked_morning()
    async with at_the_kiosk(live, UNKNOWN, checked_in(live)) as customer:
        await customer.presses("9")
        await customer.sees(CheckInScreen)
        await customer.presses(*"1234", "enter")
        await customer.reads("The code has 8 figures.")
        await customer.presses(*"5678", "enter")
        await customer.reads("There is no appointment with this code")
        await customer.presses(*CODE, "enter")
        await customer.sees(TicketScreen)


async def test_any_other_refusal_says_what_to_do_and_ends_there() -> None:
    live = booked_morning()
    early = Refused(Reason.APPOINTMENT_EARLY, time=NOW, begin=NOW)
    async with at_the_kiosk(live, early) as customer:
        await customer.presses("9")
        await customer.sees(CheckInScreen)
        await customer.presses(*CODE, "enter")
        await customer.sees(NoticeScreen)
        await customer.reads("please check in from")
        await customer.presses("enter")
        await customer.sees(WelcomeScreen)


async def test_after_some_wrong_codes_none_is_looked_at_for_a_while() -> None:
    live = booked_morning()
    async with at_the_kiosk(live, *[UNKNOWN] * FREE) as customer:
        await customer.presses("9")
        for _ in range(FREE):
            await customer.sees(CheckInScreen)
            await customer.presses(*"12345678", "enter")
            await customer.reads("There is no appointment with this code")
        await customer.presses("escape")
        await customer.sees(WelcomeScreen)
        await customer.presses("9")
        await customer.sees(CheckInScreen)
        await customer.presses(*CODE, "enter")
        await customer.reads("Too many wrong codes: please wait")
        assert len(codes(customer)) == FREE


async def test_without_services_that_take_appointments_there_is_no_card() -> None:
    branch = office()
    plain = tuple(each for each in branch.categories if not each.by_appointment)
    async with at_the_kiosk(morning(replace(branch, categories=plain))) as customer:
        assert "appointment" not in customer.read()
    async with at_the_kiosk(booked_morning()) as customer:
        assert "I have an appointment Check in with a code" in customer.read()


def test_the_pauses_grow_and_end() -> None:
    clock = Seconds()
    wrong = WrongCodes(clock)
    for _ in range(FREE):
        assert wrong.wait() == 0
        wrong.was_wrong()
    assert wrong.wait() == 5
    clock.passed += 5
    assert wrong.wait() == 0
    wrong.was_wrong()
    assert wrong.wait() == 10
    for _ in range(10):
        wrong.was_wrong()
    assert wrong.wait() == LONGEST_PAUSE
    clock.passed += 601
    assert wrong.wait() == 0
    wrong.was_wrong()
    assert wrong.wait() == 0


def test_the_right_code_forgives_the_wrong_ones() -> None:
    wrong = WrongCodes(Seconds())
    for _ in range(FREE):
        wrong.was_wrong()
    wrong.was_right()
    assert wrong.wait() == 0


@pytest.mark.parametrize(
    ("language", "size"), [("fa", SIZES[0]), ("en", SIZES[1])], ids=["fa-80x24", "en-132x43"]
)
async def test_checking_in(
    snapshot: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    async with at_the_kiosk(booked_morning(), size=size, language=language) as customer:
        await customer.presses("9")
        await customer.sees(CheckInScreen)
        await customer.presses(*"482190")
        customer.screen.on_mouse_down()  # the countdown starts anew
        customer.screen.catch_up()
        assert await picture(customer.pilot) == snapshot(extension_class=Svg)
