"""What a forecast knows about a branch beside its live picture: one immutable value.

On day one it is what the branch configured. From then on the learner
(:mod:`queueapp.forecast.learner`) makes a new one whenever it is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np

from queueapp.domain.branch import Branch, Service
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode, StaffCode
from queueapp.forecast.arrays import Flags, Numbers, Seconds
from queueapp.forecast.calibration import Calibration
from queueapp.forecast.correction import Correction
from queueapp.forecast.quantile_table import (
    constant,
    exponential_table,
    half_normal_table,
    normal_table,
    quantile,
)

BELIEF = 8.0
"""A configured mean counts like so many visits."""
CLERKS_DIFFER = 0.12
"""Standard deviation of clerks' effects on the logarithm, before any is known."""
SHORTEST_MEAN = 1.0
"""Seconds; a plan that says zero still takes somebody's time."""
SLOTS = 48
"""Half hours of a day."""
WEEKDAYS = 7


def known_services(branch: Branch) -> tuple[Service, ...]:
    """What somebody may be waiting for: the services offered, then the retired ones."""
    offered = {service.code for service in branch.services}
    retired = (service for service in branch.retired_services if service.code not in offered)
    return (*branch.services, *retired)


def service_places(branch: Branch) -> dict[ServiceCode, int]:
    """Where each service stands among the known ones."""
    return {service.code: place for place, service in enumerate(known_services(branch))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """A number that is not known exactly: normal, about ``mean``."""

    mean: float = 0.0
    deviation: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """The logarithm of the seconds from a call to the end of the visit; S services."""

    mean: Numbers
    """Shape (S,)."""
    deviation: Numbers
    """Shape (S,): how well ``mean`` is known."""
    residual: Numbers
    """Shape (S, 65): table of what one visit differs by."""
    clerks: Mapping[StaffCode, Belief] = field(default_factory=dict)
    unknown_clerk: Belief = Belief()
    today: Belief = Belief()
    between: Seconds = field(default_factory=lambda: constant(0))
    """Table: from the end of a visit to the next call, while somebody waits."""
    response: Seconds = field(default_factory=lambda: constant(0))
    """Table: from an arrival to the call by an idle counter."""

    def seconds(self, place: int) -> float:
        """The mean of one service's occupancy, with the time until the next call."""
        chances = (np.arange(256) + 0.5) / 256
        visits = np.exp(self.mean[place] + quantile(self.residual[place], chances))
        return float(visits.mean() + quantile(self.between, chances).mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """Who does not come when called, leaves unseen, or goes on with another service."""

    no_show: Numbers = field(default_factory=lambda: np.zeros(2))
    """The chance after no wait, and what each second of waiting adds."""
    no_show_cost: Seconds = field(default_factory=lambda: constant(60))
    """Table."""
    leaving: float = 0.0
    """The rate per second."""
    goes_on: Numbers
    """Shape (S,)."""
    goes_on_with: Numbers
    """Shape (S, S): of those who do, the share that goes on with each."""
    hold: Seconds = field(default_factory=lambda: exponential_table(600))
    """Table: how long somebody is on hold."""
    comes_back: float = 0.8
    """The chance that somebody on hold does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comings:
    """Who will come; S services, K categories."""

    profile: Numbers
    """Shape (7, 48, S, K): people expected by weekday and local half hour."""
    seen: Flags = field(default_factory=lambda: np.ones(SLOTS, dtype=np.bool_))
    """Shape (48,): half hours in which somebody has come; ``profile`` is smooth and goes beyond."""
    today: float = 1.0
    """Today so far against what was expected, shrunk."""
    certainty: float = 20.0
    """How many people ``today`` is as certain as."""
    shows_up: float = 0.9
    """The chance that the holder of an appointment comes."""
    early: Seconds = field(default_factory=lambda: normal_table(180) - 180)
    """Table: arrival less slot."""
    knows_bookings: bool = False
    """Whether appointments become known before their holders come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """How the desks' day differs from the roster and from what was announced."""

    opening: Seconds = field(default_factory=lambda: half_normal_table(120))
    """Table: opened less planned."""
    closing: Seconds = field(default_factory=lambda: constant(0))
    """Table: closed less planned."""
    break_begins: Seconds = field(default_factory=lambda: constant(0))
    """Table: break began less planned."""
    break_length: Numbers = field(default_factory=lambda: constant(1))
    """Table: a planned break's length as a share of the planned one."""
    pause_length: Numbers = field(default_factory=lambda: np.maximum(1 + normal_table(0.2), 0.3))
    """Table: a pause's length as a share of the announced one."""
    unsaid_pause: Seconds = field(default_factory=lambda: exponential_table(600))
    """Table: the length of a pause of which nobody said how long."""
    absent: float = 0.02
    """The share of planned shifts to which nobody comes."""
    pauses: float = 0.0
    """The chance of an unplanned pause after a visit."""
    pauses_today: Mapping[CounterNumber, tuple[tuple[datetime, datetime], ...]] = field(
        default_factory=dict
    )
    """Today's pauses that are over."""
    habits: Mapping[CounterNumber, tuple[tuple[int, tuple[tuple[float, float], ...]], ...]] = field(
        default_factory=dict
    )
    """Of counters without a roster: past days, each with its weekday and its stretches of calling,
    in seconds after local midnight; the latest day last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything that was learned about a branch."""

    services: tuple[ServiceCode, ...]
    """The order of the axis; those offered first, then the retired."""
    categories: tuple[CategoryCode, ...]
    occupancy: Occupancy
    losses: Losses
    comings: Comings
    slips: Slips = field(default_factory=Slips)
    calibration: Calibration = field(default_factory=Calibration)
    correction: Correction = field(default_factory=lambda: Correction(series=()))
    slower: float | None = None
    """Visits take longer by this share of the usual time today (below zero: shorter), if clear."""

    @classmethod
    def configured(cls, branch: Branch) -> "Knowledge":
        """What is known on day one: what the branch wrote about itself."""
        services = known_services(branch)
        mean, scale = configured_logarithms(branch)
        places = len(services)
        return cls(
            services=tuple(service.code for service in services),
            categories=tuple(category.code for category in branch.categories),
            occupancy=Occupancy(
                mean=mean,
                deviation=scale / np.sqrt(BELIEF),
                residual=np.array([normal_table(deviation) for deviation in scale]).reshape(
                    places, -1
                ),
            ),
            losses=Losses(goes_on=np.zeros(places), goes_on_with=np.zeros((places, places))),
            comings=Comings(profile=np.zeros((WEEKDAYS, SLOTS, places, len(branch.categories)))),
        )

    def mean_occupancy(self, service: ServiceCode) -> float:
        """Seconds from one call to the next one possible, on average over clerks and days."""
        return self.occupancy.seconds(self.services.index(service))

    def expected_arrivals(self, day: date) -> Numbers:
        """Shape (48, S, K): people expected on ``day`` by local half hour."""
        return np.asarray(self.comings.profile[day.weekday()])


def configured_logarithms(branch: Branch) -> tuple[Numbers, Numbers]:
    """Mean and standard deviation of the logarithm of each service's occupancy, shape (S,).

    Of the lognormal distribution with the mean and the spread that the branch wrote.
    """
    services = known_services(branch)
    means = np.array([service.mean.total_seconds() for service in services])
    spreads = np.array([service.spread.total_seconds() for service in services])
    means = np.maximum(means, SHORTEST_MEAN)
    variance = np.log1p((spreads / means) ** 2)
    return np.log(means) - variance / 2, np.sqrt(variance)
