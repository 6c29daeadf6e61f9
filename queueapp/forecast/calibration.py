"""Making the shown range hold as often as it says, from how the last days' predictions held.

Of every prediction the *PIT* is kept: the chance that it gave to a wait no longer than the real
one (Dawid 1984; Gneiting, Balabdaoui & Raftery 2007). Were the simulation perfect, these would be
uniform; where they are not, the level at which the simulation is asked is moved. The correction
depends on the size of the prediction, on the service and on the hour, each shrunk towards none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp

import numpy as np

from queueapp.forecast.arrays import Numbers, Places, Seconds

CHANCES: tuple[float, ...] = (0.1, 0.5, 0.8, 0.9)
"""What an estimate consists of."""
GRID = 32
"""A raw prediction holds the quantiles at the chances 0, 1/32, … 1."""
SIZES = 4
"""The predictions are split into so many parts of equal number, by size."""
SHRINK = 200.0
"""So many predictions move a level halfway to where they say it should be."""
SHRINK_PARTS = 400.0
"""The same for what one service or one hour differs by."""
FARTHEST = 0.002
"""No level is moved nearer to 0 or 1."""
_TAIL = 3.0
"""Beyond the outermost steps of the grid the chance falls by this power of e within one spread."""
_LEVELS: Numbers = np.linspace(0.0, 1.0, GRID + 1)
_LEVELS.setflags(write=False)


def raw_quantiles(waits: Seconds) -> Seconds:
    """The grids of predictions, shape (people, levels), from all replicates' waits (R, people)."""
    ordered = np.sort(waits.T, axis=1)
    at = _LEVELS * (len(waits) - 1)
    step = np.minimum(at.astype(np.intp), max(len(waits) - 2, 0))
    following = np.minimum(step + 1, len(waits) - 1)
    return np.asarray(ordered[:, step] + (ordered[:, following] - ordered[:, step]) * (at - step))


def level_of(raw: Seconds, wait: float) -> float:
    """The PIT: the chance that the prediction ``raw`` gave to no longer a ``wait``."""
    low, middle, high = raw[1], raw[GRID // 2], raw[-2]
    if wait > high:
        return 1 - exp(-_TAIL * (wait - high) / _spread(high - middle, middle)) / GRID
    if wait < low:
        return exp(-_TAIL * (low - wait) / _spread(middle - low, middle)) / GRID
    return float(np.interp(wait, raw[1:-1], _LEVELS[1:-1]))


def waits_at(raw: Seconds, levels: Numbers) -> Seconds:
    """The inverse of :func:`level_of` for many people, never below zero.

    ``raw``: shape (people, GRID + 1); ``levels``: shape (people, any).
    """
    low, middle, high = raw[:, 1:2], raw[:, GRID // 2 : GRID // 2 + 1], raw[:, GRID - 1 : GRID]
    inner = np.clip(levels * GRID, 1, GRID - 1)
    step = np.minimum(inner.astype(np.intp), GRID - 2)
    people = np.arange(len(raw))[:, np.newaxis]
    begin, end = raw[people, step], raw[people, step + 1]
    waits = begin + (end - begin) * (inner - step)
    beyond = high - np.log((1 - levels) * GRID) / _TAIL * _spreads(high - middle, middle)
    before = low + np.log(levels * GRID) / _TAIL * _spreads(middle - low, middle)
    waits = np.where(levels > 1 - 1 / GRID, beyond, waits)
    return np.maximum(np.where(levels < 1 / GRID, before, waits), 0.0)


def _spreads(width: Seconds, middle: Seconds) -> Seconds:
    return np.maximum(np.maximum(width, 0.02 * middle), 1.0)


def _spread(width: float, middle: float) -> float:
    return float(max(width, 0.02 * middle, 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """At which levels a prediction is asked, so that the answers hold as often as they say."""

    sizes: Numbers = field(default_factory=lambda: np.zeros(1))
    """Shape (parts,): the logarithm of the middle prediction of each part, rising."""
    by_size: Numbers = field(default_factory=lambda: np.array([CHANCES]))
    """Shape (parts, 4): the levels for :data:`CHANCES`."""
    by_service: Mapping[int, Numbers] = field(default_factory=dict)
    """By the service's place: what is added to them, shape (4,)."""
    by_hour: Mapping[int, Numbers] = field(default_factory=dict)
    """By the local hour in which the prediction is made, shape (4,)."""

    def levels(self, sizes: Seconds, services: Places, hour: int) -> Numbers:
        """The levels for :data:`CHANCES`, shape (people, 4), rising.

        ``sizes``: the raw medians in seconds, ``services``: the services' places.
        """
        at = np.log1p(np.maximum(sizes, 0.0))
        levels = np.column_stack([np.interp(at, self.sizes, own) for own in self.by_size.T])
        for service, moved in self.by_service.items():
            levels[services == service] += moved
        levels += self.by_hour.get(hour, 0.0)
        clipped = np.clip(levels, FARTHEST, 1 - FARTHEST)
        return np.asarray(np.maximum.accumulate(clipped, axis=1))

    def quantiles(self, raw: Seconds, services: Places, hour: int) -> Seconds:
        """The waits for :data:`CHANCES`, shape (people, 4), never falling.

        ``raw``: shape (people, GRID + 1), from :func:`raw_quantiles`.
        """
        levels = self.levels(raw[:, GRID // 2], services, hour)
        return np.asarray(np.maximum.accumulate(waits_at(raw, levels), axis=1))


def calibrated(levels: Numbers, sizes: Seconds, services: Places, hours: Places) -> Calibration:
    """What ``levels`` (PITs) teach; all of shape (n,), people who had to queue only.

    ``sizes``: the raw medians that were predicted, ``hours``: the local hours of the predictions.
    """
    if len(levels) < 2 * SIZES:
        return Calibration()
    overall = CHANCES + _move(levels, SHRINK)
    logs = np.log1p(sizes)
    edges = np.quantile(logs, np.linspace(0, 1, SIZES + 1))[1:-1]
    part = np.searchsorted(edges, logs, side="right")
    centres, by_size = [], []
    settled = np.empty_like(levels)
    for number in range(SIZES):
        own = part == number
        if not own.any():
            continue
        trust = own.sum() / (own.sum() + SHRINK)
        moved = trust * np.quantile(levels[own], CHANCES) + (1 - trust) * overall
        centres.append(float(np.median(logs[own])))
        by_size.append(moved)
        settled[own] = _settle(levels[own], moved)
    by_service, settled = _parts(settled, services)
    by_hour, _ = _parts(settled, hours)
    return Calibration(
        sizes=np.maximum.accumulate(centres),
        by_size=np.array(by_size),
        by_service=by_service,
        by_hour=by_hour,
    )


def _move(levels: Numbers, shrink: float) -> Numbers:
    trust = len(levels) / (len(levels) + shrink)
    return np.asarray(trust * (np.quantile(levels, CHANCES) - CHANCES))


def _settle(levels: Numbers, moved: Numbers) -> Numbers:
    """The PITs that would have come out had the levels been ``moved`` already."""
    return np.interp(levels, [0.0, *np.maximum.accumulate(moved), 1.0], [0.0, *CHANCES, 1.0])


def _parts(levels: Numbers, kinds: Places) -> tuple[dict[int, Numbers], Numbers]:
    """What is added for each kind, and the PITs as they would have come out with it."""
    moves = {}
    settled = levels.copy()
    for kind in np.unique(kinds).tolist():
        own = kinds == kind
        moves[kind] = _move(levels[own], SHRINK_PARTS)
        settled[own] = _settle(levels[own], CHANCES + moves[kind])
    return moves, settled
