"""Who is called where, and which of the calls are news to a board, to the eye or to the ear."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from queueapp.domain.live import LegKey, LiveBranch
from queueapp.domain.ticket import Leg, LegState, Ticket
from queueapp.domain.words import CounterNumber

NEWS_FOR = timedelta(seconds=15)
"""A call that a board learns of later is news only while nobody has come."""


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


class CallNews:
    """Tells the calls that were not known before, each once."""

    def __init__(self) -> None:
        self._known: set[Hashable] | None = None

    def of(self, calls: tuple[Call, ...], now: datetime) -> list[Call]:
        """What is new in ``calls`` (the latest first) at ``now``, the oldest first."""
        known, self._known = self._known, {call.key for call in calls}
        if known is None:
            return []  # what was called before the board was switched on is not news
        return [call for call in reversed(calls) if call.key not in known and _is_news(call, now)]


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


def _is_news(call: Call, now: datetime) -> bool:
    if _went_on(call):
        return False
    return call.leg.state is LegState.CALLED or now - call.called_at < NEWS_FOR


def _went_on(call: Call) -> bool:
    """Whether the customer stood at the counter already and only went on with another service."""
    return any(
        leg.counter == call.counter and leg.ended_at == call.called_at for leg in call.ticket.legs
    )
