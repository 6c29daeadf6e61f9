"""How long a customer occupies a desk: from one call until the next call is possible."""

from typing import Protocol

import numpy as np

from queueapp.domain.branch import Branch, Service
from queueapp.domain.words import ServiceCode
from queueapp.forecast.arrays import Numbers, Places, Seconds
from queueapp.forecast.normal import normal_scores, normal_shares

SHORTEST_MEAN = 1.0
"""Seconds; a plan that says zero still takes somebody's time."""
OVERDUE_SHARE = 1 / 3
"""What is overdue for so long is expected to last this share of it longer."""
SHORTEST_OVERDUE = 30.0
"""Seconds that anything overdue is expected to last longer, at the least."""
BEYOND = 1e-6
"""Of somebody who outlasted all but this share, the distribution can tell nothing more."""


def known_services(branch: Branch) -> tuple[Service, ...]:
    """What somebody may be waiting for: the services offered, then the retired ones."""
    offered = {service.code for service in branch.services}
    retired = (service for service in branch.retired_services if service.code not in offered)
    return (*branch.services, *retired)


def service_places(branch: Branch) -> dict[ServiceCode, int]:
    """Where each service stands among the known ones."""
    return {service.code: place for place, service in enumerate(known_services(branch))}


class Durations(Protocol):
    """What the simulation asks about durations.

    ``services`` are places among the known services, ``counters`` places in the branch's plan,
    ``chances`` uniform draws from 0 to 1, all of one shape. Answers rise with the chances, so that
    one draw stands for the same luck whatever else changes; that keeps two simulations comparable.
    """

    def occupancy(self, services: Places, counters: Places, chances: Numbers) -> Seconds:
        """The whole time at a desk, above zero."""

    def remaining(
        self, services: Places, counters: Places, elapsed: Seconds, chances: Numbers
    ) -> Seconds:
        """What is left for customers who have occupied the desk for ``elapsed`` already."""


class ConfiguredDurations:
    """Lognormal, with the mean and the spread of each service as the branch wrote them.

    Every clerk is alike: what tells them apart has to be learned.
    """

    def __init__(self, branch: Branch) -> None:
        services = known_services(branch)
        means = np.array([service.mean.total_seconds() for service in services])
        spreads = np.array([service.spread.total_seconds() for service in services])
        means = np.maximum(means, SHORTEST_MEAN)
        variance = np.log1p((spreads / means) ** 2)
        self._location = np.log(means) - variance / 2
        self._scale = np.sqrt(variance)

    def occupancy(self, services: Places, counters: Places, chances: Numbers) -> Seconds:
        """The lognormal's quantiles at ``chances``."""
        del counters
        return self._quantile(services, chances)

    def remaining(
        self, services: Places, counters: Places, elapsed: Seconds, chances: Numbers
    ) -> Seconds:
        """The quantiles of what is longer than ``elapsed``, less ``elapsed``."""
        del counters
        passed = self._share_shorter(services, elapsed)
        left = self._quantile(services, passed + (1 - passed) * chances) - elapsed
        return np.where(passed < 1 - BEYOND, np.maximum(left, 0.0), overdue(elapsed, chances))

    def _quantile(self, services: Places, chances: Numbers) -> Seconds:
        logarithm = self._location[services] + self._scale[services] * normal_scores(chances)
        return np.asarray(np.exp(logarithm))

    def _share_shorter(self, services: Places, elapsed: Seconds) -> Numbers:
        """The share of visits that end before ``elapsed``, from 0 to 1."""
        distance = np.log(np.maximum(elapsed, 1e-3)) - self._location[services]
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = np.where(
                self._scale[services] > 0,
                distance / self._scale[services],
                np.where(distance < 0, -np.inf, np.inf),
            )
        return normal_shares(scores)


def overdue(elapsed: Seconds, chances: Numbers) -> Seconds:
    """How much longer something lasts that should have ended ``elapsed`` seconds ago."""
    expected = np.maximum(elapsed * OVERDUE_SHARE, SHORTEST_OVERDUE)
    return np.asarray(-expected * np.log1p(-chances))
