"""Whose call stands in the big place of the hall board, and for how long it stands out."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from queueapp.domain.live import LegKey, LiveBranch
from queueapp.domain.ticket import Leg, LegState, Ticket
from queueapp.domain.words import CounterNumber

STANDS_OUT_FOR = 8.0
"""Seconds."""
SHOWN_FOR = 3.0
"""Seconds that a call has the big place before the next one takes it."""
NEWS_FOR = timedelta(seconds=15)
"""A call that this board learns of later is news only while nobody has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One ticket called to one counter, and not finished there."""

    ticket: Ticket
    leg: Leg
    counter: CounterNumber
    called_at: datetime

    @property
    def of(self) -> LegKey:
        """The leg that was called."""
        return self.ticket.id, self.leg.ordinal

    @property
    def key(self) -> Hashable:
        """Another one for each time it is called out, a recall too."""
        return *self.of, self.called_at, self.leg.recalls


def calls_in_hand(live: LiveBranch) -> tuple[Call, ...]:
    """Who is called where, the latest call first."""
    calls = (_call_at(live, counter.number) for counter in live.branch.counters)
    return tuple(
        sorted(
            (call for call in calls if call is not None),
            key=lambda call: (call.called_at, call.ticket.id),
            reverse=True,
        )
    )


def _call_at(live: LiveBranch, counter: CounterNumber) -> Call | None:
    ticket = live.in_hand(counter)
    if ticket is None or ticket.leg.called_at is None:
        return None
    return Call(ticket=ticket, leg=ticket.leg, counter=counter, called_at=ticket.leg.called_at)


class Stage:
    """Gives every call its seconds in the big place, the newest one at last.

    ``at`` is in seconds of a clock that never jumps: people read at their own pace, whatever the
    branch's clock does.
    """

    def __init__(self) -> None:
        self._known: set[Hashable] | None = None
        self._queue: list[Call] = []
        self._current: Call | None = None
        self._since: float | None = None

    @property
    def current(self) -> Call | None:
        """The call in the big place; ``None``: nobody is called anywhere."""
        return self._current

    def stands_out(self, at: float) -> bool:
        """Whether the call in the big place is still news."""
        return self._since is not None and at - self._since < STANDS_OUT_FOR

    def follow(self, calls: tuple[Call, ...], now: datetime, at: float) -> None:
        """Take the calls of the newest picture, the latest first."""
        self._queue.extend(self._news(calls, now))
        self._drop_what_is_over(calls)
        if self._queue and self._is_free(at):
            self._current, self._since = self._queue.pop(0), at
        elif self._current is None and calls:
            self._current, self._since = calls[0], None

    def _news(self, calls: tuple[Call, ...], now: datetime) -> list[Call]:
        known, self._known = self._known, {call.key for call in calls}
        if known is None:
            return []  # what was called before the board was switched on is not news
        return [call for call in reversed(calls) if call.key not in known and _is_news(call, now)]

    def _drop_what_is_over(self, calls: tuple[Call, ...]) -> None:
        present = {call.key for call in calls}
        self._queue = [call for call in self._queue if call.key in present]
        current = self._current
        if current is not None and current.of not in {call.of for call in calls}:
            self._current, self._since = None, None

    def _is_free(self, at: float) -> bool:
        if self._current is None or self._since is None:
            return True
        again = self._queue[0].of == self._current.of
        return again or at - self._since >= SHOWN_FOR


def _is_news(call: Call, now: datetime) -> bool:
    if _went_on(call):
        return False
    return call.leg.state is LegState.CALLED or now - call.called_at < NEWS_FOR


def _went_on(call: Call) -> bool:
    """Whether the customer stood at the counter already and only went on with another service."""
    return any(
        leg.counter == call.counter and leg.ended_at == call.called_at for leg in call.ticket.legs
    )
