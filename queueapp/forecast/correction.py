"""A learned correction on top of the simulation, for branches that the simulation cannot see whole.

Boosted trees of two splits (Friedman, "Greedy function approximation", Annals of Statistics 29,
2001) with the pinball loss, one series for each chance of an estimate. They say by what factor a
wait differs from the simulated middle, from the simulation's own numbers and from what anybody
could see in the hall. Where staffing is known the simulation is better alone; so the correction
is used only after it has been better for many days (:mod:`queueapp.forecast.learning.corrections`).
"""

from dataclasses import dataclass

import numpy as np

from queueapp.forecast.arrays import Numbers, Places, Seconds
from queueapp.forecast.calibration import CHANCES

FEATURES = 11
"""The logarithms of the four quantiles; then what :func:`features_of` says."""
ROUNDS = 60
LEARNING_RATE = 0.1
BINS = 16
FEWEST = 40
"""People in a leaf."""
MIDDLE = CHANCES.index(0.5)
_LEAVES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What anybody could see in the hall at the moment of the forecast."""

    waiting: int
    busy: int
    longest: float
    """Seconds that somebody who still waits has waited at most."""
    hour: float
    recent: float = 0.0
    """Seconds that those called last had waited, on average."""
    recent_miss: float = 0.0
    """The logarithm of the factor by which predictions of late were too short, on average."""


def features_of(quantiles: Seconds, ahead: Places, around: Surroundings) -> Numbers:
    """Shape (people, FEATURES); ``quantiles`` of shape (people, 4), ``ahead``: of one's service."""
    people = len(quantiles)
    common = [
        float(around.waiting),
        float(around.busy),
        np.log1p(max(around.longest, 0.0)),
        around.hour,
        np.log1p(max(around.recent, 0.0)),
        around.recent_miss,
    ]
    return np.column_stack([np.log1p(quantiles), ahead, np.tile(common, (people, 1))])


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """One series: T trees, each asks one question, then one of two others."""

    base: float
    feature: Places
    """Shape (T, 3)."""
    threshold: Numbers
    """Shape (T, 3)."""
    leaf: Numbers
    """Shape (T, 4)."""

    def __call__(self, features: Numbers) -> Numbers:
        """Shape (people,)."""
        if not len(self.leaf):
            return np.full(len(features), self.base)
        trees = np.arange(len(self.leaf))
        first = features[:, self.feature[:, 0]] > self.threshold[:, 0]
        question = 1 + first.astype(np.intp)
        asked = np.take_along_axis(features, self.feature[trees, question], axis=1)
        second = asked > self.threshold[trees, question]
        return np.asarray(self.base + self.leaf[trees, 2 * first + second].sum(axis=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """How much the real waits differ from the simulated ones."""

    series: tuple[Trees, ...]
    """One for each of :data:`~queueapp.forecast.calibration.CHANCES`."""
    is_used: bool = False
    """Whether it has proved itself here."""
    recent: float = 0.0
    recent_miss: float = 0.0

    def quantiles(self, features: Numbers) -> Seconds:
        """The corrected waits, shape (people, 4), never falling; ``features`` as made above."""
        middle = features[:, MIDDLE]
        logarithms = np.column_stack([middle + trees(features) for trees in self.series])
        waits = np.expm1(np.clip(logarithms, 0.0, 12.0))
        return np.asarray(np.maximum.accumulate(waits, axis=1))


def learned_series(features: Numbers, waits: Seconds) -> tuple[Trees, ...]:
    """Learn from people who queued; ``features`` of shape (n, FEATURES), ``waits`` of (n,)."""
    edges = [
        np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1])) for column in features.T
    ]
    binned = np.column_stack(
        [
            np.searchsorted(e, column, side="left")
            for e, column in zip(edges, features.T, strict=True)
        ]
    )
    factor = np.log1p(waits) - features[:, MIDDLE]
    return tuple(_series(binned, edges, factor, chance) for chance in CHANCES)


def _series(binned: Places, edges: list[Numbers], factor: Numbers, chance: float) -> Trees:
    base = float(np.quantile(factor, chance))
    found = np.full(len(factor), base)
    feature, threshold, leaf = [], [], []
    for _ in range(ROUNDS):
        left = factor - found
        pull = np.where(left > 0, chance, chance - 1)
        everybody = np.arange(len(factor))
        first = _best_split(binned, edges, pull, everybody)
        if first is None:
            break
        over = binned[:, first[0]] > first[1]
        questions = [first]
        leaves = np.empty(len(factor), dtype=np.intp)
        for side in (0, 1):
            own = everybody[over == side]
            split = _best_split(binned, edges, pull, own) or first
            questions.append(split)
            leaves[own] = 2 * side + (binned[own, split[0]] > split[1])
        values = np.zeros(_LEAVES)
        for number in range(_LEAVES):
            own_left = left[leaves == number]
            if len(own_left) >= FEWEST:
                values[number] = LEARNING_RATE * np.quantile(own_left, chance)
        found += values[leaves]
        feature.append([question[0] for question in questions])
        threshold.append([edges[column][place] for column, place in questions])
        leaf.append(values)
    return Trees(
        base=base,
        feature=np.array(feature, dtype=np.intp).reshape(-1, 3),
        threshold=np.array(threshold, dtype=np.float64).reshape(-1, 3),
        leaf=np.array(leaf, dtype=np.float64).reshape(-1, _LEAVES),
    )


def _best_split(
    binned: Places, edges: list[Numbers], pull: Numbers, own: Places
) -> tuple[int, int] | None:
    """The feature and the edge that part those who pull up from those who pull down best."""
    best, gain = None, 1e-9
    total, count = pull[own].sum(), len(own)
    for column, thresholds in enumerate(edges):
        if not len(thresholds):
            continue
        places = binned[own, column]
        below = np.cumsum(np.bincount(places, minlength=len(thresholds) + 1))[:-1]
        pulled = np.cumsum(np.bincount(places, pull[own], len(thresholds) + 1))[:-1]
        above = count - below
        allowed = (below >= FEWEST) & (above >= FEWEST)
        if not allowed.any():
            continue
        score = np.where(
            allowed,
            pulled**2 / np.maximum(below, 1) + (total - pulled) ** 2 / np.maximum(above, 1),
            -np.inf,
        )
        place = int(score.argmax())
        if score[place] - total**2 / max(count, 1) > gain:
            best, gain = (column, place), float(score[place] - total**2 / max(count, 1))
    return best
