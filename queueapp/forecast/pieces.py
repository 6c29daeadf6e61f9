"""One stretch in which a counter calls, as each replicate draws it."""

from dataclasses import dataclass

import numpy as np

from queueapp.forecast.arrays import Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Seconds from the moment of the forecast, one for all replicates or shape (R,)."""

    begins: Seconds | float
    """``-inf``: from the moment of the forecast, or whenever the pause before it is over."""
    ends: Seconds | float
    pause_after: Seconds | float = -1.0
    """How long the counter is away afterwards; below zero: until the next piece begins."""


ALWAYS = Piece(begins=-np.inf, ends=np.inf)
