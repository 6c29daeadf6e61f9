"""What the rating terminal of a counter asks, and about which leg: a conversation without a screen.

One leg is asked about once, while it is fresh. A newer one takes its place, and an undo takes the
question back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from queueapp.domain.live import LegKey, LiveBranch
from queueapp.domain.rating import BAD_SCORE, CHANGEABLE_FOR, rateable_leg
from queueapp.domain.refusal import Refused
from queueapp.domain.ticket import Outcome, Ticket
from queueapp.domain.words import CounterNumber

FRESH_FOR = timedelta(seconds=60)
"""Whoever was finished longer ago has left the counter."""


class Page(Enum):
    """What the terminal shows."""

    IDLE = auto()
    FACES = auto()
    REASONS = auto()
    THANKS = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A leg that was finished at the counter."""

    ticket: Ticket
    ordinal: int
    ended_at: datetime

    @property
    def key(self) -> LegKey:
        """The leg."""
        return self.ticket.id, self.ordinal


def last_visit(live: LiveBranch, counter: CounterNumber) -> Visit | None:
    """What ``counter`` finished last, today."""
    served = live.last_served(counter)
    if served is None:
        return None
    ticket, leg = served
    if leg.ended_at is None:
        return None
    return Visit(ticket=ticket, ordinal=leg.ordinal, ended_at=leg.ended_at)


class Conversation:
    """Which page is on, and what was said so far."""

    def __init__(self, counter: CounterNumber) -> None:
        self._counter = counter
        self._asked_until: datetime | None = None
        self.page = Page.IDLE
        self.visit: Visit | None = None
        """What the page is about; kept on the idle page while the rating may be changed."""
        self.score: int | None = None
        self.rated_at: datetime | None = None
        """When the rating was first given."""

    def follow(self, live: LiveBranch, now: datetime) -> None:
        """Take the newest picture, or the same one a little later."""
        if self.visit is not None and not self._stands(self.visit, live, now):
            self._forget()
        visit = last_visit(live, self._counter)
        if visit is None or not self._is_new(visit):
            return
        self._asked_until = visit.ended_at
        if now - visit.ended_at <= FRESH_FOR and visit.key not in live.ratings:
            self._forget()
            self.visit, self.page = visit, Page.FACES

    def may_change(self, now: datetime) -> bool:
        """Whether the rating that was given can still be another one."""
        return self.rated_at is not None and now <= self.rated_at + CHANGEABLE_FOR

    def take(self, visit: Visit, score: int, at: datetime) -> None:
        """``score`` was accepted for ``visit``; a bad one is asked for its reason."""
        if visit is not self.visit:
            return  # somebody newer stands at the counter
        self.score, self.rated_at = score, self.rated_at or at
        self.page = Page.REASONS if score <= BAD_SCORE else Page.THANKS

    def thank(self, visit: Visit) -> None:
        """Nothing more is to be said about ``visit``."""
        if visit is self.visit:
            self.page = Page.THANKS

    def refuse(self, visit: Visit) -> None:
        """The rating of ``visit`` was refused."""
        if visit is self.visit:
            self.page, self.rated_at = Page.REFUSED, None

    def ask_again(self) -> None:
        """The customer wants to change the rating."""
        self.page = Page.FACES

    def rest(self) -> None:
        """Nobody answers, or everything was said: back to the idle page."""
        self.page = Page.IDLE
        if self.rated_at is None:
            self.visit = None

    def _is_new(self, visit: Visit) -> bool:
        return self._asked_until is None or visit.ended_at > self._asked_until

    def _stands(self, visit: Visit, live: LiveBranch, now: datetime) -> bool:
        """Whether there is still something to show about ``visit``."""
        if not _is_rateable(visit, live):
            return False
        over = self.rated_at is not None and not self.may_change(now)
        return not (over and self.page in {Page.FACES, Page.IDLE})

    def _forget(self) -> None:
        self.page, self.visit, self.score, self.rated_at = Page.IDLE, None, None, None


def _is_rateable(visit: Visit, live: LiveBranch) -> bool:
    """Whether a rating would still be bound to this very leg: no undo, no later leg served."""
    ticket = live.tickets.get(visit.ticket.id)
    if ticket is None:
        return False
    try:
        ordinal = rateable_leg(ticket)
    except Refused:
        return False
    return any(
        leg.ordinal == visit.ordinal == ordinal
        and leg.outcome is Outcome.SERVED
        and leg.ended_at == visit.ended_at
        for leg in ticket.legs
    )
