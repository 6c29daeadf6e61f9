"""Distributions as tables of quantiles: what the compiled simulation draws from.

A table holds ``STEPS + 1`` values that never fall, for the chances 0, 1/64, … 1; between them it
is linear. Its ends are set so that the outermost steps keep their mean, not at the extremes seen.
"""

import numpy as np

from queueapp.forecast.arrays import Numbers, Seconds
from queueapp.forecast.normal import normal_scores
from queueapp.forecast.scene import STEPS

LEVELS: Numbers = np.linspace(0.0, 1.0, STEPS + 1)
LEVELS.setflags(write=False)
_OUTERMOST = 2.87
"""Standard deviations: so far the ends of a normal table lie."""
BEYOND = 1e-3
"""Of somebody who outlasted all but this share, a table can tell nothing more."""
OVERDUE_SHARE = 1 / 3
"""What is overdue for so long is expected to last this share of it longer."""
SHORTEST_OVERDUE = 30.0
"""Seconds that anything overdue is expected to last longer, at the least."""


def constant(value: float) -> Numbers:
    """The table of what is always the same."""
    return np.full(STEPS + 1, float(value))


def normal_table(scale: float = 1.0) -> Numbers:
    """The table of a normal distribution about zero."""
    table = normal_scores(LEVELS)
    table[0], table[-1] = -_OUTERMOST, _OUTERMOST
    return np.asarray(table * scale)


def half_normal_table(scale: float) -> Numbers:
    """The table of the absolute value of a normal distribution about zero."""
    table = normal_scores((1 + LEVELS) / 2)
    table[-1] = _OUTERMOST
    return np.asarray(table * scale)


def exponential_table(mean: float) -> Numbers:
    """The table of an exponential distribution."""
    table = -np.log1p(-LEVELS[:-1])
    last = 2 * (table[-1] + 1) - table[-1]
    return np.asarray(np.append(table, last) * mean)


def empirical_table(values: Numbers, weights: Numbers | None = None) -> Numbers:
    """The table of the distribution of ``values`` (shape (n,), n > 0), weighted."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    share = np.ones(len(values)) if weights is None else weights[order]
    middle = (np.cumsum(share) - share / 2) / share.sum()
    table = np.interp(LEVELS, middle, ordered)
    low = middle <= LEVELS[1]
    high = middle >= LEVELS[-2]
    if low.any():
        table[0] = min(table[1], 2 * float(ordered[low].mean()) - table[1])
    if high.any():
        table[-1] = max(table[-2], 2 * float(ordered[high].mean()) - table[-2])
    return np.asarray(table)


def mixed(learned: Numbers, believed: Numbers, trust: float) -> Numbers:
    """A table between two: ``trust`` in the learned one, from 0 to 1."""
    return np.asarray(trust * learned + (1 - trust) * believed)


def quantile(table: Numbers, chances: Numbers) -> Numbers:
    """The quantiles at ``chances``."""
    return np.interp(chances, LEVELS, table)


def share_below(table: Numbers, value: float) -> float:
    """The chance of less than ``value``, from 0 to 1; a step in the table counts as not passed."""
    if value <= table[0]:
        return 0.0
    if value > table[-1]:
        return 1.0
    step = int(np.searchsorted(table, value, side="left"))
    width = table[step] - table[step - 1]
    return float((step - 1 + (value - table[step - 1]) / width) / STEPS)


def left_of(table: Seconds, elapsed: float, chances: Numbers) -> Seconds:
    """How much longer something lasts that has lasted ``elapsed`` seconds already."""
    passed = share_below(table, elapsed)
    if passed > 1 - BEYOND:
        return overdue(elapsed, chances)
    return np.maximum(quantile(table, passed + (1 - passed) * chances) - elapsed, 0.0)


def overdue(elapsed: float, chances: Numbers, *, shortest: float = SHORTEST_OVERDUE) -> Seconds:
    """How much longer something lasts that should have ended ``elapsed`` seconds ago."""
    return np.asarray(-max(elapsed * OVERDUE_SHARE, shortest) * np.log1p(-chances))
