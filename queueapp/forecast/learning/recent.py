"""The last of something: a list that forgets its oldest entries."""

from collections.abc import Iterable, Iterator

import numpy as np

from queueapp.forecast.arrays import Numbers
from queueapp.forecast.quantile_table import empirical_table, mixed

HALF_LIFE = 25.0
"""Days after which what was seen counts half."""
KEPT_PER_DAY = 0.5 ** (1 / HALF_LIFE)
"""What one night leaves of a count."""
_SLACK = 1.25
"""So much longer than allowed may a list grow before it is cut: cutting costs its length."""


class Recent:
    """At most about ``most`` numbers, the latest last."""

    def __init__(self, most: int, values: Iterable[float] = ()) -> None:
        self._most = most
        self._values = [float(value) for value in values]

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[float]:
        return iter(self._values)

    def add(self, value: float) -> None:
        """One more."""
        self._values.append(float(value))
        if len(self._values) > self._most * _SLACK:
            del self._values[: -self._most]

    def table(self, believed: Numbers, *, belief: float) -> Numbers:
        """The table of the last values, mixed with one that counts like ``belief`` of them."""
        values = self._values[-self._most :]
        if not values:
            return believed
        trust = len(values) / (len(values) + belief)
        return mixed(empirical_table(np.array(values)), believed, trust)

    def rounded(self, digits: int = 2) -> list[float]:
        """For a snapshot."""
        return [round(value, digits) for value in self._values[-self._most :]]
