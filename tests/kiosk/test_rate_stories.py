"""What happens at the rating terminal of counter 1: one tap when a customer has been served."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from kiosk.card_groups import CardGrid
from kiosk.faces import Face
from kiosk.heading import Words
from kiosk.kiosk_screen import Pace
from kiosk.rate_screen import RateScreen
from kiosk.rate_visit import Page
from queueapp.domain.rating import Rating, RatingReason
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import Channel, LegState, Ticket, add_service
from queueapp.domain.words import CounterNumber, Revision, TicketId
from queueapp.operations.commands import RateService
from queueapp.operations.ports import Receipt
from queueapp.tui.big_number import BigNumber
from queueapp.tui.connection_banner import ConnectionBanner
from queueapp.tui.terminal import LockedTerminal
from tests.kiosk.halls import called, served, waiting
from tests.tui.fakes import (
    INTERNET,
    NOW,
    FakeClock,
    RecordingOperations,
    StillFeed,
    fake_context,
    fake_live,
)
from tests.tui.waiting import until

COUNTER = CounterNumber(1)
SERVING = called(42, 1, ago=180, state=LegState.SERVING)


@dataclass
class Desk:
    """The rating terminal with everything around it."""

    screen: RateScreen
    pilot: Pilot[int]
    feed: StillFeed
    operations: RecordingOperations
    clock: FakeClock

    async def becomes(self, *tickets: Ticket) -> None:
        """The branch has moved, and the terminal knows."""
        live = fake_live(*tickets, now=self.clock.now)
        self.feed.move(live)
        await self.until(lambda: self.screen.live is live)

    async def until(self, happened: Callable[[], bool]) -> None:
        await until(self.pilot, happened)
        await self.pilot.pause()

    async def page(self, page: Page) -> None:
        """Wait for ``page``."""
        await self.until(lambda: self.screen.page is page)

    async def idles(self, seconds: int) -> None:
        """Nobody touches anything for so long."""
        for _ in range(seconds):
            self.clock.advance(timedelta(seconds=1))
            self.screen.tick()
        await self.pilot.pause()

    async def tap(self, selector: str) -> None:
        """A finger comes down, not as the second half of a double tap."""
        await self.until(lambda: self.screen.settled)
        assert await self.pilot.click(selector)

    def said(self, selector: str) -> str:
        return self.screen.query_one(selector, Words).words

    @property
    def ratings(self) -> list[tuple[TicketId, int, RatingReason | None]]:
        """What was sent and accepted."""
        sent = [c for c in self.operations.commands if isinstance(c, RateService)]
        return [(command.ticket, command.score, command.reason) for command in sent]


@asynccontextmanager
async def desk(
    *tickets: Ticket,
    answers: tuple[Receipt | Refused, ...] = (),
    away: int = 0,
    size: tuple[int, int] = (80, 24),
    language: str = "en",
) -> AsyncIterator[Desk]:
    feed = StillFeed(fake_live(*(tickets or (SERVING,))))
    operations, clock = RecordingOperations(answers=list(answers), away=away), FakeClock()
    screen = RateScreen(COUNTER, pace=Pace(settle=0.01))
    terminal = LockedTerminal(
        fake_context(feed=feed, operations=operations, clock=clock, language=language),
        lambda: screen,
    )
    async with terminal.run_test(size=size) as pilot:
        await until(pilot, lambda: screen.live is not None)
        await pilot.pause()
        yield Desk(screen, pilot, feed, operations, clock)


def done(ticket: Ticket = SERVING, *, language: str = "en") -> Ticket:
    """``ticket`` as it is when counter 1 has served it."""
    return served(ticket.number, language=language)


async def test_a_finish_brings_the_faces_and_one_tap_is_all() -> None:
    async with desk() as at:
        assert at.screen.query_one(BigNumber).text == "A042"
        await at.becomes(done())
        await at.page(Page.FACES)
        assert at.said("#question") == "How was it?"
        assert at.said("#about") == "Ticket A042"
        await at.tap("Face:last-child")
        await at.page(Page.THANKS)
        assert at.ratings == [(SERVING.id, 5, None)]
        assert at.operations.commands[0] == replace(
            RateService(ticket=SERVING.id, score=5, channel=Channel.COUNTER),
            command_id=at.operations.commands[0].command_id,
        )
        assert at.said("#and") == "You can change it for 30 seconds."
        await at.idles(6)
        assert at.screen.page is Page.IDLE


async def test_a_bad_rating_counts_at_once_and_then_asks_for_its_reason() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.pilot.press("2")
        await at.page(Page.REASONS)
        assert at.ratings == [(SERVING.id, 2, None)]
        await at.pilot.press("4")
        await at.page(Page.THANKS)
        assert at.ratings[-1] == (SERVING.id, 2, RatingReason.UNFRIENDLY)


async def test_a_reason_can_be_tapped() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.tap("Face:first-child")
        await at.page(Page.REASONS)
        await at.until(lambda: len(at.screen.query_one(CardGrid).cards) == 6)
        await at.tap("#reasons Card")
        await at.page(Page.THANKS)
        assert at.ratings[-1] == (SERVING.id, 1, RatingReason.WAITED_TOO_LONG)


async def test_the_reason_may_be_skipped_or_left_unsaid() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.pilot.press("1")
        await at.page(Page.REASONS)
        await at.pilot.press("6")
        await at.page(Page.THANKS)
        assert at.ratings == [(SERVING.id, 1, None)]
    async with desk() as at:
        await at.becomes(done())
        await at.pilot.press("1")
        await at.page(Page.REASONS)
        await at.idles(45)
        assert at.screen.page is Page.IDLE
        assert at.ratings == [(SERVING.id, 1, None)]


async def test_a_double_tap_on_a_face_gives_no_reason() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.until(lambda: at.screen.settled)
        at.screen.pace = Pace(settle=60)
        await at.pilot.click("Face:first-child")
        await at.page(Page.REASONS)
        await at.until(lambda: len(at.screen.query_one(CardGrid).cards) == 6)
        await at.pilot.click("#reasons Card")
        assert at.screen.page is Page.REASONS
        assert len(at.ratings) == 1


async def test_a_rating_can_be_changed_for_thirty_seconds() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.pilot.press("3")
        await at.page(Page.THANKS)
        await at.tap("#change")
        await at.page(Page.FACES)
        assert at.screen.query(Face).first().score == 1
        await at.pilot.press("5")
        await at.page(Page.THANKS)
        assert [score for _, score, _ in at.ratings] == [3, 5]
        await at.idles(6)
        assert at.screen.page is Page.IDLE
        await at.pilot.press("0")
        await at.page(Page.FACES)
        await at.pilot.press("4")
        await at.page(Page.THANKS)
        await at.idles(30)
        assert at.screen.page is Page.IDLE
        assert not at.screen.query_one("#change-row").display
        await at.pilot.press("0")
        assert at.screen.page is Page.IDLE


async def test_faces_opened_to_change_a_rating_go_away_when_it_is_too_late() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.pilot.press("3")
        await at.page(Page.THANKS)
        await at.pilot.press("0")
        await at.page(Page.FACES)
        await at.idles(31)
        assert at.screen.page is Page.IDLE


async def test_a_refusal_is_said_in_its_own_words() -> None:
    refused = Refused(Reason.RATING_EXISTS, ticket="A042")
    async with desk(answers=(refused,)) as at:
        await at.becomes(done())
        await at.pilot.press("5")
        await at.page(Page.REFUSED)
        assert at.said("#said") == "Ticket A042 has already been rated: thank you."
        assert not at.screen.query_one("#change-row").display
        await at.idles(6)
        assert at.screen.page is Page.IDLE


async def test_a_reason_that_comes_too_late_is_refused_and_the_rating_stays() -> None:
    accepted = Receipt(revision=Revision(3), at=NOW)
    refused = Refused(Reason.RATING_EXISTS, ticket="A042")
    async with desk(answers=(accepted, refused)) as at:
        await at.becomes(done())
        await at.pilot.press("1")
        await at.page(Page.REASONS)
        await at.pilot.press("2")  # the same key at once would be one that is held down
        await at.page(Page.REFUSED)


async def test_a_newer_finish_takes_the_place_of_an_unanswered_one() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.page(Page.FACES)
        at.clock.advance(timedelta(seconds=10))
        await at.becomes(done(), served(43, at=at.clock.now))
        await at.until(lambda: at.said("#about") == "Ticket A043")
        await at.pilot.press("5")
        await at.page(Page.THANKS)
        assert [ticket for ticket, _, _ in at.ratings] == [served(43).id]


async def test_unanswered_faces_go_away_by_themselves_and_do_not_come_back() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.idles(44)
        await at.page(Page.FACES)
        await at.idles(1)
        assert at.screen.page is Page.IDLE
        await at.becomes(done(), waiting(50))
        assert at.screen.page is Page.IDLE


async def test_an_undone_finish_takes_the_faces_back_and_the_next_finish_asks_again() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.page(Page.FACES)
        await at.becomes(SERVING)
        await at.page(Page.IDLE)
        at.clock.advance(timedelta(seconds=5))
        await at.becomes(served(42, at=at.clock.now))
        await at.page(Page.FACES)


async def test_it_asks_on_starting_only_for_somebody_who_may_still_be_there() -> None:
    async with desk(served(42, at=NOW - timedelta(seconds=61))) as at:
        assert at.screen.page is Page.IDLE
    async with desk(served(42, at=NOW - timedelta(seconds=20))) as at:
        await at.page(Page.FACES)


async def test_it_does_not_ask_for_a_leg_that_was_rated_elsewhere() -> None:
    async with desk() as at:
        rated = done()
        rating = Rating(
            ticket=rated.id, ordinal=1, score=4, reason=None, at=NOW, channel=Channel.PHONE
        )
        live = replace(fake_live(rated), ratings={(rated.id, 1): rating})
        at.feed.move(live)
        await at.until(lambda: at.screen.live is live)
        assert at.screen.page is Page.IDLE


async def test_another_counters_finish_is_none_of_its_business() -> None:
    async with desk() as at:
        await at.becomes(SERVING, served(43, counter=2))
        assert at.screen.page is Page.IDLE
        assert at.screen.query_one(BigNumber).text == "A042"


async def test_it_asks_about_a_leg_while_the_customer_goes_on_with_another_service() -> None:
    async with desk() as at:
        await at.becomes(add_service(SERVING, service=INTERNET, at=NOW, here=True))
        await at.page(Page.FACES)
        assert at.said("#about") == "Ticket A042"


@pytest.mark.parametrize(
    ("language", "question"), [("en", "How was it?"), ("fa", "خدمت ما چطور بود؟")]
)
async def test_it_asks_in_the_language_of_the_ticket(language: str, question: str) -> None:
    async with desk() as at:
        await at.becomes(done(language=language))
        await at.page(Page.FACES)
        assert at.said("#question") == question
        assert at.screen.is_mirrored is (language == "fa")
        await at.idles(45)
        assert not at.screen.is_mirrored


async def test_persian_keys_answer_too() -> None:
    async with desk() as at:
        await at.becomes(done())
        await at.pilot.press("۴")
        await at.page(Page.THANKS)
        assert at.ratings == [(SERVING.id, 4, None)]


async def test_a_tap_while_the_database_is_away_is_kept_and_counts_once() -> None:
    async with desk(away=2) as at:
        await at.becomes(done())
        await at.pilot.press("5")
        await at.pilot.press("1")
        await at.page(Page.THANKS)
        assert at.ratings == [(SERVING.id, 5, None)]
        assert len({command.command_id for command in at.operations.tried}) == 1
        assert not at.screen.query_one(ConnectionBanner).display


async def test_idle_it_tells_what_the_counter_does() -> None:
    async with desk(waiting(50)) as at:
        assert at.said("#counter") == "Counter"
        assert at.screen.query_one(BigNumber).text == "1"
        assert at.said("#idle-words") == "Welcome"
        await at.becomes(called(51, 1))
        assert at.said("#counter") == "Counter 1"
        assert at.said("#idle-words") == "Please come to this counter"
        await at.becomes(called(51, 1, state=LegState.SERVING))
        assert at.said("#idle-words") == "Being served"


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c", "q", "escape", "f1"])
async def test_no_key_of_a_customer_ends_it(key: str) -> None:
    async with desk() as at:
        await at.pilot.press(key)
        assert at.screen.is_active
        assert at.screen.terminal.return_code is None


async def test_staff_leave_with_the_chord_of_the_kiosk_and_a_pin() -> None:
    async with desk() as at:
        await at.pilot.press("ctrl+b", "q")
        await at.until(lambda: not at.screen.is_active)
        await at.pilot.press(*"sara", "enter")
        await at.until(lambda: len(at.screen.terminal.screen_stack) == 2)
