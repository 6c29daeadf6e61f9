"""Taking a ticket at the kiosk: one tap, one ticket, and the words around it."""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.appointment_screen import AppointmentScreen, read_time
from kiosk.find_ticket_screen import FindTicketScreen
from kiosk.my_ticket_screen import MyTicketScreen
from kiosk.notice_screen import NoticeScreen
from kiosk.question_screen import QuestionScreen
from kiosk.ticket_screen import TicketScreen
from kiosk.way_back import Countdown
from kiosk.welcome_screen import WelcomeScreen
from queueapp.domain.branch import OpeningHours, Shift, Span, Weekday
from queueapp.domain.holidays import Holiday
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import Printer, PrinterFault, PrinterName
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import call
from queueapp.domain.ticket_code import code_data
from queueapp.domain.words import CounterNumber, ServiceCode, Text
from queueapp.tui.big_number import BigNumber
from queueapp.tui.connection_banner import ConnectionBanner
from queueapp.tui.qr_code import QRCode
from tests.kiosk.customers import APPOINTMENT, at_the_kiosk, morning, office, receipt_for
from tests.tui.fakes import (
    BILLS,
    INTERNET,
    LINES,
    NORMAL,
    NOW,
    PRIORITY,
    SARA,
    after_the_last_shift,
    text,
)
from tests.tui.waiting import until

KIOSK_PRINTER = PrinterName("kiosk 1")


def changed(service: ServiceCode, **fields: object) -> LiveBranch:
    """The morning, with one service as ``fields`` say."""
    branch = office()
    before = branch.service(service)
    return morning(branch.with_service(replace(before, **fields)))  # type: ignore[arg-type] # any field


async def test_one_tap_gives_a_ticket_with_its_place_and_range() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live)) as customer:
        assert "2 people waiting Wait: 8–14 min" in customer.read()
        await customer.taps("Bill payment")
        await customer.sees(TicketScreen)
        assert customer.screen.query_one(BigNumber).text == "A043"
        assert customer.screen.query(QRCode)
        await customer.reads("1 person before you")
        await customer.reads("Your wait: 4–8 min")
        await customer.reads("Probably between 10:46 and 10:50")
        await customer.reads("Please sit down.")
    (issued,) = customer.issued
    assert (issued.service, issued.category, issued.language) == (BILLS, NORMAL, "en")


@pytest.mark.parametrize("key", ["2", "۲", "٢"])
async def test_one_key_does_the_same_on_every_keyboard(key: str) -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live, LINES)) as customer:
        await customer.presses(key)
        await customer.sees(TicketScreen)
    assert [issued.service for issued in customer.issued] == [LINES]


async def test_the_moment_of_a_double_tap_begins_when_the_ticket_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begins: list[bool] = []
    monkeypatch.setattr(
        TicketScreen, "set_timer", lambda screen, *_: begins.append(bool(screen.region.area))
    )
    live = morning()
    async with at_the_kiosk(live, receipt_for(live), settle_seconds=60) as customer:
        await customer.presses("1")
        await until(customer.pilot, lambda: bool(begins))
    assert begins == [True], "who taps until there is something to see has it to read"


async def test_a_double_tap_gives_one_ticket_which_stays() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live), settle_seconds=60) as customer:
        await customer.taps("Bill payment", times=2)
        await until(customer.pilot, lambda: isinstance(customer.terminal.screen, TicketScreen))
        await customer.pilot.click(offset=(5, 5))
        await customer.presses("1")
        assert isinstance(customer.terminal.screen, TicketScreen)
        customer.takes_a_breath()
        await customer.pilot.click(offset=(5, 5))
        await until(customer.pilot, lambda: isinstance(customer.terminal.screen, WelcomeScreen))
        await customer.taps("Bill payment")  # the second half of the tap that closed the ticket
        await customer.pilot.pause()
        assert len(customer.issued) == 1
        customer.takes_a_breath()
        await customer.taps("New line")
        await until(customer.pilot, lambda: len(customer.issued) == 2)


async def test_keys_in_a_hurry_give_one_ticket() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live), settle_seconds=60) as customer:
        await customer.presses("1", "1", "1")
        await until(customer.pilot, lambda: isinstance(customer.terminal.screen, TicketScreen))
        assert len(customer.issued) == 1


async def test_a_tap_while_the_database_is_away_is_kept_and_carried_out_once() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live), away=2) as customer:
        await customer.presses("1")
        await until(customer.pilot, lambda: not customer.terminal.connected)
        assert customer.screen.query_one(ConnectionBanner).display
        await customer.presses("1", "2", "1")
        await customer.sees(TicketScreen)
    assert len(customer.issued) == 1
    assert len({command.command_id for command in customer.operations.tried}) == 1


async def test_the_ticket_follows_the_branch_until_it_is_called() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live)) as customer:
        await customer.taps("Bill payment")
        await customer.reads("1 person before you")
        mine = live.waiting_for(BILLS)[0]
        called = call(mine, counter=CounterNumber(3), staff=SARA, at=NOW)
        customer.feed.move(replace(live, tickets={**live.tickets, mine.id: called}))
        await customer.reads("Please go to counter 3 now")


async def test_the_ticket_goes_away_by_itself_and_says_when() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live)) as customer:
        await customer.taps("Bill payment")
        await customer.sees(TicketScreen)
        countdown = customer.screen.query_one(Countdown)
        await customer.goes_away(3)
        assert countdown.words == "Back to start in 12 seconds"
        await customer.goes_away(12)
        await customer.sees(WelcomeScreen)


@pytest.mark.parametrize("address", [None, "https://queue.example"])
@pytest.mark.parametrize("label", ["A001", "A043", "W888", "ط043"])
@pytest.mark.parametrize("language", ["en", "fa"])
async def test_a_number_stands_free_of_the_screens_edge_and_beside_its_code(
    language: str, label: str, address: str | None
) -> None:
    live = morning(replace(office(), public_url=address))
    receipt = replace(receipt_for(live), label=label)
    async with at_the_kiosk(live, receipt, size=(80, 24), language=language) as customer:
        await customer.taps("پرداخت قبض" if language == "fa" else "Bill payment")
        await customer.sees(TicketScreen)
        number = customer.screen.query_one("#number", BigNumber)
        begins, ends = number.picture_columns(0)
        (code,) = customer.screen.query(QRCode)
        edge = code.region.x if code.region.area else 80
        assert number.region.x + begins >= 1
        assert number.region.x + ends <= edge - (edge == 80)


async def test_any_key_ends_the_look_at_the_ticket() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live)) as customer:
        await customer.presses("1")
        await customer.sees(TicketScreen)
        await customer.presses("space")
        await customer.sees(WelcomeScreen)


async def test_priority_asks_for_the_service_and_the_reason() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live, LINES)) as customer:
        await customer.taps("Priority")
        await customer.sees(QuestionScreen)
        await customer.taps("New line")
        await customer.reads("Disabled")
        await customer.sees(QuestionScreen)
        await customer.taps("Disabled")
        await customer.sees(TicketScreen)
    (issued,) = customer.issued
    assert (issued.service, issued.category) == (LINES, PRIORITY)
    assert issued.category_reason == "Disabled"


async def test_priority_by_keys_alone() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live)) as customer:
        await customer.presses("8")
        await customer.sees(QuestionScreen)
        await customer.presses("1")
        await customer.reads("Elderly")
        await customer.presses("1")
        await customer.sees(TicketScreen)
    assert customer.issued[0].category_reason == "Elderly"


async def test_thinking_better_of_priority_goes_back_and_takes_nothing() -> None:
    async with at_the_kiosk() as customer:
        await customer.presses("8")
        await customer.sees(QuestionScreen)
        await customer.taps("Back to start")
        await customer.sees(WelcomeScreen)
        assert customer.issued == []


async def test_an_appointment_asks_for_its_time_and_the_service() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live)) as customer:
        await customer.presses("9")
        await customer.sees(AppointmentScreen)
        await customer.presses("9", "9", "9", "9", "enter")
        await customer.reads("There is no such time: type hour and minute, like 0930.")
        await customer.presses(*["backspace"] * 4, "۱", "1", "3", "0")
        await customer.taps("✓")
        await customer.sees(QuestionScreen)
        await customer.presses("1")
        await customer.sees(TicketScreen)
    (issued,) = customer.issued
    assert issued.category == APPOINTMENT
    assert issued.appointment_at == datetime(2026, 10, 7, 11, 30, tzinfo=ZoneInfo("Asia/Tehran"))


@pytest.mark.parametrize(
    ("figures", "expected"),
    [("0930", time(9, 30)), ("930", time(9, 30)), ("2400", None), ("1260", None), ("12", None)],
)
def test_hour_and_minute_are_read_as_people_type_them(figures: str, expected: time | None) -> None:
    assert read_time(figures) == expected


@pytest.mark.parametrize("key", ["", "3"])
async def test_a_closed_service_says_so_when_it_is_touched(key: str) -> None:
    async with at_the_kiosk(changed(INTERNET, is_open=False)) as customer:
        assert customer.card("Internet").words.details == ("Closed now",)
        if key:
            await customer.presses(key)
        else:
            await customer.taps("Internet")
        await customer.sees(NoticeScreen)
        await customer.reads("Internet is closed now.")
        assert customer.operations.tried == []


async def test_a_service_that_opens_later_says_when() -> None:
    later = OpeningHours(weekday=Weekday.WEDNESDAY, span=Span(starts=time(14), ends=time(18)))
    async with at_the_kiosk(changed(INTERNET, opening=(later,))) as customer:
        assert customer.card("Internet").words.details == ("Opens at 14:00",)
        await customer.taps("Internet")
        await customer.sees(NoticeScreen)
        await customer.reads("Internet is closed now. Opens at 14:00.")
        await customer.reads("Wednesday: 14:00–18:00")


async def test_after_the_last_shift_the_number_says_that_it_is_good_for_today_only() -> None:
    live = after_the_last_shift(morning())
    async with at_the_kiosk(live, receipt_for(live)) as customer:
        assert "Opens tomorrow at 08:00" in customer.card("Bill payment").words.details
        await customer.taps("Bill payment")
        await customer.reads("this number is good for today only")
        assert "Opens tomorrow at 08:00" in customer.read()
        assert "before you" not in customer.read()


async def test_on_a_holiday_its_name_and_the_next_day_are_said() -> None:
    branch = office()
    today = Holiday(name=text("Ashura", "عاشورا"), day=branch.day(NOW))
    mornings = tuple(
        OpeningHours(weekday=weekday, span=Span(starts=time(8), ends=time(12)))
        for weekday in Weekday
    )
    rests = replace(branch, holidays=(today,)).with_service(
        replace(branch.service(INTERNET), opening=mornings)
    )
    async with at_the_kiosk(morning(rests)) as customer:
        assert customer.card("Internet").words.details == (
            "Closed today: Ashura",
            "Opens tomorrow at 08:00",
        )
        await customer.taps("Internet")
        await customer.sees(NoticeScreen)
        await customer.reads("Internet is closed today: Ashura. Opens tomorrow at 08:00.")


async def test_before_the_roster_begins_a_card_says_when_instead_of_a_long_wait() -> None:
    branch = office()
    shifts = tuple(
        Shift(weekday=weekday, span=Span(starts=time(20), ends=time(22))) for weekday in Weekday
    )
    counters = tuple(replace(counter, roster=shifts) for counter in branch.counters)
    live = replace(morning(replace(branch, counters=counters)), desks={})
    async with at_the_kiosk(live) as customer:
        waiting, opens = customer.card("Internet").words.details
        assert opens == "Opens at 20:00"
        assert "waiting" in waiting
        assert customer.card("Internet").words.enabled


async def test_a_full_service_says_so() -> None:
    async with at_the_kiosk(changed(BILLS, capacity=2)) as customer:
        assert customer.card("Bill payment").words.details == ("Full for now",)
        assert not customer.card("Bill payment").words.enabled


async def test_a_service_that_filled_up_just_now_is_refused_in_a_sentence() -> None:
    full = Refused(Reason.SERVICE_FULL, service=Text({"en": "Bill payment"}))
    async with at_the_kiosk(None, full) as customer:
        await customer.taps("Bill payment")
        await customer.sees(NoticeScreen)
        await customer.reads("Bill payment is full for now: please come again a little later.")
        await customer.goes_away(8)
        await customer.sees(WelcomeScreen)


async def test_without_an_estimate_there_are_words() -> None:
    async with at_the_kiosk(replace(morning(), estimates=None)) as customer:
        assert "2 people waiting No estimate yet" in customer.read()


async def test_a_branch_without_other_ways_offers_only_services_and_the_look_up() -> None:
    branch = office()
    async with at_the_kiosk(morning(replace(branch, categories=branch.categories[:1]))) as customer:
        await customer.presses("8", "9")
        await customer.pilot.pause()
        assert isinstance(customer.terminal.screen, WelcomeScreen)
        assert "Priority" not in customer.read()
        assert "appointment" not in customer.read()


def test_the_code_carries_the_page_or_else_number_and_secret() -> None:
    assert code_data("https://queue.example/", "A042", "s3cret") == "https://queue.example/t/s3cret"
    assert code_data(None, "A042", "s3cret") == "queueapp:A042:s3cret"
    assert code_data("https://queue.example", "A042", "") == ""


async def test_each_ticket_is_printed_where_the_kiosk_prints() -> None:
    live = morning()
    async with at_the_kiosk(live, receipt_for(live), printer=KIOSK_PRINTER) as customer:
        await customer.taps("Bill payment")
        await customer.sees(TicketScreen)
        assert "No paper" not in customer.read()
    (issued,) = customer.issued
    assert issued.printer == KIOSK_PRINTER


async def test_with_a_printer_that_is_down_the_code_on_the_screen_is_the_ticket() -> None:
    down = Printer(name=KIOSK_PRINTER, fault=PrinterFault.PAPER_OUT, since=NOW)
    live = replace(morning(), printers={KIOSK_PRINTER: down})
    async with at_the_kiosk(
        live, receipt_for(live), printer=KIOSK_PRINTER, size=(120, 40)
    ) as customer:
        await customer.taps("Bill payment")
        await customer.sees(TicketScreen)
        await customer.reads("No paper just now: scan the code")
        assert customer.screen.query(QRCode)
    async with at_the_kiosk(live, receipt_for(live)) as customer:  # another kiosk's is no matter
        await customer.taps("Bill payment")
        await customer.sees(TicketScreen)
        assert "No paper" not in customer.read()


async def test_a_key_that_is_held_down_takes_one_ticket() -> None:
    live = morning()
    receipts = [receipt_for(live), receipt_for(live)]
    async with at_the_kiosk(live, *receipts, settle_seconds=0.01) as customer:
        await customer.holds("1", seconds=(0.0, 0.1))
        await customer.sees(TicketScreen)
        await customer.holds("1", seconds=(0.1, 2.0))
        assert isinstance(customer.terminal.screen, TicketScreen)
        await customer.holds("0", seconds=(3.0, 3.1))
        await customer.sees(WelcomeScreen)
        await customer.holds("0", seconds=(3.1, 5.0))
        assert isinstance(customer.terminal.screen, WelcomeScreen)
        await customer.holds("1", seconds=(6.0, 6.1))
        await customer.sees(TicketScreen)
    assert len(customer.issued) == 2


async def test_a_key_that_is_held_down_does_not_leave_the_queue() -> None:
    live = morning()
    async with at_the_kiosk(live, settle_seconds=0.01) as customer:
        await customer.presses("0")
        await customer.sees(FindTicketScreen)
        await customer.presses(*"A044", "enter")
        await customer.sees(MyTicketScreen)
        await customer.holds("1", seconds=(0.0, 0.1))
        await customer.sees(QuestionScreen)
        await customer.holds("1", seconds=(0.1, 2.0))
        assert isinstance(customer.terminal.screen, QuestionScreen)
    assert not customer.operations.commands
