"""Waits in whole minutes, rounded so that nothing is promised that was not computed."""

import math
from datetime import timedelta

from queueapp.domain.estimate import Estimate

MINUTE = timedelta(minutes=1)
LONGEST_IN_MINUTES = 100
"""From this many minutes on, people think in hours."""
LONGEST_RANGE_IN_MINUTES = 120
"""A range that ends later is said in half hours: nobody plans such a wait by the minute."""
HALF_HOUR = 30
"""Minutes."""


def whole_minutes(elapsed: timedelta) -> int:
    """Full minutes that have passed; 0 for a time still to come (clocks differ a little)."""
    return max(elapsed, timedelta(0)) // MINUTE


def rounded_range(estimate: Estimate) -> tuple[int, int]:
    """P50 rounded down and P80 rounded up, in minutes: the range shown is never too narrow."""
    return math.floor(estimate.p50 / 60), math.ceil(estimate.p80 / 60)


def in_half_hours(lower: int, upper: int) -> tuple[float, float]:
    """The range from ``lower`` to ``upper`` minutes in hours, made wider to whole half hours."""
    return lower // HALF_HOUR / 2, -(-upper // HALF_HOUR) / 2


def stopwatch(elapsed: timedelta) -> str:
    """``mm:ss``, from an hour on ``h:mm:ss``, in Latin digits."""
    seconds = int(max(elapsed, timedelta(0)).total_seconds())
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes:02d}:{seconds:02d}"
