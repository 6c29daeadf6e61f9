"""Taking the finished visits of many days apart: service, clerk, day, and what is left.

log seconds = service mean + clerk effect + day effect + residual, fitted by turns (backfitting);
clerks and days are shrunk towards none by their estimated variance (a random-effects model, as in
Searle, Casella & McCulloch, "Variance Components", 1992, by moments).
"""

from dataclasses import dataclass

import numpy as np

from queueapp.forecast.arrays import Numbers, Places
from queueapp.forecast.knowledge import BELIEF
from queueapp.forecast.learning.recent import HALF_LIFE
from queueapp.forecast.quantile_table import empirical_table, mixed, normal_table

TURNS = 6
FULL_TRUST = 400.0
"""From so many visits on, the shape of the residuals is what was seen."""
LEAST_EFFECT = 0.02
"""Standard deviation that clerks and days are taken to differ by at the least."""
LEVEL_STEP = 0.35
"""How far one day moves the level that the next is expected at."""
FEW_DAYS = 4
NEW_DAY = 0.08
"""Standard deviation of a day's effect before enough days are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Finished visits, shape (n,) each; places count within services, clerks and days."""

    logarithm: Numbers
    service: Places
    clerk: Places
    day: Places
    age: Numbers
    """Days ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What came out."""

    mean: Numbers
    deviation: Numbers
    scale: Numbers
    """Shape (services,): standard deviation of the residuals."""
    residual: Numbers
    """Shape (services, 65)."""
    clerk: Numbers
    clerk_deviation: Numbers
    clerks_differ: float
    day_mean: float
    """What the next day's effect is expected to be."""
    day_deviation: float


def fitted(visits: Visits, believed: Numbers, scale: Numbers, clerks: int, days: int) -> Fit:
    """Fit; ``believed`` and ``scale`` are the configured logarithms, shape (services,)."""
    weight = 0.5 ** (visits.age / HALF_LIFE)
    places = len(believed)
    total = np.bincount(visits.service, weight, places)
    mean, clerk, day = believed.copy(), np.zeros(clerks), np.zeros(days)
    variance = np.maximum(scale**2, 1e-4)
    clerks_differ, days_differ = 0.12**2, NEW_DAY**2
    for _ in range(TURNS):
        left = visits.logarithm - clerk[visits.clerk] - day[visits.day]
        mean = (BELIEF * believed + np.bincount(visits.service, weight * left, places)) / (
            BELIEF + total
        )
        noise = variance[visits.service]
        clerk, clerks_differ = _effects(
            visits.logarithm - mean[visits.service] - day[visits.day],
            visits.clerk,
            weight / noise,
            clerks,
            clerks_differ,
        )
        day, days_differ = _effects(
            visits.logarithm - mean[visits.service] - clerk[visits.clerk],
            visits.day,
            1 / noise,
            days,
            days_differ,
        )
        left = visits.logarithm - mean[visits.service] - clerk[visits.clerk] - day[visits.day]
        squares = np.bincount(visits.service, weight * left**2, places)
        variance = (BELIEF * np.maximum(scale**2, 1e-4) + squares) / (BELIEF + total)
    precision = np.bincount(visits.clerk, weight / variance[visits.service], clerks)
    day_mean, day_deviation = _next_day(day[np.bincount(visits.day, minlength=days) > 0])
    return Fit(
        mean=mean,
        deviation=np.sqrt(variance / (BELIEF + total)),
        scale=np.sqrt(variance),
        residual=_shapes(left, visits.service, weight, np.sqrt(variance)),
        clerk=clerk,
        clerk_deviation=np.sqrt(1 / (precision + 1 / clerks_differ)),
        clerks_differ=float(np.sqrt(clerks_differ)),
        day_mean=day_mean,
        day_deviation=day_deviation,
    )


def _effects(
    left: Numbers, group: Places, precision: Numbers, groups: int, variance: float
) -> tuple[Numbers, float]:
    """Shrunk effects of the groups, and their variance (one step of expectation-maximisation)."""
    known = np.asarray(np.bincount(group, precision, groups), dtype=np.float64)
    effect = np.bincount(group, precision * left, groups) / (known + 1 / variance)
    seen = known > 0
    if seen.sum() < 2:  # noqa: PLR2004 - one group has nobody to differ from
        return effect, variance
    spread = float(np.mean(effect[seen] ** 2 + 1 / (known[seen] + 1 / variance)))
    return effect, max(spread, LEAST_EFFECT**2)


def _shapes(left: Numbers, service: Places, weight: Numbers, scale: Numbers) -> Numbers:
    tables = []
    for place, deviation in enumerate(scale):
        own = service == place
        normal = normal_table(float(deviation))
        seen = float(weight[own].sum())
        if not own.any():
            tables.append(normal)
            continue
        trust = min(seen / FULL_TRUST, 1.0)
        tables.append(mixed(empirical_table(left[own], weight[own]), normal, trust))
    return np.array(tables)


def _next_day(effects: Numbers) -> tuple[float, float]:
    """What the next day's effect is expected to be: days follow a level that wanders."""
    if len(effects) < FEW_DAYS:
        return 0.0, NEW_DAY
    levels = np.zeros(len(effects) + 1)
    for number, effect in enumerate(effects):
        levels[number + 1] = levels[number] + LEVEL_STEP * (effect - levels[number])
    before = levels[:-1]
    noise = float(np.var(effects)) + LEAST_EFFECT**2
    slope = float(before @ effects / (before @ before + noise))
    slope = min(max(slope, 0.0), 1.0)
    misses = effects - slope * before
    squares = float(np.sum(misses**2)) + FEW_DAYS * NEW_DAY**2
    deviation = float(np.sqrt(squares / (len(misses) + FEW_DAYS)))
    return slope * float(levels[-1]), deviation
