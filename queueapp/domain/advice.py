"""What a supervisor could do to shorten the queue, and what that would bring.

An :class:`Action` is a plain value; :func:`after` is the picture of the branch in which it was
done, so that a forecast of that picture tells its effect.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from queueapp.domain.branch import BreakMove, Counter
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.staff import Role
from queueapp.domain.words import CounterNumber, ServiceCode, StaffCode


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
    """Give no further tickets for a service to people who are not in the branch."""

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


def after(live: LiveBranch, action: Action, now: datetime) -> LiveBranch:
    """The picture in which ``action`` was just done, as far as it shows in a picture.

    Of a :class:`PauseRemote` nothing does: fewer people will come. Refused when the branch has no
    such counter.
    """
    match action:
        case OpenCounter(counter=number):
            desk = Desk(counter=number, state=DeskState.OPEN, staff=_nobody(live), since=now)
            return _with_desk(live, desk)
        case EndPause(counter=number):
            desk = live.desk(number)
            back = replace(desk, state=DeskState.OPEN, since=now, reason="", expected_end=None)
            return _with_desk(live, back)
        case ChangeServices(counter=number, services=services):
            changed = replace(live.branch.counter(number), services=services)
            return replace(live, branch=live.branch.with_counter(changed))
        case MoveBreak(counter=number, planned=planned, starts=starts):
            move = BreakMove(day=live.day, counter=number, planned=planned, starts=starts)
            return replace(live, branch=live.branch.with_break_move(move))
        case PauseRemote():
            return live


def spare_clerks(live: LiveBranch) -> tuple[StaffCode, ...]:
    """Clerks who are at no desk."""
    at_desks = {desk.staff for desk in live.desks.values()}
    return tuple(
        person.code
        for person in live.staff.values()
        if person.role is Role.CLERK and person.code not in at_desks
    )


def gained(before: Counter, services: Iterable[ServiceCode]) -> tuple[ServiceCode, ...]:
    """What a counter that serves ``services`` serves more than ``before``."""
    return tuple(code for code in services if code not in before.services)


def given_up(before: Counter, services: Iterable[ServiceCode]) -> tuple[ServiceCode, ...]:
    """What it does not serve any more."""
    kept = set(services)
    return tuple(code for code in before.services if code not in kept)


def _with_desk(live: LiveBranch, desk: Desk) -> LiveBranch:
    return replace(live, desks={**live.desks, desk.counter: desk})


def _nobody(live: LiveBranch) -> StaffCode | None:
    spare = spare_clerks(live)
    return spare[0] if spare else None
