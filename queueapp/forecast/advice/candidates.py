"""Which actions are worth trying out: those that could help a service that is in trouble."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, time, timedelta

from queueapp.domain.advice import (
    Action,
    ChangeServices,
    EndPause,
    MoveBreak,
    OpenCounter,
    PauseRemote,
)
from queueapp.domain.branch import BreakMove, Counter, Span
from queueapp.domain.desk import SENT_FOR, DeskState
from queueapp.domain.hours import may_move_break, shifts_today
from queueapp.domain.live import LiveBranch
from queueapp.domain.remote import remote_share
from queueapp.domain.what_if import may_pause_remote, spare_clerks
from queueapp.domain.words import ServiceCode

OPEN_FOR = timedelta(hours=1)
"""How long a clerk who is fetched stays."""
SOON_OPEN = timedelta(minutes=10)
"""Nobody is sent to a counter whose shift began or will begin within so long."""
SHORTEST_REST = timedelta(minutes=3)
"""A pause that is over so soon is left alone."""
BREAK_STEPS = (-60, -40, -20, 20, 40, 60)
"""Minutes by which a break is tried at another time."""
FROM_NOW = timedelta(minutes=5)
"""Nobody is sent on a break at once."""
AT_MOST = 60
"""So many candidates; a large branch in deep trouble has more than anybody could weigh."""


def candidates(
    live: LiveBranch, now: datetime, troubled: Collection[ServiceCode], until: datetime
) -> list[Action]:
    """The actions to try at ``now`` for the services ``troubled``, breaks up to ``until``."""
    found: list[Action] = []
    for kind in (
        _pauses_to_end(live, now, troubled),
        _breaks_to_move(live, now, until),
        _counters_to_open(live, now, troubled),
        _remote_to_pause(live, now, troubled),
        _services_to_change(live, troubled),
    ):
        found.extend(kind)
    return found[:AT_MOST]


def _pauses_to_end(
    live: LiveBranch, now: datetime, troubled: Collection[ServiceCode]
) -> Iterator[Action]:
    for counter in live.branch.counters:
        desk = live.desk(counter.number)
        if desk.state is not DeskState.PAUSED or not _serves_any(counter, troubled):
            continue
        if desk.reason == SENT_FOR:
            continue
        if desk.expected_end is not None and desk.expected_end - now > SHORTEST_REST:
            yield EndPause(counter=counter.number)


def _counters_to_open(
    live: LiveBranch, now: datetime, troubled: Collection[ServiceCode]
) -> Iterator[Action]:
    troubled = [code for code in troubled if _is_served_now(live, code, now)]
    if not spare_clerks(live):
        return
    for counter in live.branch.counters:
        if live.desk(counter.number).state is not DeskState.CLOSED:
            continue
        if _serves_any(counter, troubled) and not _opens_soon(live, counter, now):
            yield OpenCounter(counter=counter.number, lasts=OPEN_FOR)


def _is_served_now(live: LiveBranch, service: ServiceCode, now: datetime) -> bool:
    """Whether somebody waits for it, works for it, or is planned to at this hour.

    Where none of that is so the branch is closed; who comes before it opens waits for that.
    """
    moment = live.branch.local(now).time()
    return bool(live.waiting_for(service)) or any(
        live.desk(counter.number).state is not DeskState.CLOSED
        or any(shift.span.holds(moment) for shift in shifts_today(live.branch, counter, now))
        for counter in live.branch.counters_serving(service)
    )


def _opens_soon(live: LiveBranch, counter: Counter, now: datetime) -> bool:
    """Whether its own clerk is about to come, or only a little late."""
    return any(
        abs(_today(live, shift.span.starts) - now) < SOON_OPEN
        for shift in shifts_today(live.branch, counter, now)
    )


def _breaks_to_move(live: LiveBranch, now: datetime, until: datetime) -> Iterator[Action]:
    branch = live.branch
    for counter in branch.counters:
        if live.desk(counter.number).state is not DeskState.OPEN:
            continue
        moved = {
            move.starts: move.planned
            for move in branch.break_moves
            if move.counter == counter.number and move.day == live.day
        }
        for shift in shifts_today(branch, counter, now):
            for pause in shift.breaks:
                if not now < _today(live, pause.starts) < until:
                    continue
                planned = moved.get(pause.starts, pause.starts)
                yield from _other_times(live, counter, pause, planned, now)


def _other_times(
    live: LiveBranch, counter: Counter, pause: Span, planned: time, now: datetime
) -> Iterator[Action]:
    """When the break could start instead."""
    for minutes in BREAK_STEPS:
        begins = _today(live, pause.starts) + timedelta(minutes=minutes)
        if begins < now + FROM_NOW or live.branch.day(begins) != live.day:
            continue
        starts = live.branch.local(begins).time()
        move = BreakMove(day=live.day, counter=counter.number, planned=planned, starts=starts)
        if may_move_break(live.branch, move, now):
            yield MoveBreak(counter=counter.number, planned=planned, starts=starts)


def _remote_to_pause(
    live: LiveBranch, now: datetime, troubled: Collection[ServiceCode]
) -> Iterator[Action]:
    """Only where people do take tickets from outside."""
    for service in troubled:
        if may_pause_remote(live.branch, service, now) and remote_share(live, service, now) > 0:
            yield PauseRemote(service=service)


def _services_to_change(live: LiveBranch, troubled: Collection[ServiceCode]) -> Iterator[Action]:
    """Let a counter serve a troubled service too, or nothing else."""
    for service in troubled:
        for counter in _working(live):
            for services in _other_services(live, counter, service):
                yield ChangeServices(counter=counter.number, services=services)


def _other_services(
    live: LiveBranch, counter: Counter, service: ServiceCode
) -> Iterator[tuple[ServiceCode, ...]]:
    has = counter.services
    if service not in has:
        yield (*has, service)
    others = [code for code in has if code != service]
    if others and all(_is_served_elsewhere(live, counter, code) for code in others):
        yield (service,)
    if service in has and len(others) > 1:
        for code in others:
            if _is_served_elsewhere(live, counter, code):
                yield tuple(kept for kept in has if kept != code)


def _is_served_elsewhere(live: LiveBranch, counter: Counter, service: ServiceCode) -> bool:
    return any(
        other.number != counter.number and service in other.services for other in _working(live)
    )


def _working(live: LiveBranch) -> list[Counter]:
    return [
        counter
        for counter in live.branch.counters
        if live.desk(counter.number).state is DeskState.OPEN
    ]


def _serves_any(counter: Counter, services: Iterable[ServiceCode]) -> bool:
    return any(code in counter.services for code in services)


def _today(live: LiveBranch, moment: time) -> datetime:
    return live.branch.moment(live.day, moment)
