"""How calls, notices and waits share whatever room there is."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.geometry import Size

from kiosk.board_call_list import arranged
from kiosk.board_call_panel import arrangement_for
from kiosk.board_drawing import arrow_lines, clock_lines, width_of
from kiosk.board_notices import notices, packed
from kiosk.board_waits import pages_of
from queueapp.domain.branch import OpeningHours, Span, Weekday
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.holidays import Holiday
from queueapp.domain.words import CounterNumber
from queueapp.language import Direction
from queueapp.tui.big_number import BigSize
from tests.kiosk.halls import called
from tests.tui.fakes import BILLS, INTERNET, NOW, OMID, fake_branch, fake_live, language_of, text

ENGLISH, PERSIAN = language_of("en"), language_of("fa")
LTR, RTL = Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT
PLACES = tuple((f"A{number:03d}", str(number % 12 + 1)) for number in range(60, 48, -1))


@pytest.mark.parametrize(
    ("room", "stacked", "ticket"),
    [
        (Size(76, 14), True, BigSize.MEDIUM),
        (Size(104, 12), False, BigSize.MEDIUM),
        (Size(128, 23), True, BigSize.LARGE),
        (Size(196, 24), False, BigSize.LARGE),
        (Size(56, 12), True, BigSize.SMALL),
    ],
)
def test_the_big_place_takes_the_most_striking_arrangement_that_fits(
    room: Size, stacked: bool, ticket: BigSize
) -> None:
    chosen = arrangement_for(room, "A042", "3", "Counter")
    assert (chosen.stacked, chosen.ticket) == (stacked, ticket)
    needed = chosen.size("A042", "3", "Counter")
    assert needed.width <= room.width
    assert needed.height <= room.height


@pytest.mark.parametrize("size", list(BigSize))
def test_an_arrow_points_to_the_counter_and_is_the_same_above_and_below(size: BigSize) -> None:
    lines = arrow_lines(size, LTR)
    flipped = str.maketrans("▀▄", "▄▀")
    assert tuple(line.translate(flipped) for line in reversed(lines)) == lines
    tip = max(range(len(lines)), key=lambda row: len(lines[row].rstrip()))
    assert abs(tip - (len(lines) - 1) / 2) <= 0.5


def test_few_calls_are_drawn_and_many_are_drawn_as_far_as_the_others_can_be_written() -> None:
    room = Size(112, 24)
    drawn, written = arranged(PLACES[:2], room, LTR)
    assert len(drawn) == 17
    assert not written
    drawn, written = arranged(PLACES[:4], room, LTR)
    assert len(drawn) == 23
    assert not written
    drawn, written = arranged(PLACES, room, LTR)
    assert len(drawn) in {5, 11, 17}
    assert written.split()[:3] == [PLACES[(len(drawn) + 1) // 6][0], "→", "10"]
    assert all(ticket in written for ticket, _ in PLACES[(len(drawn) + 1) // 6 :])


def test_where_nothing_can_be_drawn_the_newest_calls_that_fit_are_written() -> None:
    drawn, written = arranged(PLACES, Size(26, 4), LTR)
    assert not drawn
    assert written.split("\n")[0].split() == ["A060", "→", "1", "A056", "→", "9"]
    assert len(written.split("\n")) == 4


@pytest.mark.parametrize("width", [76, 96, 128, 196])
def test_the_clock_of_an_empty_hall_fits(width: int) -> None:
    assert width_of(clock_lines("10:42", width)) <= width


def test_services_that_do_not_fit_take_turns() -> None:
    rows = tuple((str(number), "0", "") for number in range(7))
    pages = pages_of(rows, 3)
    assert sorted(len(page) for page in pages) == [2, 2, 3]
    assert [row for page in pages for row in page] == list(rows)
    assert pages_of(rows, 7) == [rows]


def paused(back_in: timedelta) -> Desk:
    return Desk(
        counter=CounterNumber(2),
        state=DeskState.PAUSED,
        staff=OMID,
        since=NOW,
        reason="Tea",
        expected_end=NOW + back_in,
    )


@pytest.mark.parametrize(
    ("back_in", "said"),
    [(6, "Counter 2 is back at about 10:48."), (-1, "Counter 2 is back soon.")],
)
def test_a_paused_counter_says_when_it_is_back_but_not_why(back_in: int, said: str) -> None:
    desks = {CounterNumber(2): paused(timedelta(minutes=back_in))}
    assert notices(replace(fake_live(), desks=desks), NOW, ENGLISH) == [said]


def test_a_paused_counter_that_still_serves_somebody_is_not_announced() -> None:
    live = replace(fake_live(called(41, 2)), desks={CounterNumber(2): paused(timedelta(minutes=6))})
    assert notices(live, NOW, ENGLISH) == []


def test_a_service_that_opens_later_says_when_and_a_closed_one_says_so() -> None:
    afternoon = OpeningHours(weekday=Weekday.WEDNESDAY, span=Span(starts=time(14), ends=time(16)))
    branch = fake_branch()
    branch = branch.with_service(replace(branch.service(BILLS), opening=(afternoon,)))
    branch = branch.with_service(replace(branch.service(INTERNET), is_open=False))
    live = replace(fake_live(branch=branch), desks={})
    assert notices(live, NOW, ENGLISH) == [
        "Bill payment opens at 14:00.",
        "Internet is closed now.",
    ]
    evening = datetime(2026, 10, 7, 18, tzinfo=ZoneInfo("Asia/Tehran"))
    assert notices(live, evening, ENGLISH)[0] == (
        "Bill payment opens on Wednesday 14 October 2026 at 14:00."
    )


def test_on_a_day_off_the_hall_is_told_why_and_when_it_opens() -> None:
    branch = fake_branch()
    mornings = tuple(
        OpeningHours(weekday=weekday, span=Span(starts=time(8), ends=time(12)))
        for weekday in Weekday
    )
    for service in branch.services:
        branch = branch.with_service(replace(service, opening=mornings))
    ashura = Holiday(name=text("Ashura", "عاشورا"), day=branch.day(NOW))
    rests = replace(branch, holidays=(ashura,))
    live = replace(fake_live(branch=rests), desks={})
    assert notices(live, NOW, ENGLISH) == ["Closed today: Ashura.", "Opens tomorrow at 08:00."]
    assert notices(live, NOW, PERSIAN) == [
        "امروز تعطیل است: عاشورا.",
        "فردا از ساعت ۸:۰۰ باز می‌شود.",
    ]
    weekend = replace(live, branch=replace(branch, weekend=(Weekday(NOW.weekday()),)))
    assert notices(weekend, NOW, ENGLISH)[0] == "Closed today: Wednesday is a day off."


def test_sentences_share_a_line_where_they_fit_and_are_never_broken() -> None:
    assert packed(["One.", "Two.", "A longer third one."], 20) == [
        "One.   ·   Two.",
        "A longer third one.",
    ]
    assert packed([], 20) == []
