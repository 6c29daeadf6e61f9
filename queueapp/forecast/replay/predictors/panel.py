"""All established predictors side by side: asked at each arrival, told each call and each end."""

from dataclasses import dataclass, field
from datetime import datetime

from queueapp.domain.branch import Branch
from queueapp.domain.estimate import Estimate
from queueapp.domain.words import CounterNumber, ServiceCode, TicketId
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.replay.predictors import formulas
from queueapp.forecast.replay.predictors.arrival import Arrival
from queueapp.forecast.replay.predictors.formulas import Formula
from queueapp.forecast.replay.predictors.q_lasso import QLasso
from queueapp.forecast.replay.predictors.ranges import ErrorRange
from queueapp.forecast.replay.predictors.record import Line, Record

Q_LASSO = "q_lasso"
FORMULAS: dict[str, Formula] = {
    "people_ahead_configured": formulas.people_ahead_configured,
    "people_ahead_learned": formulas.people_ahead_learned,
    "last_10_waits": formulas.last_ten,
    "last_to_enter_service": formulas.last_to_enter_service,
    "head_of_line": formulas.head_of_line,
    "queue_length": formulas.queue_length,
    "queue_length_changing_staff": formulas.queue_length_changing_staff,
    "weekday_hour_mean": formulas.weekday_hour,
}
NAMES = (*FORMULAS, Q_LASSO)
QUEUED = 1.0
"""Seconds from which on somebody had to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    line: Line
    arrived: datetime
    predicted: dict[str, float]
    features: Numbers


@dataclass(slots=True)
class Panel:
    """The established predictors of one branch."""

    branch: Branch
    record: Record = field(init=False)
    _q_lasso: QLasso = field(init=False)
    _ranges: dict[str, ErrorRange] = field(init=False)
    _asked: dict[TicketId, _Asked] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.record = Record(self.branch)
        self._q_lasso = QLasso(self.branch)
        self._ranges = {name: ErrorRange() for name in NAMES}

    def plan_changed(self, branch: Branch) -> None:
        """The branch is another one now, with the same services and categories."""
        self.branch = branch
        self.record.branch = branch

    def day_began(self) -> None:
        """Learn from the days before."""
        self.record.day_began()
        self._q_lasso.day_began()
        for errors in self._ranges.values():
            errors.day_began()
        self._asked.clear()

    def estimates(self, ticket: TicketId, arrival: Arrival) -> dict[str, Estimate]:
        """What each predictor says to somebody who has just come."""
        predicted = {name: formula(arrival, self.record) for name, formula in FORMULAS.items()}
        predicted[Q_LASSO], features = self._q_lasso.predicted(arrival, self.record)
        self._asked[ticket] = _Asked(
            line=(arrival.service, arrival.category),
            arrived=arrival.now,
            predicted=predicted,
            features=features,
        )
        return {name: self._ranges[name].around(value) for name, value in predicted.items()}

    def was_called(self, ticket: TicketId, counter: CounterNumber, now: datetime) -> None:
        """Somebody was called: each predictor learns how far it was off."""
        asked = self._asked.pop(ticket, None)
        if asked is None:
            return
        self.record.was_called(asked.line, counter, arrived=asked.arrived, now=now)
        wait = (now - asked.arrived).total_seconds()
        if wait < QUEUED:
            return
        self._q_lasso.was_called(asked.features, wait)
        for name, value in asked.predicted.items():
            self._ranges[name].was_called(value, wait)

    def was_freed(
        self, service: ServiceCode, counter: CounterNumber, *, called: datetime, now: datetime
    ) -> None:
        """A counter is done with somebody."""
        seconds = (now - called).total_seconds()
        self.record.was_freed(service, counter, seconds=seconds, now=now)

    def has_left(self, ticket: TicketId, now: datetime) -> None:
        """Somebody gave up waiting."""
        asked = self._asked.pop(ticket, None)
        if asked is not None:
            self.record.has_left((now - asked.arrived).total_seconds())
