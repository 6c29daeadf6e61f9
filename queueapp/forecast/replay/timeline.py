"""The events of a log in the order in which they became known."""

import heapq
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum

from queueapp.forecast.replay.log import Log

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


class Kind(IntEnum):
    """What happened; at one instant, in this order."""

    END = 0
    DESK = 1
    BOOKED = 2
    ARRIVAL = 3
    LOOK = 4
    """Somebody who is waiting looks at the estimate again."""
    CALL = 5
    START = 6
    END_AT_ONCE = 7
    """The end of what began at the same instant."""


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One event; ``place`` is that of its row in the log."""

    at: datetime
    kind: Kind
    place: int


@dataclass(slots=True)
class Timeline:
    """A heap of events to come."""

    _events: list[Event] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """One more event, not before the last that was taken."""
        heapq.heappush(self._events, event)

    def take(self) -> Event | None:
        """The next event; ``None`` at the end."""
        return heapq.heappop(self._events) if self._events else None

    def __len__(self) -> int:
        return len(self._events)


def timeline_of(log: Log) -> Timeline:
    """All that ``log`` tells."""
    events = []
    for place, visit in enumerate(log.visits):
        events.append(Event(visit.arrived_at, Kind.ARRIVAL, place))
        if visit.called_at is not None:
            events.append(Event(visit.called_at, Kind.CALL, place))
        if visit.started_at is not None and visit.started_at != visit.called_at:
            events.append(Event(visit.started_at, Kind.START, place))
        if visit.ended_at is not None:
            began = visit.called_at or visit.arrived_at
            kind = Kind.END_AT_ONCE if visit.ended_at == began else Kind.END
            events.append(Event(visit.ended_at, kind, place))
    for place, change in enumerate(log.desks or ()):
        events.append(Event(change.at, Kind.DESK, place))
    for place, slot in enumerate(log.bookings):
        events.append(Event(slot.booked_at or _LONG_AGO, Kind.BOOKED, place))
    heapq.heapify(events)
    return Timeline(events)
