"""The rest of the day: how many will come, how long they will wait, how many counters it takes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import numpy as np

from queueapp.domain.advice import Range
from queueapp.domain.figures import HALF_HOUR
from queueapp.domain.hours import shifts_today
from queueapp.domain.live import LiveBranch
from queueapp.domain.outlook import HalfHourAhead
from queueapp.forecast.advice.deliberation import Question
from queueapp.forecast.advice.prospect import Prospect, prospect_of
from queueapp.forecast.ahead import look_ahead
from queueapp.forecast.arrays import Flags, Numbers
from queueapp.forecast.planned_day import end_of_day

REPLICATES = 100
FEWEST = 0.5
"""Half hours in which fewer people are expected, in all replicates together, tell no wait."""


def rest_of_day(question: Question) -> tuple[HalfHourAhead, ...]:
    """Every half hour from the present one to the last in which somebody is expected."""
    live, now = question.live, question.now
    ends = end_of_day(live, now)
    ahead = look_ahead(
        live,
        now,
        knowledge=question.knowledge,
        until=ends,
        bookings=question.bookings,
        replicates=REPLICATES,
        seed=question.seed,
    )
    prospect = prospect_of(live, ahead, question.knowledge, now)
    starts = half_hours(live, now, ends)
    found = [_half_hour(live, prospect, begin, now, ends) for begin in starts]
    while found and found[-1] is None:
        found.pop()
    return tuple(
        half
        or HalfHourAhead(
            starts=begin,
            arrivals=Range(low=0.0, mean=0.0, high=0.0),
            waits=Range(low=0.0, mean=0.0, high=0.0),
            planned=counters_planned(live, begin),
        )
        for begin, half in zip(starts, found, strict=False)
    )


def half_hours(live: LiveBranch, now: datetime, ends: datetime) -> list[datetime]:
    """The half hours of the branch's clock from the one that runs to ``ends``; aware, local."""
    begun = now - (now - live.began) % HALF_HOUR
    count = max(0, -(-(ends - begun) // HALF_HOUR))
    return [live.branch.local(begun + number * HALF_HOUR) for number in range(count)]


def counters_planned(live: LiveBranch, starts: datetime) -> int:
    """How many counters the roster has open in the middle of a half hour."""
    moment = (starts + HALF_HOUR / 2).time()
    return sum(
        any(
            shift.span.holds(moment) and not any(pause.holds(moment) for pause in shift.breaks)
            for shift in shifts_today(live.branch, counter, starts)
        )
        for counter in live.branch.counters
    )


def _half_hour(
    live: LiveBranch, prospect: Prospect, starts: datetime, now: datetime, ends: datetime
) -> HalfHourAhead | None:
    chosen = come_in(prospect, starts, now)
    if chosen.sum() / prospect.replicates < FEWEST:
        return None
    counts = np.bincount(prospect.replicate[chosen], minlength=prospect.replicates)
    # Whoever is not called any more waits until the end.
    left = (ends - now).total_seconds() - prospect.comes[chosen]
    waits = np.minimum(prospect.wait[chosen], left)
    return HalfHourAhead(
        starts=starts,
        arrivals=_range(counts.astype(np.float64)),
        waits=_range(waits),
        planned=counters_planned(live, starts),
    )


def come_in(prospect: Prospect, starts: datetime, now: datetime) -> Flags:
    """The rows of those who come in the half hour from ``starts`` on."""
    begin = (starts - now).total_seconds()
    end = begin + HALF_HOUR.total_seconds()
    comes = prospect.comes
    return np.asarray((comes > 0) & (comes >= begin) & (comes < end))


def _range(values: Numbers) -> Range:
    low, high = np.quantile(values, (0.1, 0.9))
    return Range(low=float(low), mean=float(np.mean(values)), high=float(high))


def with_needs(
    halves: Iterable[HalfHourAhead], needed: Mapping[datetime, int]
) -> tuple[HalfHourAhead, ...]:
    """The half hours with how many counters each takes, as far as ``needed`` says it."""
    return tuple(replace(half, needed=needed.get(half.starts)) for half in halves)
