"""What the roster plans for today, and what of it has happened already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from queueapp.domain.branch import Branch, Counter
from queueapp.domain.hours import shifts_today
from queueapp.domain.live import LiveBranch

EARLY_BREAK = 45 * 60.0
"""Seconds: a pause that begins so long before a planned break may be that break."""
LATE_BREAK = 60 * 60.0
"""Seconds: one that begins so long after the break's planned end may still be it."""
UNSAID_EARLY = 10 * 60.0
"""Seconds: the same for a running pause of which nobody said how long."""
MOST_OF_IT = 0.5
"""A pause shorter than this share of the planned break is something else."""
FORGOTTEN = 30 * 60.0
"""Seconds after its planned end from which a break is not expected any more."""

Stretch = tuple[float, float]
"""From when until when, in seconds from the moment of the forecast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedShift:
    """One shift with its breaks, all as stretches."""

    begins: float
    ends: float
    breaks: tuple[Stretch, ...]


def planned_shifts(branch: Branch, counter: Counter, now: datetime) -> list[PlannedShift]:
    """Today's shifts of ``counter``, in order of time; over or still to come."""
    return [
        PlannedShift(
            begins=seconds_to(branch, shift.span.starts, now),
            ends=seconds_to(branch, shift.span.ends, now),
            breaks=tuple(
                (
                    seconds_to(branch, max(pause.starts, shift.span.starts), now),
                    seconds_to(branch, min(pause.ends, shift.span.ends), now),
                )
                for pause in sorted(shift.breaks, key=lambda span: span.starts)
                if pause.starts < shift.span.ends and pause.ends > shift.span.starts
            ),
        )
        for shift in shifts_today(branch, counter, now)
    ]


def breaks_to_come(shift: PlannedShift, taken: Sequence[Stretch]) -> list[Stretch]:
    """The breaks that were neither taken (by the pauses ``taken``) nor forgotten."""
    left = list(taken)
    to_come = []
    for planned in shift.breaks:
        same = next((pause for pause in left if is_that_break(pause, planned)), None)
        if same is not None:
            left.remove(same)
        elif planned[1] > -FORGOTTEN:
            to_come.append(planned)
    return to_come


def is_that_break(pause: Stretch, planned: Stretch) -> bool:
    """Whether a pause may be the ``planned`` break, by its time and its length."""
    is_near = planned[0] - EARLY_BREAK <= pause[0] <= planned[1] + LATE_BREAK
    return is_near and pause[1] - pause[0] >= MOST_OF_IT * (planned[1] - planned[0])


def running_break(
    to_come: Sequence[Stretch], began: float, announced_end: float | None
) -> Stretch | None:
    """Which of the breaks ``to_come`` a pause that is running since ``began`` is."""
    for planned in to_come:
        if announced_end is not None:
            if is_that_break((began, announced_end), planned):
                return planned
        elif planned[0] - UNSAID_EARLY <= began <= planned[1] + LATE_BREAK:
            return planned
    return None


def end_of_day(live: LiveBranch, now: datetime) -> datetime:
    """When the last planned shift ends, or the day where there is no roster; at least now.

    A day for which the roster plans nobody is over.
    """
    if not any(counter.roster for counter in live.branch.counters):
        return max(now, live.branch.moment(live.day + timedelta(days=1)))
    ends = [
        live.branch.moment(live.day, shift.span.ends)
        for counter in live.branch.counters
        for shift in shifts_today(live.branch, counter, now)
    ]
    return max([now, *ends])


def seconds_left_of_day(branch: Branch, now: datetime) -> float:
    """Until the tickets of today expire."""
    tomorrow = branch.day(now) + timedelta(days=1)
    return (branch.moment(tomorrow) - now).total_seconds()


def seconds_of_day(branch: Branch, now: datetime) -> float:
    """Since the local midnight before ``now``."""
    return (now - branch.moment(branch.day(now))).total_seconds()


def seconds_to(branch: Branch, clock: time, now: datetime) -> float:
    """Until the branch's clock shows ``clock`` on the day of ``now``; below zero: since then."""
    return (branch.moment(branch.day(now), clock) - now).total_seconds()
