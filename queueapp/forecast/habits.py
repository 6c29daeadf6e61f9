"""When counters call that nobody planned: as they did on one of the last days."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from queueapp.domain.branch import Branch
from queueapp.domain.desk import Desk, DeskState
from queueapp.forecast.arrays import Numbers, Seconds
from queueapp.forecast.pieces import Piece
from queueapp.forecast.planned_day import seconds_left_of_day, seconds_of_day

SAME_WEEKDAY = 3.0
"""A day of the same weekday is so many times as likely a model."""
HALF_LIFE = 20.0
"""So many days ago, a day is half as likely a model."""
FEWEST = 3
"""From so many days of its kind on, habits are believed."""

Day = tuple[int, tuple[tuple[float, float], ...]]
"""The weekday, and the stretches of calling in seconds after local midnight."""


def habitual_pieces(
    branch: Branch,
    desk: Desk,
    now: datetime,
    habits: Sequence[Day],
    back: Seconds | float,
    chances: Numbers,
) -> list[Piece]:
    """What is left of the day for a counter without a roster.

    Each replicate follows a past day on which the counter did at this time what it does now.
    ``back``: when a running pause ends. Without enough such days an open counter stays open and
    a closed one closed.
    """
    is_there = desk.state is not DeskState.CLOSED
    clock = seconds_of_day(branch, now)
    alike = [(place, day) for place, day in enumerate(habits) if _covers(day, clock) is is_there]
    if len(alike) < FEWEST:
        if not is_there:
            return []
        return [Piece(begins=back, ends=seconds_left_of_day(branch, now))]
    weekday = branch.local(now).weekday()
    weights = np.array(
        [
            (SAME_WEEKDAY if day[0] == weekday else 1.0)
            * 0.5 ** ((len(habits) - place) / HALF_LIFE)
            for place, day in alike
        ]
    )
    chosen = np.searchsorted(np.cumsum(weights) / weights.sum(), chances, side="right")
    chosen = np.minimum(chosen, len(alike) - 1)
    ahead = [[s for s in day[1] if s[1] > clock] for _, day in alike]
    pieces = []
    for number in range(max(map(len, ahead))):
        begins = np.array([d[number][0] - clock if number < len(d) else np.inf for d in ahead])
        ends = np.array([d[number][1] - clock if number < len(d) else -np.inf for d in ahead])
        is_now = number == 0 and is_there
        pieces.append(Piece(begins=back if is_now else begins[chosen], ends=ends[chosen]))
    return pieces


def _covers(day: Day, clock: float) -> bool:
    return any(begin <= clock < end for begin, end in day[1])
