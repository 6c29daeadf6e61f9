"""When each counter can call: desks that are open, pauses that end, and the roster."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np

from queueapp.domain.branch import Branch, Counter, Shift
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.hours import shifts_today
from queueapp.domain.live import LiveBranch
from queueapp.forecast.arrays import Numbers, Places, Seconds
from queueapp.forecast.durations import overdue
from queueapp.forecast.luck import counter_chances
from queueapp.forecast.normal import normal_scores

LATE_BY = 120.0
"""Seconds: nobody opens before the plan says so, most a little later (half-normal)."""
LATENESS_FORGIVEN = 15 * 60.0
"""Seconds: who has not come by then is not expected before the plan's next opening."""
PAUSE_SPREAD = 0.2
"""Standard deviation of a pause's end, as a share of what is left of the pause."""
SHORTEST_PAUSE_SPREAD = 60.0
"""Seconds."""
UNSAID_PAUSE = 600.0
"""Seconds that a pause is expected to go on when nobody said how long."""

Stretch = tuple[float, float]
"""From when until when a counter is planned to call, in seconds from the forecast's moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """When each counter can call, in every replicate."""

    begins: Seconds
    """Shape (replicates, counters, stretches); ``inf`` for a stretch that there is not."""
    ends: Seconds
    """Shape (counters, stretches)."""

    def next_call(self, replicates: Places, counters: Places, free_at: Seconds) -> Seconds:
        """The first moment from ``free_at`` on when each counter can call; ``inf``: not today."""
        moments = np.maximum(self.begins[replicates, counters], free_at[:, np.newaxis])
        moments = np.where(moments < self.ends[counters], moments, np.inf)
        return np.asarray(moments.min(axis=1))


def presence_of(live: LiveBranch, now: datetime, *, replicates: int, seed: int) -> Presence:
    """When the counters of ``live`` can call, from ``now`` to the end of the day."""
    branch = live.branch
    last = _seconds_left_of_day(branch, now)
    plans = [
        _expected_stretches(live.desk(counter.number), _planned(branch, counter, now), now, last)
        for counter in branch.counters
    ]
    most = max((len(plan) for plan in plans), default=0) or 1
    begins = np.full((replicates, len(plans), most), np.inf)
    ends = np.full((len(plans), most), -np.inf)
    for place, (counter, plan) in enumerate(zip(branch.counters, plans, strict=True)):
        if not plan:
            continue
        chances = counter_chances(seed, counter.number, (replicates, len(plan) + 1))
        back = _back_at(live.desk(counter.number), now, chances[:, 0])
        for index, (begin, end) in enumerate(plan):
            late = _lateness(begin, chances[:, index + 1])
            begins[:, place, index] = np.maximum(begin + late, back)
            ends[place, index] = end
    return Presence(begins=begins, ends=ends)


def _expected_stretches(
    desk: Desk, planned: list[Stretch], now: datetime, last: float
) -> list[Stretch]:
    """The stretches in which this desk is to be reckoned with.

    A desk that is open (or only paused) goes on until the plan next ends or breaks its duty, or
    for the whole day when the plan says nothing more. A closed one opens when the plan says so.
    """
    ahead = [stretch for stretch in planned if stretch[1] > 0]
    if desk.state is not DeskState.CLOSED:
        until = ahead[0][1] if ahead else last
        return [(-np.inf, until), *ahead[1:]]
    return [
        stretch for stretch in ahead if stretch[0] > 0 or _may_still_come(desk, stretch[0], now)
    ]


def _may_still_come(desk: Desk, began: float, now: datetime) -> bool:
    """Whether the clerk of a closed desk is merely late, and did not sign off on duty."""
    if desk.since is not None and (desk.since - now).total_seconds() >= began:
        return False
    return -began <= LATENESS_FORGIVEN


def _lateness(begin: float, chances: Numbers) -> Seconds:
    """How long after ``begin`` the desk opens; ``begin`` may have passed without it."""
    if begin == -np.inf:
        return np.zeros_like(chances)
    if begin <= 0:
        return -begin + overdue(np.full_like(chances, -begin), chances)
    return np.abs(normal_scores(chances)) * LATE_BY


def _back_at(desk: Desk, now: datetime, chances: Numbers) -> Seconds:
    """When a pause ends, in seconds from now; 0 for a desk that is not paused."""
    if desk.state is not DeskState.PAUSED:
        return np.zeros_like(chances)
    if desk.expected_end is None:
        return np.asarray(-UNSAID_PAUSE * np.log1p(-chances))
    left = (desk.expected_end - now).total_seconds()
    if left <= 0:
        return overdue(np.full_like(chances, -left), chances)
    spread = max(left * PAUSE_SPREAD, SHORTEST_PAUSE_SPREAD)
    return np.maximum(left + normal_scores(chances) * spread, 0.0)


def _planned(branch: Branch, counter: Counter, now: datetime) -> list[Stretch]:
    """Today's shifts without their breaks, in order of time."""
    return [
        stretch
        for shift in shifts_today(branch, counter, now)
        for stretch in _parts(branch, shift, now)
    ]


def _parts(branch: Branch, shift: Shift, now: datetime) -> list[Stretch]:
    parts = []
    begin = shift.span.starts
    for pause in sorted(shift.breaks, key=lambda span: span.starts):
        if begin < pause.starts:
            parts.append((begin, min(pause.starts, shift.span.ends)))
        begin = max(begin, pause.ends)
    if begin < shift.span.ends:
        parts.append((begin, shift.span.ends))
    return [(_seconds_to(branch, a, now), _seconds_to(branch, b, now)) for a, b in parts]


def _seconds_to(branch: Branch, moment: time, now: datetime) -> float:
    there = datetime.combine(branch.day(now), moment, tzinfo=branch.zone)
    return (there.astimezone(UTC) - now).total_seconds()


def _seconds_left_of_day(branch: Branch, now: datetime) -> float:
    """Until the tickets of today expire."""
    tomorrow = branch.day(now) + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), tzinfo=branch.zone)
    return (midnight.astimezone(UTC) - now).total_seconds()
