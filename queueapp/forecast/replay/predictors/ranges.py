"""A range around a formula's one number: how far it was off before, at numbers of that size.

Every established predictor gets its range in this way, so that pinball losses can be compared. The
P50 stays the formula's own number.
"""

import numpy as np

from queueapp.domain.estimate import Estimate
from queueapp.forecast.arrays import Numbers

SIZES = 5
"""Into how many groups of like size predictions are divided."""
ENOUGH = 100
"""Errors from which on they tell a range."""
MOST = 20_000
BEFORE_THAT = (0.3, 1.7, 2.3)
"""P10, P80 and P90 as multiples of the prediction: about those of an exponential wait."""


class ErrorRange:
    """The range of one predictor, learned from the days before."""

    def __init__(self) -> None:
        self._predicted: list[float] = []
        self._waited: list[float] = []
        self._edges: Numbers = np.empty(0)
        self._errors: Numbers | None = None
        """Shape (SIZES, 3): the P10, P80 and P90 of wait less prediction."""

    def around(self, predicted: float) -> Estimate:
        """The estimate whose P50 is ``predicted``."""
        if self._errors is None:
            low, high, highest = (predicted * factor for factor in BEFORE_THAT)
        else:
            group = int(np.searchsorted(self._edges, predicted))
            low, high, highest = np.maximum(predicted + self._errors[group], 0.0).tolist()
        return Estimate(p10=low, p50=predicted, p80=high, p90=highest)

    def was_called(self, predicted: float, waited: float) -> None:
        """Somebody who was to wait for ``predicted`` seconds waited for ``waited``."""
        self._predicted.append(predicted)
        self._waited.append(waited)

    def day_began(self) -> None:
        """Count the errors of the days before."""
        if len(self._waited) < ENOUGH:
            return
        del self._predicted[:-MOST], self._waited[:-MOST]
        predicted = np.array(self._predicted)
        errors = np.array(self._waited) - predicted
        self._edges = np.quantile(predicted, np.arange(1, SIZES) / SIZES)
        groups = np.searchsorted(self._edges, predicted)
        everybody = np.quantile(errors, (0.1, 0.8, 0.9))
        self._errors = np.array(
            [
                np.quantile(own, (0.1, 0.8, 0.9)) if len(own) >= ENOUGH / SIZES else everybody
                for own in (errors[groups == group] for group in range(SIZES))
            ]
        )
