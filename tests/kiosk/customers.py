"""A customer in front of a kiosk: what they touch, and what they read."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from textual import events
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widget import Widget

from kiosk.card import Card
from kiosk.card_groups import CardGroup
from kiosk.heading import Words
from kiosk.kiosk_screen import KioskScreen
from kiosk.number_pad import NumberPad
from kiosk.welcome_screen import WelcomeScreen
from queueapp.domain.branch import Branch
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import PrinterName
from queueapp.domain.refusal import Refused
from queueapp.domain.words import CategoryCode, Revision, ServiceCode
from queueapp.operations.commands import IssueTicket
from queueapp.operations.ports import Receipt
from queueapp.tui.terminal import LockedTerminal, Terminal
from tests.tui.fakes import (
    BILLS,
    NORMAL,
    NOW,
    RecordingOperations,
    StillFeed,
    fake_branch,
    fake_context,
    fake_live,
    text,
)
from tests.tui.waiting import until

APPOINTMENT = CategoryCode("appointment")
BETWEEN_REPEATS = 1 / 30
"""Seconds, of a key that is held down."""


def office() -> Branch:
    """The sample branch, which also takes people by appointment."""
    branch = fake_branch()
    by_appointment = replace(
        branch.categories[0],
        code=APPOINTMENT,
        name=text("Appointment", "وقت قبلی"),
        by_appointment=True,
    )
    return replace(branch, categories=(*branch.categories, by_appointment))


def morning(branch: Branch | None = None) -> LiveBranch:
    return fake_live(branch=branch or office())


def receipt_for(live: LiveBranch, service: ServiceCode = BILLS) -> Receipt:
    """The receipt of the customer without priority who waits for ``service``."""
    ticket = next(each for each in live.waiting_for(service) if each.leg.category == NORMAL)
    return Receipt(
        revision=Revision(2), at=NOW, ticket=ticket.id, label=ticket.label, token=ticket.token
    )


@dataclass
class Customer:
    """Somebody at the kiosk."""

    pilot: Pilot[int]
    terminal: Terminal
    operations: RecordingOperations
    feed: StillFeed

    @property
    def screen(self) -> KioskScreen[Any]:
        screen = self.terminal.screen
        assert isinstance(screen, KioskScreen)
        return screen

    @property
    def issued(self) -> list[IssueTicket]:
        return [each for each in self.operations.commands if isinstance(each, IssueTicket)]

    async def sees(self, kind: type[KioskScreen[Any]]) -> None:
        """Wait until a screen of ``kind`` is there and takes touches."""
        await until(self.pilot, lambda: isinstance(self.terminal.screen, kind))
        await until(self.pilot, lambda: self.screen.settled)
        await self.pilot.pause()

    async def reads(self, words: str) -> None:
        """Wait until the screen says ``words`` somewhere."""
        await until(self.pilot, lambda: words in self.read())

    def read(self) -> str:
        """Everything that the screen says now."""
        cards = (card for card in self.screen.query(Card) if card.display)
        said = [" ".join((card.words.title, *card.words.details)) for card in cards]
        return "\n".join([*said, *(each.words for each in self.screen.query(Words))])

    def card(self, title: str) -> Card:
        """The card that says ``title``."""
        return next(card for card in self.screen.query(Card) if card.words.title == title)

    async def taps(self, title: str, *, times: int = 1) -> None:
        """Touch the card, or the key of the pad, that says ``title``."""
        for pad in self.screen.query(NumberPad):
            if title in pad.labels:
                assert await self.pilot.click(pad, offset=place_of(pad, title), times=times)
                return
        await until(self.pilot, lambda: bool(self._titled(title)))
        assert await self.pilot.click(self.card(title), times=times)

    def _titled(self, title: str) -> Sequence[Widget]:
        return [
            card
            for card in self.screen.query(Card)
            if card.words.title == title and card.region.area
        ]

    async def presses(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def holds(self, key: str, *, seconds: tuple[float, float]) -> None:
        """Keep ``key`` down from one second to another, counted from when the clock stood at 0."""
        begins, ends = seconds
        for repeat in range(round((ends - begins) / BETWEEN_REPEATS)):
            event = events.Key(key, key)
            event.time = begins + repeat * BETWEEN_REPEATS
            self.terminal.post_message(event)
        await self.pilot.pause()

    def takes_a_breath(self) -> None:
        """The moment is over in which a touch counts as the second half of a double tap."""
        self.screen.settled = True

    async def goes_away(self, seconds: int) -> None:
        """Touch nothing for ``seconds``."""
        for _ in range(seconds):
            self.screen.tick()
            await self.pilot.pause()


def place_of(pad: NumberPad, label: str) -> Offset:
    """Where in ``pad`` the key that says ``label`` has its middle."""
    row, column = divmod(pad.labels.index(label), 3)
    (left, right), (top, bottom) = pad._lefts()[column:][:2], pad._tops()[row:][:2]
    return Offset((left + right - 1) // 2, (top + bottom - 1) // 2)


@asynccontextmanager
async def at_the_kiosk(
    live: LiveBranch | None = None,
    *answers: Receipt | Refused,
    away: int = 0,
    size: tuple[int, int] = (80, 24),
    language: str | None = None,
    settle_seconds: float = 0.0,
    locked: bool = False,
    printer: PrinterName | None = None,
) -> AsyncIterator[Customer]:
    """A kiosk in front of the branch ``live``; the commands are answered with ``answers``."""
    live = live or morning()
    operations = RecordingOperations(answers=list(answers), away=away)
    feed = StillFeed(live)
    kind = LockedTerminal if locked else Terminal
    terminal = kind(
        fake_context(feed=feed, operations=operations),
        lambda: WelcomeScreen(settle_seconds=settle_seconds, language=language, printer=printer),
    )
    async with terminal.run_test(size=size, notifications=True) as pilot:
        customer = Customer(pilot, terminal, operations, feed)
        await until(
            pilot,
            lambda: (
                isinstance(terminal.screen, WelcomeScreen)
                and len(terminal.screen.query_one("#services", CardGroup).cards) > 0
            ),
        )
        await pilot.pause()
        yield customer
