"""What people in the hall see: who is called where, at once and large, and nothing that is over."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import time

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Static

from kiosk.board_call_list import CallList
from kiosk.board_call_panel import CallPanel
from kiosk.board_drawing import Drawing, width_of
from kiosk.board_screen import BoardScreen
from queueapp.domain.branch import OpeningHours, Span, Weekday
from queueapp.domain.estimate import Estimate
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState, Ticket, add_service
from queueapp.tui.big_number import BigSize, big_lines
from queueapp.tui.connection_banner import ConnectionBanner
from queueapp.tui.terminal import Terminal
from tests.cells_picture import screen_text
from tests.kiosk.halls import Seconds, branch_of, called, served, waiting
from tests.tui.fakes import INTERNET, NOW, StillFeed, fake_branch, fake_context, fake_live, text
from tests.tui.waiting import until

MORNING = (waiting(50), called(40, 1, ago=200, state=LegState.SERVING))
"""One waits, one has been at counter 1 for a while."""


@dataclass
class Hall:
    """The board with its pilot, the feed behind it and the readers' stopwatch."""

    board: BoardScreen
    pilot: Pilot[int]
    feed: StillFeed
    seconds: Seconds

    async def becomes(self, *tickets: Ticket, revision: int = 2) -> None:
        """The branch has moved, and the board knows."""
        await self.shows(fake_live(*tickets, revision=revision))

    async def shows(self, live: LiveBranch) -> None:
        self.feed.move(live)
        await until(self.pilot, lambda: self.board.live is live)
        await self.pilot.pause()

    async def later(self, seconds: float) -> None:
        """People have had this much time to read."""
        self.seconds.passed += seconds
        self.board.tick()
        await self.pilot.pause()

    def stands_out(self) -> bool:
        """Whether the big place is inverted."""
        return self.board.query_one(CallPanel).has_class("-news")

    def is_big(self, ticket: str, counter: str) -> bool:
        """Whether this call, and no other, has the big place."""
        drawn = {name: self.board.query_one(f"#{name}", Drawing) for name in ("ticket", "counter")}
        return all(
            drawn[name].region and drawn[name].lines in {big_lines(text, size) for size in BigSize}
            for name, text in (("ticket", ticket), ("counter", counter))
        )

    @property
    def listed(self) -> list[str]:
        """The calls of the list, on a screen where they are written."""
        return [line.strip() for line in self.said("#written").split("\n")]

    def column(self, selector: str) -> list[str]:
        """The lines of a column below its title, without the empty ones."""
        return [line for line in self.said(selector).split("\n") if line][1:]

    def said(self, selector: str) -> str:
        return str(self.board.query_one(selector, Static).content)


@asynccontextmanager
async def hall(
    live: LiveBranch | None = None, *, size: tuple[int, int] = (80, 24), language: str = "en"
) -> AsyncIterator[Hall]:
    feed, seconds = StillFeed(live or fake_live(*MORNING)), Seconds()
    board = BoardScreen(stopwatch=seconds)
    terminal = Terminal(fake_context(feed=feed, language=language), lambda: board)
    async with terminal.run_test(size=size) as pilot:
        await until(pilot, lambda: board.live is not None)
        await pilot.pause()
        yield Hall(board, pilot, feed, seconds)


async def test_a_call_takes_the_big_place_at_once_and_stands_out_for_some_seconds() -> None:
    async with hall() as board:
        assert board.is_big("A040", "1")
        assert not board.stands_out()
        await board.becomes(*MORNING, called(41, 3))
        assert board.is_big("A041", "3")
        assert board.stands_out()
        await board.later(7)
        assert board.stands_out()
        await board.later(2)
        assert not board.stands_out()
        assert board.is_big("A041", "3")


async def test_a_recall_brings_a_call_back_and_lets_it_stand_out_again() -> None:
    async with hall() as board:
        await board.becomes(*MORNING, called(41, 3, ago=20))
        await board.later(4)
        await board.becomes(*MORNING, called(41, 3, ago=20), called(42, 2, ago=4), revision=3)
        await board.later(10)
        assert board.is_big("A042", "2")
        assert not board.stands_out()
        again = called(41, 3, ago=20, recalls=1)
        await board.becomes(*MORNING, again, called(42, 2, ago=4), revision=4)
        assert board.is_big("A041", "3")
        assert board.stands_out()


async def test_recalled_while_still_standing_out_it_stands_out_for_longer() -> None:
    async with hall() as board:
        await board.becomes(*MORNING, called(41, 3))
        await board.later(2)
        await board.becomes(*MORNING, called(41, 3, recalls=1), revision=3)
        await board.later(7)
        assert board.stands_out()


async def test_three_calls_at_once_each_have_their_seconds_and_are_listed_from_the_first() -> None:
    async with hall() as board:
        three = (called(41, 3, ago=3), called(42, 2, ago=2), called(43, 1, ago=1))
        await board.becomes(waiting(50), *three)
        assert board.listed == ["A043 → 1", "A042 → 2", "A041 → 3"]
        assert board.is_big("A041", "3")
        await board.later(2)
        assert board.is_big("A041", "3")
        await board.later(1)
        assert board.is_big("A042", "2")
        await board.later(3)
        assert board.is_big("A043", "1")
        await board.later(3)
        assert board.is_big("A043", "1")
        assert board.stands_out()


async def test_an_undone_call_disappears_everywhere() -> None:
    async with hall() as board:
        await board.becomes(*MORNING, called(41, 3))
        await board.becomes(*MORNING, waiting(41), revision=3)
        assert board.is_big("A040", "1")
        assert not board.stands_out()
        assert board.listed == ["A040 → 1"]


async def test_a_call_undone_before_its_turn_is_never_shown_large() -> None:
    async with hall() as board:
        await board.becomes(*MORNING, called(41, 3, ago=2), called(42, 2, ago=1))
        await board.becomes(*MORNING, called(41, 3, ago=2), waiting(42), revision=3)
        await board.later(5)
        assert board.is_big("A041", "3")


async def test_somebody_long_at_the_counter_is_listed_but_not_called_out() -> None:
    async with hall() as board:
        late = called(41, 3, ago=120, state=LegState.SERVING)
        await board.becomes(*MORNING, late)
        assert board.is_big("A040", "1")
        assert "A041 → 3" in board.listed


async def test_going_on_with_another_service_at_the_same_counter_is_no_call() -> None:
    async with hall() as board:
        waits, at_counter = MORNING
        here = add_service(at_counter, service=INTERNET, at=NOW, here=True)
        await board.becomes(waits, here)
        assert board.is_big("A040", "1")
        assert not board.stands_out()


async def test_an_empty_hall_is_welcomed_without_waits() -> None:
    async with hall(fake_live(served(39))) as board:
        assert board.said("#words") == "Welcome, please take a ticket"
        assert not board.board.query_one("#lists").display


async def test_where_people_wait_but_nobody_is_called_yet_they_are_told_what_will_come() -> None:
    async with hall(fake_live(waiting(50))) as board:
        assert board.said("#words") == "Please wait: your number will appear here"
        assert board.column("#ranges") == ["8–14 min"] * 3
        assert board.column("#counts") == ["1", "0", "0"]


async def test_a_closed_service_and_a_missing_estimate_are_words() -> None:
    branch = fake_branch()
    branch = branch.with_service(replace(branch.service(INTERNET), is_open=False))
    live = replace(fake_live(*MORNING, branch=branch), estimates=None)
    async with hall(live) as board:
        assert board.column("#ranges") == [
            "No estimate yet",
            "No estimate yet",
            "Closed now",
        ]
        assert "Internet is closed now." in board.said("#notices")


async def test_when_the_database_goes_away_the_board_stays_as_it_was() -> None:
    async with hall() as board:
        await board.becomes(*MORNING, called(41, 3))
        board.feed.lose()
        banner = board.board.query_one(ConnectionBanner)
        await until(board.pilot, lambda: banner.display)
        assert board.is_big("A041", "3")
        board.feed.return_()
        await until(board.pilot, lambda: not banner.display)


async def test_one_key_shows_the_board_in_the_next_language_with_its_digits() -> None:
    async with hall() as board:
        await board.pilot.press("l")
        await until(board.pilot, lambda: board.board.language.code == "fa")
        await board.pilot.pause()
        assert board.is_big("A۰۴۰", "۱")
        assert board.said("#branch") == "شعبهٔ ونک"
        await board.pilot.press("l")
        await until(board.pilot, lambda: board.board.language.code == "en")


async def test_a_call_still_stands_out_after_the_language_was_switched() -> None:
    async with hall() as board:
        await board.becomes(*MORNING, called(41, 3))
        await board.pilot.press("l")
        await until(board.pilot, lambda: board.board.language.code == "fa")
        await board.pilot.pause()
        assert board.is_big("A۰۴۱", "۳")
        assert board.stands_out()


@pytest.mark.parametrize(("answer", "ends"), [("y", True), ("n", False)])
async def test_the_board_closes_only_when_that_is_confirmed(answer: str, ends: bool) -> None:
    async with hall() as board:
        terminal = board.board.terminal
        await board.pilot.press("q")
        await until(board.pilot, lambda: terminal.screen is not board.board)
        await board.pilot.press(answer)
        if ends:
            await until(board.pilot, lambda: terminal.return_code == 0)
        else:
            await until(board.pilot, lambda: terminal.screen is board.board)
    assert (terminal.return_value == 0) is ends


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (132, 43), (200, 60)])
@pytest.mark.parametrize("counters", [2, 12])
@pytest.mark.parametrize("language", ["en", "fa"])
async def test_nothing_is_ever_clipped(size: tuple[int, int], counters: int, language: str) -> None:
    tickets = [called(880 + number, number) for number in range(1, counters + 1)]
    live = fake_live(waiting(50), *tickets, branch=branch_of(counters))
    async with hall(live, size=size, language=language) as board:
        screen = board.board
        for drawing in screen.query(Drawing):
            if drawing.region:
                assert width_of(drawing.lines) <= drawing.size.width
                assert len(drawing.lines) <= drawing.size.height
                assert screen.region.contains_region(drawing.region)
        calls = screen.query_one(CallList)
        for part in calls.query(Drawing):
            assert not part.region or calls.region.contains_region(part.region)
        written = board.said("#written").split("\n")
        room = screen.query_one("#written").size
        assert not screen.query_one("#written").region or len(written) <= room.height
        assert all(cell_len(line) <= room.width for line in written)


async def test_what_stands_in_large_letters_is_not_said_once_more_below() -> None:
    branch = fake_branch()
    afternoon = OpeningHours(weekday=Weekday.WEDNESDAY, span=Span(starts=time(14), ends=time(16)))
    for service in branch.services:
        branch = branch.with_service(replace(service, opening=(afternoon,)))
    empty = replace(fake_live(branch=branch), desks={}, tickets={})
    async with hall(empty) as board:
        await until(board.pilot, lambda: board.said("#words") == "Opens at 14:00")
        assert not board.board.query_one("#notices").display


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (132, 43)])
async def test_a_long_wait_does_not_push_the_names_of_the_services_aside(
    size: tuple[int, int], language: str
) -> None:
    live = fake_live(*MORNING)
    assert live.estimates is not None
    long = Estimate(p10=4000, p50=97 * 60, p80=114 * 60, p90=8000)
    arriving = dict.fromkeys(live.estimates.arriving, long)
    services = tuple(
        replace(each, name=text("Change of ownership", "انتقال مالکیت خط"))
        for each in live.branch.services
    )
    live = replace(
        live,
        branch=replace(live.branch, services=services),
        estimates=replace(live.estimates, arriving=arriving),
    )
    async with hall(live, size=size, language=language) as board:
        for name in ("services", "ranges"):
            column = board.board.query_one(f"#{name}", Static)
            lines = board.column(f"#{name}")
            assert len(lines) == 3
            assert max(map(cell_len, lines)) <= column.content_size.width
        assert "…" not in "".join(screen_text(board.pilot.app))
