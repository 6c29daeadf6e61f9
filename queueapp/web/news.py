"""What a change means for those who follow a ticket: worked out for whom it can concern only.

A thousand phones follow, and most commands concern one ticket and the line that it stands in. Of
those only the places are looked at, and words are made where they differ from what was said last.
"""

import asyncio
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.words import TicketId
from queueapp.language import Language
from queueapp.web.ticket_state import Places, TicketState, ticket_state
from queueapp.web.ticket_words import ticket_words


class Follower:
    """Somebody who is sent what is new; whoever is slow gets the latest and nothing between.

    Used on the event loop, but for ``known``, which is the feed's.
    """

    def __init__(self, ticket: TicketId, language: Language) -> None:
        self.ticket = ticket
        self.language = language
        self.known: TicketState | None = None
        """What was said last; ``None``: say it anew."""
        self.is_over = False
        self._news: bytes | None = None
        self._has_news = asyncio.Event()

    def tell(self, news: bytes) -> None:
        """Keep ``news`` for the next look."""
        self._news = news
        self._has_news.set()

    def end(self) -> None:
        """There is nothing more to come."""
        self.is_over = True
        self._has_news.set()

    async def next(self, patience: float) -> bytes | None:
        """What is new; ``None`` when there was nothing within ``patience`` seconds."""
        try:
            async with asyncio.timeout(patience):
                await self._has_news.wait()
        except TimeoutError:
            return None
        self._has_news.clear()
        news, self._news = self._news, None
        return news


class Followers:
    """Everybody who follows, by ticket. Changed on the event loop; the feed's thread only looks."""

    def __init__(self) -> None:
        self._of: dict[TicketId, tuple[Follower, ...]] = {}
        self.count = 0

    def add(self, follower: Follower) -> None:
        """One more."""
        self._of[follower.ticket] = (*self.of(follower.ticket), follower)
        self.count += 1

    def remove(self, follower: Follower) -> None:
        """One less; nothing when it has gone already."""
        known = self.of(follower.ticket)
        left = tuple(each for each in known if each is not follower)
        self.count -= len(known) - len(left)
        if left:
            self._of[follower.ticket] = left
        else:
            self._of.pop(follower.ticket, None)

    def of(self, ticket: TicketId) -> tuple[Follower, ...]:
        """Who follows ``ticket``."""
        return self._of.get(ticket, ())

    def every(self) -> list[Follower]:
        """Everybody, as of now."""
        return [follower for followers in list(self._of.values()) for follower in followers]


@dataclass(frozen=True, slots=True)
class Concerned:
    """The tickets that a change concerns."""

    changed: Collection[TicketId]
    """They, their ratings, or where they are."""
    in_line: Collection[TicketId]
    """Those whose line moved: perhaps they have another place."""


def concerned(before: LiveBranch | None, live: LiveBranch) -> Concerned | None:
    """Whom what happened since ``before`` can concern; ``None``: everybody."""
    if (
        before is None
        or before.branch is not live.branch
        or before.estimates is not live.estimates
        or before.day != live.day
    ):
        return None
    moved = {
        ticket for ticket, now in live.tickets.items() if before.tickets.get(ticket) is not now
    }
    rated = {key[0] for key, now in live.ratings.items() if before.ratings.get(key) is not now}
    lines = {
        found.leg.service
        for ticket in moved
        for found in (before.tickets.get(ticket), live.tickets.get(ticket))
        if found is not None and found.leg.state is LegState.WAITING
    }
    return Concerned(
        changed=moved | rated,
        in_line={ticket.id for line in lines for ticket in live.waiting_for(line)},
    )


class News:
    """What is new in one picture, at one moment."""

    def __init__(self, live: LiveBranch, now: datetime) -> None:
        self._live = live
        self._now = now
        self._places = Places(live, now)
        self._states: dict[TicketId, TicketState] = {}
        self._written: dict[tuple[TicketId, str], bytes] = {}

    def of(self, followers: Followers, whom: Concerned | None) -> list[tuple[Follower, bytes]]:
        """What is new for whom, among those whom it can concern."""
        if whom is None:
            return self.for_each(followers.every())
        tickets = set(whom.changed)
        tickets.update(each for each in whom.in_line if self._has_another_place(followers, each))
        return self.for_each([each for ticket in tickets for each in followers.of(ticket)])

    def for_each(self, followers: Iterable[Follower]) -> list[tuple[Follower, bytes]]:
        """What differs from what each was told last."""
        news = []
        for follower in followers:
            ticket = self._live.tickets.get(follower.ticket)
            if ticket is None:
                continue
            state = self._state(ticket)
            if state != follower.known:
                follower.known = state
                news.append((follower, self._message(ticket, state, follower.language)))
        return news

    def _has_another_place(self, followers: Followers, ticket: TicketId) -> bool:
        return any(
            follower.known is None
            or (follower.known.place, follower.known.is_last)
            != self._places.of(self._live.tickets[ticket])
            for follower in followers.of(ticket)
        )

    def _state(self, ticket: Ticket) -> TicketState:
        state = self._states.get(ticket.id)
        if state is None:
            state = ticket_state(self._live, ticket, self._now, self._places)
            self._states[ticket.id] = state
        return state

    def _message(self, ticket: Ticket, state: TicketState, language: Language) -> bytes:
        """Made once for each language, however many follow."""
        key = ticket.id, language.code
        if key not in self._written:
            words = ticket_words(state, self._live.branch, language, self._now)
            self._written[key] = message(words.facts())
        return self._written[key]


def message(facts: object) -> bytes:
    """One server-sent event."""
    return b"data: " + json.dumps(facts, ensure_ascii=False).encode() + b"\n\n"
