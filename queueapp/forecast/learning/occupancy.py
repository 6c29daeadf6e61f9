"""How long visits take here: services, clerks, today, and the time until the next call."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from queueapp.domain.branch import Branch
from queueapp.domain.words import ServiceCode, StaffCode
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.knowledge import (
    BELIEF,
    CLERKS_DIFFER,
    Belief,
    Occupancy,
    configured_logarithms,
    known_services,
)
from queueapp.forecast.learning.occupancy_fit import NEW_DAY, Visits, fitted
from queueapp.forecast.learning.recent import Recent
from queueapp.forecast.quantile_table import constant, normal_table

MOST_VISITS = 20_000
MOST_GAPS = 2_000
GAPS_BELIEF = 20.0
"""No gap at all is believed like so many gaps."""
GAPS_AFRESH = 25
"""So many new gaps make a new table."""
SHORTEST = 1.0
CLERKS_DAY = 0.05
"""Standard deviation of what a clerk's day differs from the clerk."""
UNUSUAL = 1.5
"""A day whose effect is so many standard deviations from the expected is like no other …"""
UNUSUAL_STEP = 0.3
"""… and each visit adds so much of a standard deviation to what is not known about it."""
DRIFT_NOTICED = 0.10
"""Visits that take longer or shorter by this share are worth a word…"""
DRIFT_CERTAIN = 2.5
"""… when it is this sure, in standard deviations."""


@dataclass(slots=True)
class _Number:
    """A number that is learned step by step: normal, by its mean and variance."""

    mean: float
    variance: float

    def learn(self, surprise: float, noise: float) -> None:
        gain = self.variance / noise if noise > 0 else 0.0
        self.mean += gain * surprise
        self.variance *= 1 - gain

    def belief(self) -> Belief:
        return Belief(mean=self.mean, deviation=float(np.sqrt(self.variance)))


@dataclass(slots=True)
class _History:
    """Finished visits, field by field."""

    service: list[str] = field(default_factory=list)
    clerk: list[str] = field(default_factory=list)
    day: list[int] = field(default_factory=list)
    logarithm: list[float] = field(default_factory=list)

    def add(self, service: str, clerk: str, day: int, logarithm: float) -> None:
        self.service.append(service)
        self.clerk.append(clerk)
        self.day.append(day)
        self.logarithm.append(logarithm)

    def cut(self) -> None:
        for column in (self.service, self.clerk, self.day, self.logarithm):
            del column[:-MOST_VISITS]


class OccupancyLearner:
    """Learns from each finished visit at once, and takes all of them apart once a day."""

    def __init__(self, branch: Branch) -> None:
        self._history = _History()
        self._between = Recent(MOST_GAPS)
        self._response = Recent(MOST_GAPS)
        self._clerks: dict[str, _Number] = {}
        self._clerks_differ = CLERKS_DIFFER
        self._today = _Number(0.0, NEW_DAY**2)
        self._usual = 0.0
        self._day_deviation = NEW_DAY
        self._gap_tables: tuple[int, Numbers, Numbers] | None = None
        self.plan(branch)

    def plan(self, branch: Branch) -> None:
        """Begin with what ``branch`` configured, then with what its visits say."""
        services = known_services(branch)
        self._codes = [service.code for service in services]
        self._believed, self._scale = configured_logarithms(branch)
        self._services = {
            code: _Number(float(mean), float(scale) ** 2 / BELIEF)
            for code, mean, scale in zip(self._codes, self._believed, self._scale, strict=True)
        }
        self._scales = dict(zip(self._codes, self._scale.tolist(), strict=True))
        self._residual = np.array([normal_table(s) for s in self._scale]).reshape(len(services), -1)

    def finished(self, service: ServiceCode, clerk: StaffCode, day: date, seconds: float) -> None:
        """Learn from one visit, from its call to its end."""
        if service not in self._services:
            return
        logarithm = float(np.log(max(seconds, SHORTEST)))
        self._history.add(service, clerk, day.toordinal(), logarithm)
        own = self._services[service]
        worker = self._clerks.setdefault(clerk, _Number(0.0, self._clerks_differ**2))
        surprise = logarithm - own.mean - worker.mean - self._today.mean
        noise = (
            own.variance
            + worker.variance
            + self._today.variance
            + max(self._scales[service], 0.05) ** 2
        )
        for number in (own, worker, self._today):
            number.learn(surprise, noise)
        if abs(self._today.mean - self._usual) > UNUSUAL * self._day_deviation:
            # Days like this one have not been seen: what past days taught about it holds less.
            self._today.variance += (UNUSUAL_STEP * self._day_deviation) ** 2

    def called_after(self, seconds: float, *, was_idle: bool) -> None:
        """Learn from one call: how long the counter was free, or how soon it responded."""
        (self._response if was_idle else self._between).add(max(seconds, 0.0))

    def begin_day(self, day: date) -> None:
        """Take all visits apart, before the first of ``day``."""
        self._history.cut()
        history = self._history
        known = [number for number, code in enumerate(history.service) if code in self._services]
        if not known:
            self._today = _Number(0.0, NEW_DAY**2)
            return
        clerks = sorted({history.clerk[number] for number in known})
        days = sorted({history.day[number] for number in known})
        service_at: dict[str, int] = {code: place for place, code in enumerate(self._codes)}
        clerk_at = {code: place for place, code in enumerate(clerks)}
        day_at = {ordinal: place for place, ordinal in enumerate(days)}
        ordinals = np.array([history.day[number] for number in known], dtype=np.float64)
        fit = fitted(
            Visits(
                logarithm=np.array([history.logarithm[number] for number in known]),
                service=np.array([service_at[history.service[n]] for n in known], dtype=np.intp),
                clerk=np.array([clerk_at[history.clerk[n]] for n in known], dtype=np.intp),
                day=np.array([day_at[history.day[n]] for n in known], dtype=np.intp),
                age=day.toordinal() - ordinals,
            ),
            self._believed,
            self._scale,
            len(clerks),
            len(days),
        )
        for place, code in enumerate(self._codes):
            self._services[code] = _Number(fit.mean[place], fit.deviation[place] ** 2)
            self._scales[code] = float(fit.scale[place])
        self._residual = fit.residual
        self._clerks_differ = fit.clerks_differ
        self._clerks = {
            code: _Number(fit.clerk[place], fit.clerk_deviation[place] ** 2 + CLERKS_DAY**2)
            for code, place in clerk_at.items()
        }
        self._usual = fit.day_mean
        self._day_deviation = fit.day_deviation
        self._today = _Number(fit.day_mean, fit.day_deviation**2)

    def knowledge(self) -> Occupancy:
        """What is known now."""
        between, response = self._tables()
        return Occupancy(
            mean=np.array([self._services[code].mean for code in self._codes]),
            deviation=np.sqrt([self._services[code].variance for code in self._codes]),
            residual=self._residual,
            clerks={StaffCode(code): n.belief() for code, n in self._clerks.items()},
            unknown_clerk=Belief(deviation=self._clerks_differ),
            today=self._today.belief(),
            between=between,
            response=response,
        )

    def slower(self) -> float | None:
        """By what share visits take longer today than usual, when it is worth a word."""
        share = float(np.exp(self._today.mean) - 1)
        certainty = abs(self._today.mean) / max(float(np.sqrt(self._today.variance)), 1e-6)
        if abs(share) < DRIFT_NOTICED or certainty < DRIFT_CERTAIN:
            return None
        return share

    def _tables(self) -> tuple[Numbers, Numbers]:
        seen = len(self._between) + len(self._response)
        if self._gap_tables is None or abs(seen - self._gap_tables[0]) >= GAPS_AFRESH:
            never = constant(0)
            self._gap_tables = (
                seen,
                self._between.table(never, belief=GAPS_BELIEF),
                self._response.table(never, belief=GAPS_BELIEF),
            )
        return self._gap_tables[1:]

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON knows it."""
        history = self._history
        history.cut()
        return {
            "service": history.service,
            "clerk": history.clerk,
            "day": history.day,
            "logarithm": [round(value, 4) for value in history.logarithm],
            "between": self._between.rounded(),
            "response": self._response.rounded(),
            "today": [self._today.mean, self._today.variance],
            "services": {code: [n.mean, n.variance] for code, n in self._services.items()},
            "clerks": {code: [n.mean, n.variance] for code, n in self._clerks.items()},
        }

    def read(self, stored: dict[str, Any], day: date) -> None:
        """Take over what :meth:`to_json` gave, on ``day``."""
        self._history = _History(
            service=list(stored["service"]),
            clerk=list(stored["clerk"]),
            day=list(stored["day"]),
            logarithm=list(stored["logarithm"]),
        )
        self._between = Recent(MOST_GAPS, stored["between"])
        self._response = Recent(MOST_GAPS, stored["response"])
        self._gap_tables = None
        self.begin_day(day)
        self._today = _Number(*stored["today"])
        for code, numbers in stored["services"].items():
            if code in self._services:
                self._services[code] = _Number(*numbers)
        self._clerks |= {code: _Number(*numbers) for code, numbers in stored["clerks"].items()}
