"""Luck that belongs to somebody, for compiled code: a hash of who, which replicate and what for.

The same person has the same luck in every simulation of one seed, whatever else differs there
(common random numbers). The mixing function is that of SplitMix64 (Steele, Lea & Flood, "Fast
splittable pseudorandom number generators", OOPSLA 2014).
"""

from typing import cast

import numpy as np

from queueapp.forecast.arrays import Numbers
from queueapp.forecast.compiled import compiled, compiled_within
from queueapp.forecast.scene import STEPS

_PURPOSES = [cast("int", np.intp(number)) for number in range(15)]  # no literals, as `NOBODY`
SERVICE, BETWEEN, NO_SHOW, NO_SHOW_COST, PATIENCE, GOES_ON, GOES_ON_WITH = _PURPOSES[:7]
PAUSES, PAUSE, SHOWS_UP, EARLY, ARRIVES, KIND, KEPT, RESPONSE = _PURPOSES[7:]

_REPLICATE = np.uint64(0x9E3779B97F4A7C15)
_PURPOSE = np.uint64(0xD1B54A32D192ED03)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 1.0 / (1 << 53)


@compiled
def chance(luck: np.uint64, replicate: int, purpose: int) -> float:
    """A uniform draw from [0, 1)."""
    mixed = luck + np.uint64(replicate + 1) * _REPLICATE + np.uint64(purpose + 1) * _PURPOSE
    mixed = (mixed ^ (mixed >> _30)) * _FIRST
    mixed = (mixed ^ (mixed >> _27)) * _SECOND
    mixed = mixed ^ (mixed >> _31)
    return (mixed >> _11) * _UNIT


@compiled_within
def somebody(luck: np.uint64, number: int) -> np.uint64:
    """The luck of one of many who have no name yet."""
    mixed = luck + np.uint64(number + 1) * _SECOND
    mixed = (mixed ^ (mixed >> _31)) * _FIRST
    return mixed ^ (mixed >> _27)


@compiled
def value(table: Numbers, at: float) -> float:
    """The quantile of a table at a chance from 0 to 1."""
    place = at * STEPS
    step = int(place)
    if step >= STEPS:
        return float(table[STEPS])
    return float(table[step] + (table[step + 1] - table[step]) * (place - step))
