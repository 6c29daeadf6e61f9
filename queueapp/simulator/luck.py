"""Random draws; each actor has a stream of its own, so nobody's luck depends on another's."""

from collections.abc import Sequence
from datetime import timedelta
from math import log, sqrt
from random import Random
from typing import TypeVar

from queueapp.simulator.behaviour import Duration

Value = TypeVar("Value")


class Luck:
    """The stream of one actor: the same ``seed`` and ``actor`` draw the same."""

    def __init__(self, seed: int, actor: str) -> None:
        self._random = Random(f"{seed} {actor}")  # noqa: S311 - nothing here is a secret

    def happens(self, chance: float) -> bool:
        """Whether something of this chance happens."""
        return self._random.random() < chance

    def duration(self, duration: Duration) -> timedelta:
        """A stretch of time from its log-normal distribution."""
        mean, spread = duration.mean.total_seconds(), duration.spread.total_seconds()
        variance = log(1 + (spread / mean) ** 2)
        seconds = self._random.lognormvariate(log(mean) - variance / 2, sqrt(variance))
        return timedelta(seconds=seconds)

    def until_next(self, per_hour: float) -> timedelta:
        """From one event of a Poisson process to the next."""
        return timedelta(hours=self._random.expovariate(per_hour))

    def factor(self, spread: float) -> float:
        """A factor around 1."""
        return self._random.lognormvariate(0.0, spread)

    def score(self) -> float:
        """A draw from the standard normal distribution."""
        return self._random.gauss(0.0, 1.0)

    def share(self) -> float:
        """Any share of a whole, each as likely."""
        return self._random.random()

    def one_of(self, choices: Sequence[Value]) -> Value:
        """One of them, each as likely."""
        return self._random.choice(choices)

    def usually_first(self, choices: Sequence[Value], chance: float) -> Value:
        """The first with ``chance``, else one of the others."""
        if len(choices) == 1 or self.happens(chance):
            return choices[0]
        return self.one_of(choices[1:])

    def weighted(self, weights: Sequence[float]) -> int:
        """An index, as likely as its weight says."""
        return self._random.choices(range(len(weights)), weights)[0]
