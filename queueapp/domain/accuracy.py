"""How good the promises were: what customers were told about the wait, beside what it became."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from queueapp.domain.ticket import Promise

WORTH_SCORING = timedelta(minutes=1)
"""Whoever was told less than this and waited less is left out: anybody can predict no wait."""
RIGHT_LATE, RIGHT_WITHIN = 0.2, 0.8
"""What an honest forecast comes to: the shares beyond P80, and between P10 and P90."""
ENOUGH_TO_TELL = 20
"""With fewer promises, a share says more about luck than about us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """Promises together with what became of them; they can be added up."""

    promises: int = 0
    """Scored ones: who left before the call is not among them."""
    late: int = 0
    """Called after the longer of the two times that were shown (P80): 2 of 10 are expected."""
    ranged: int = 0
    """Promises of which the whole range (P10 to P90) was kept."""
    within: int = 0
    """Of these, called within it: 8 of 10 are expected."""
    error: float = 0.0
    """Seconds, summed: how far the middle (P50) was off, either way."""

    def __add__(self, other: "Accuracy") -> "Accuracy":
        """Both together."""
        return Accuracy(
            promises=self.promises + other.promises,
            late=self.late + other.late,
            ranged=self.ranged + other.ranged,
            within=self.within + other.within,
            error=self.error + other.error,
        )

    @property
    def share_within(self) -> float | None:
        """The share called within the range; ``None`` when there are none."""
        return self.within / self.ranged if self.ranged else None

    @property
    def share_late(self) -> float | None:
        """The share that waited longer than the longer time that they were shown."""
        return self.late / self.promises if self.promises else None

    @property
    def typical_error(self) -> timedelta | None:
        """How far the middle was off, on average."""
        return timedelta(seconds=self.error / self.promises) if self.promises else None

    @property
    def in_time_of_hundred(self) -> int | None:
        """Of 100 people, how many were called in the time they were shown; too few: ``None``."""
        if self.promises < ENOUGH_TO_TELL:
            return None
        return ceil(100 * (self.promises - self.late) / self.promises - 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAccuracy:
    """The days before today, as somebody read them from the history."""

    last_day: date
    """The last one on which promises were made."""
    of_last_day: Accuracy
    of_month: Accuracy
    """The last 30 days together."""


def score(promise: Promise, called_at: datetime) -> Accuracy:
    """One promise beside when the call came; empty when there was nothing to predict."""
    waited = (called_at - promise.made_at).total_seconds()
    if max(waited, promise.p80) < WORTH_SCORING.total_seconds():
        return Accuracy()
    has_range = promise.p10 is not None and promise.p90 is not None
    is_within = (
        promise.p10 is not None and promise.p90 is not None and promise.p10 <= waited <= promise.p90
    )
    return Accuracy(
        promises=1,
        late=int(waited > promise.p80),
        ranged=int(has_range),
        within=int(is_within),
        error=abs(waited - promise.p50),
    )


def scores(promises: Iterable[tuple[Promise, datetime]]) -> Accuracy:
    """Many promises, each with when the call came."""
    total = Accuracy()
    for promise, called_at in promises:
        total += score(promise, called_at)
    return total
