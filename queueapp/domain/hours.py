"""Opening hours of services and the roster of counters, in the branch's local time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from queueapp.domain.branch import Branch, BreakMove, Counter, Service, Shift, Span
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Reason, Refused

LOOKED_AHEAD = timedelta(days=31)
"""Nobody plans a visit by what opens later; Nowruz is shorter."""


def is_service_open(branch: Branch, service: Service, now: datetime) -> bool:
    """Whether ``service`` takes customers at ``now`` (aware)."""
    return service.is_open and is_within_hours(branch, service, now)


def is_within_hours(branch: Branch, service: Service, moment: datetime) -> bool:
    """Whether ``service`` is planned to take customers then, whoever closed it by hand today."""
    if branch.day_off(branch.day(moment)) is not None:
        return False
    if not service.opening:
        return True
    local = branch.local(moment)
    return any(
        hours.weekday == local.weekday() and hours.span.holds(local.time())
        for hours in service.opening
    )


def why_closed(branch: Branch, service: Service, now: datetime) -> Refused:
    """What somebody is told who wants a ticket for ``service`` while it is closed."""
    rest = branch.day_off(branch.day(now))
    if service.is_open and rest is not None and rest.holiday is not None:
        return Refused(Reason.SERVICE_RESTS, service=service.name, holiday=rest.holiday)
    return Refused(Reason.SERVICE_CLOSED, service=service.name)


def shifts_today(branch: Branch, counter: Counter, now: datetime) -> tuple[Shift, ...]:
    """What the roster plans for ``counter`` on the day of ``now``, in order of time."""
    return shifts_on(branch, counter, branch.day(now))


def shifts_on(branch: Branch, counter: Counter, day: date) -> tuple[Shift, ...]:
    """What the roster plans for ``counter`` on ``day``, in order of time; nothing on a day off.

    Breaks that a supervisor has moved stand where they were moved to.
    """
    if branch.day_off(day) is not None:
        return ()
    moved = {
        move.planned: move.starts
        for move in branch.break_moves
        if move.day == day and move.counter == counter.number
    }
    return tuple(
        sorted(
            (
                _with_moved_breaks(shift, moved) if moved else shift
                for shift in counter.roster
                if shift.weekday == day.weekday()
            ),
            key=lambda shift: shift.span.starts,
        )
    )


def next_opening(branch: Branch, service: Service, now: datetime) -> datetime | None:
    """When ``service`` takes customers next, after ``now``; aware, UTC.

    By its hours, or without any by the roster of the counters that serve it. ``None``: a supervisor
    closed it, or nothing says when it opens.
    """
    if not service.is_open:
        return None
    today = branch.day(now)
    for ahead in range(LOOKED_AHEAD.days):
        day = today + timedelta(days=ahead)
        for starts in sorted(_starts_on(branch, service, day)):
            opens = branch.moment(day, starts)
            if opens > now:
                return opens
    return None


def opens_later(live: LiveBranch, service: Service, now: datetime) -> datetime | None:
    """When somebody will serve ``service``, where nobody does at this hour; ``None`` otherwise.

    A service with hours is closed outside of them. One without takes customers at any hour, but
    before the roster's first shift and after its last nobody serves them unless a desk is open.
    """
    branch = live.branch
    if not is_service_open(branch, service, now):
        return next_opening(branch, service, now)
    serving = branch.counters_serving(service.code)
    if service.opening or not serving or not all(counter.roster for counter in serving):
        return None
    moment = branch.local(now).time()
    for counter in serving:
        if live.desk(counter.number).state is not DeskState.CLOSED:
            return None
        if any(shift.span.holds(moment) for shift in shifts_today(branch, counter, now)):
            return None
    return next_opening(branch, service, now)


def _starts_on(branch: Branch, service: Service, day: date) -> Iterator[time]:
    """When ``service`` begins to take customers on ``day``, each time that it does."""
    if branch.day_off(day) is not None:
        return
    for hours in service.opening:
        if hours.weekday == day.weekday():
            yield hours.span.starts
    if not service.opening:
        for counter in branch.counters_serving(service.code):
            for shift in shifts_on(branch, counter, day):
                yield shift.span.starts


def moved_break(pause: Span, starts: time) -> Span:
    """A break as long as ``pause`` from ``starts`` on; it ends with the day at the latest."""
    lasts = _on_any_day(pause.ends) - _on_any_day(pause.starts)
    ends = min(_on_any_day(starts) + lasts, _on_any_day(time.max))
    return Span(starts=starts, ends=ends.time())


def is_planned_break(branch: Branch, move: BreakMove) -> bool:
    """Whether the roster has the break that ``move`` is about, on its day."""
    return any(
        pause.starts == move.planned
        for shift in branch.counter(move.counter).roster
        if shift.weekday == move.day.weekday()
        for pause in shift.breaks
    )


def may_move_break(branch: Branch, move: BreakMove, now: datetime) -> bool:
    """Whether a planned break may be moved so: after ``now``, in its shift, beside the others."""
    if branch.moment(move.day, move.starts) < now:
        return False
    counter = branch.counter(move.counter)
    moved = shifts_on(branch.with_break_move(move), counter, move.day)
    for shift in moved:
        for pause, after in pairwise(shift.breaks):
            if after.starts < pause.ends:
                return False
        for pause in shift.breaks:
            if pause.starts == move.starts and not (
                shift.span.starts < pause.starts and pause.ends < shift.span.ends
            ):
                return False
    return True


def _with_moved_breaks(shift: Shift, moved: dict[time, time]) -> Shift:
    breaks = (
        moved_break(pause, moved[pause.starts]) if pause.starts in moved else pause
        for pause in shift.breaks
    )
    return replace(shift, breaks=tuple(sorted(breaks, key=lambda pause: pause.starts)))


def _on_any_day(moment: time) -> datetime:
    return datetime.combine(date.min, moment)
