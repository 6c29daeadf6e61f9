"""Today in figures: what a desk shows of its own work, and a supervisor of each service.

Waits run from when they count to the call: from arrival, the slot of an appointment, the transfer,
or for who joined from afar, when they can be here.
All figures are computed from the live picture, so they cover its day and nothing older.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from math import ceil
from statistics import fmean, median

from queueapp.domain.accuracy import Accuracy, scores
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState
from queueapp.domain.words import CounterNumber, ServiceCode

HALF_HOUR = timedelta(minutes=30)
CALLS_FOR_A_TREND = 3
"""With fewer calls in either half hour, one odd wait would pass for a trend."""
STEADY_WITHIN = 0.1
"""A change of the mean wait by less than this share of the target is no trend."""


class Trend(StrEnum):
    """Where the waits for a service go."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterFigures:
    """What a counter did today."""

    served: int
    """Legs finished there."""
    median_service: timedelta | None
    """From start to finish, time on hold included; ``None`` before the first."""
    ratings: int
    mean_rating: float | None
    """1 to 5; ``None`` before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFigures:
    """How a service does today."""

    waiting: int
    longest_wait: timedelta | None
    """``None`` when nobody waits."""
    share_within_target: float | None
    """Of the legs called today, the share called within the target (0 to 1)."""
    trend: Trend | None
    """The mean wait of the last half hour's calls against the half hour before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfHour:
    """The waits of everybody called within one half hour."""

    starts: datetime
    """On the branch's clock, at a full or a half hour."""
    calls: int
    mean: timedelta | None
    """``None`` when nobody was called."""
    p80: timedelta | None
    """8 of 10 waited no longer (nearest rank)."""


def counter_figures(live: LiveBranch, counter: CounterNumber) -> CounterFigures:
    """What ``counter`` did today."""
    seconds = []
    given = []
    for ticket, leg in live.served:
        if leg.counter != counter:
            continue
        if leg.started_at is not None and leg.ended_at is not None:
            seconds.append((leg.ended_at - leg.started_at).total_seconds())
        rating = live.ratings.get((ticket.id, leg.ordinal))
        if rating is not None:
            given.append(rating.score)
    return CounterFigures(
        served=len(seconds),
        median_service=timedelta(seconds=median(seconds)) if seconds else None,
        ratings=len(given),
        mean_rating=fmean(given) if given else None,
    )


def service_figures(live: LiveBranch, service: ServiceCode, now: datetime) -> ServiceFigures:
    """How ``service`` does at ``now``; refused when the branch has no such service."""
    target = live.branch.service(service).target
    calls = live.waits.get(service, ())
    since = live.longest_wait(service)
    return ServiceFigures(
        waiting=len(live.waiting_for(service)),
        longest_wait=None if since is None else max(now - since, timedelta(0)),
        share_within_target=(
            sum(wait <= target for _, wait in calls) / len(calls) if calls else None
        ),
        trend=_trend(calls, target, now),
    )


def waits_by_half_hour(
    live: LiveBranch, service: ServiceCode | None = None
) -> tuple[HalfHour, ...]:
    """Today's waits by the half hour of the call, of ``service`` or of all, without gaps."""
    waits: dict[datetime, list[timedelta]] = {}
    of_services = live.waits.values() if service is None else [live.waits.get(service, ())]
    for called_at, wait in chain.from_iterable(of_services):
        starts = called_at - (called_at - live.began) % HALF_HOUR
        waits.setdefault(starts, []).append(wait)
    if not waits:
        return ()
    first, last = min(waits), max(waits)
    return tuple(
        _half_hour(live.branch.local(starts), sorted(waits.get(starts, ())))
        for starts in (first + n * HALF_HOUR for n in range((last - first) // HALF_HOUR + 1))
    )


def accuracy_of_today(live: LiveBranch) -> Accuracy:
    """The promises of the day that ``live`` shows, so far as they have come true or not."""
    return scores(
        (leg.promise, leg.called_at)
        for ticket in live.tickets.values()
        for leg in ticket.legs
        if leg.promise is not None
        and leg.called_at is not None
        and leg.state is not LegState.WITHDRAWN
        and ticket.day == live.day
    )


def _trend(
    calls: Sequence[tuple[datetime, timedelta]], target: timedelta, now: datetime
) -> Trend | None:
    lately = [wait for called_at, wait in calls if now - HALF_HOUR < called_at <= now]
    before = [
        wait for called_at, wait in calls if now - 2 * HALF_HOUR < called_at <= now - HALF_HOUR
    ]
    if min(len(lately), len(before)) < CALLS_FOR_A_TREND:
        return None
    change = _mean(lately) - _mean(before)
    if abs(change) < target * STEADY_WITHIN:
        return Trend.STEADY
    return Trend.RISING if change > timedelta(0) else Trend.FALLING


def _half_hour(starts: datetime, waits: list[timedelta]) -> HalfHour:
    """``waits`` in rising order."""
    if not waits:
        return HalfHour(starts=starts, calls=0, mean=None, p80=None)
    return HalfHour(
        starts=starts,
        calls=len(waits),
        mean=_mean(waits),
        p80=waits[ceil(0.8 * len(waits)) - 1],
    )


def _mean(waits: list[timedelta]) -> timedelta:
    return sum(waits, timedelta(0)) / len(waits)
