"""What a played day was like, for customers and for clerks; and many of them together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from statistics import fmean
from typing import Any

from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Leg, Outcome
from queueapp.domain.words import CategoryCode, ServiceCode
from queueapp.simulator.day_clerk import ClerkDay

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One wait: until the call, or until somebody left without one."""

    service: ServiceCode
    category: CategoryCode
    lasted: timedelta
    target: timedelta
    was_called: bool

    @property
    def was_past_target(self) -> bool:
        """Whether it was longer than the branch promises."""
        return self.lasted > self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """One day."""

    day: date
    waits: tuple[Wait, ...]
    clerks: tuple[ClerkDay, ...]
    served: int
    no_shows: int
    turned_away: int
    steered: int = 0
    """How often the supervisor changed something."""


def figures_of(
    live: LiveBranch, clerks: Sequence[ClerkDay], *, turned_away: int, steered: int
) -> DayFigures:
    """The day that ``live`` shows at its end."""
    legs = [
        leg for ticket in live.tickets.values() for leg in ticket.legs if ticket.day == live.day
    ]
    waits = (_wait(live, leg) for leg in legs)
    return DayFigures(
        day=live.day,
        waits=tuple(wait for wait in waits if wait is not None),
        clerks=tuple(clerks),
        served=sum(leg.outcome is Outcome.SERVED for leg in legs),
        no_shows=sum(leg.outcome is Outcome.NO_SHOW for leg in legs),
        turned_away=turned_away,
        steered=steered,
    )


def _wait(live: LiveBranch, leg: Leg) -> Wait | None:
    until: datetime | None = leg.called_at or leg.ended_at
    if until is None:
        return None
    return Wait(
        service=leg.service,
        category=leg.category,
        lasted=max(until - leg.counts_from, timedelta(0)),
        target=live.branch.service(leg.service).target,
        was_called=leg.called_at is not None,
    )


def summary(days: Sequence[DayFigures]) -> dict[str, Any]:
    """All days together, in minutes and shares, as ``queueapp simulate --json`` prints it.

    Somebody who left without being called counts with the wait until then.
    """
    waits = [wait for day in days for wait in day.waits]
    clerks = [clerk for day in days for clerk in day.clerks]
    return {
        "days": len(days),
        "visits": len(waits),
        "served": sum(day.served for day in days),
        "no_shows": sum(day.no_shows for day in days),
        "left": sum(not wait.was_called for wait in waits),
        "turned_away": sum(day.turned_away for day in days),
        **_waits(waits),
        "longest_wait_by_category": _longest(waits),
        "by_service": {
            code: _waits([wait for wait in waits if wait.service == code])
            for code in sorted({wait.service for wait in waits})
        },
        "clerk_hours": _hours(clerk.present for clerk in clerks),
        "clerk_idle_hours": _hours(clerk.idle for clerk in clerks),
        "clerk_idle_share": _idle_share(clerks),
        "overtime_hours": _hours(clerk.overtime for clerk in clerks),
        "advice_followed": sum(day.steered for day in days),
    }


def _waits(waits: Sequence[Wait]) -> dict[str, float | None]:
    if not waits:
        return {"mean_wait": None, "p90_wait": None, "share_past_target": None}
    minutes = sorted(wait.lasted / MINUTE for wait in waits)
    return {
        "mean_wait": round(fmean(minutes), 2),
        "p90_wait": round(minutes[ceil(0.9 * len(minutes)) - 1], 2),
        "share_past_target": round(fmean(wait.was_past_target for wait in waits), 4),
    }


def _longest(waits: Sequence[Wait]) -> dict[str, float]:
    return {
        category: round(max(w.lasted for w in waits if w.category == category) / MINUTE, 2)
        for category in sorted({wait.category for wait in waits})
    }


def _hours(spans: Iterable[timedelta]) -> float:
    return round(sum(spans, timedelta(0)) / timedelta(hours=1), 2)


def _idle_share(clerks: Sequence[ClerkDay]) -> float | None:
    present = sum((clerk.present for clerk in clerks), timedelta(0))
    if not present:
        return None
    return round(sum((clerk.idle for clerk in clerks), timedelta(0)) / present, 4)
