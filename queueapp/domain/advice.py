"""What a supervisor could do to shorten the queue, and what that would bring.

An :class:`Action` is a plain value; :mod:`queueapp.domain.what_if` has the picture of the branch
in which it was done, and a forecast of that picture tells its effect.
"""

from dataclasses import dataclass
from datetime import time, timedelta

from queueapp.domain.words import CounterNumber, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounter:
    """Send a clerk who is not at a desk to a closed counter, for a while."""

    counter: CounterNumber
    lasts: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPause:
    """Call a clerk back before the announced end of a pause."""

    counter: CounterNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeServices:
    """Let a counter serve other services than now, best first."""

    counter: CounterNumber
    services: tuple[ServiceCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBreak:
    """Send a clerk on today's planned break at another time."""

    counter: CounterNumber
    planned: time
    """When the roster says that it starts, on the branch's clock."""
    starts: time


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRemote:
    """Give tickets for a service in the hall only, for the rest of the day."""

    service: ServiceCode


Action = OpenCounter | EndPause | ChangeServices | MoveBreak | PauseRemote


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What a simulation found: in 1 of 10 cases less than ``low``, in 9 less than ``high``."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """An action with its effect over the time that was looked ahead, and its cost."""

    action: Action
    spared: Range
    """People who are called within their target, and would not be without it."""
    shorter: float
    """Seconds by which the mean wait falls."""
    cost: timedelta
    """Time of staff that it takes; 0: nobody works longer for it."""
    people: float
    """How many people the effect is about: who waits, and who is expected."""
    turned_away: float = 0.0
    """How many of them would have taken a ticket from outside and are sent to the hall."""
