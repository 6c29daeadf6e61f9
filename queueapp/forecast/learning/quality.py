"""How good predictions were: what was predicted for whom, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np

from queueapp.domain.branch import Branch
from queueapp.domain.words import ServiceCode, TicketId
from queueapp.forecast.arrays import Seconds
from queueapp.forecast.calibration import GRID, Calibration, calibrated, level_of
from queueapp.forecast.knowledge import known_services

DAYS = 20
"""Predictions of so many days are looked at, never those of the same day."""
MOST = 20_000
SHORTEST = 1.0
"""Seconds: who waited less found a free counter, and says nothing about predictions."""


@dataclass(frozen=True, slots=True)
class _Promise:
    raw: Seconds
    made_at: datetime
    service: ServiceCode
    hour: int


class QualityLearner:
    """Keeps the PIT of every prediction whose ticket was called."""

    def __init__(self, branch: Branch) -> None:
        self._promises: dict[TicketId, _Promise] = {}
        self._scores: list[tuple[int, float, float, str, int]] = []
        """Day, PIT, predicted median, service, hour."""
        self._calibration = Calibration()
        self.plan(branch)

    def plan(self, branch: Branch) -> None:
        """The services of ``branch``."""
        self._codes = [service.code for service in known_services(branch)]

    def predicted(
        self,
        raw: Mapping[TicketId, Seconds],
        made_at: datetime,
        services: Mapping[TicketId, ServiceCode],
        hour: int,
    ) -> None:
        """Remember the first prediction of each ticket."""
        for ticket, quantiles in raw.items():
            if ticket not in self._promises and ticket in services:
                self._promises[ticket] = _Promise(quantiles, made_at, services[ticket], hour)

    def called(self, ticket: TicketId, at: datetime) -> None:
        """The wait is over: keep how likely it was to be no longer."""
        promise = self._promises.pop(ticket, None)
        if promise is None:
            return
        wait = (at - promise.made_at).total_seconds()
        if wait < SHORTEST:
            return
        score = (
            promise.made_at.date().toordinal(),
            level_of(promise.raw, wait),
            float(promise.raw[GRID // 2]),
            promise.service,
            promise.hour,
        )
        self._scores.append(score)

    def gone(self, ticket: TicketId) -> None:
        """Nobody will ever know how long this one would have waited."""
        self._promises.pop(ticket, None)

    def begin_day(self, day: date) -> None:
        """Calibrate by the last days' predictions; nobody waits over night."""
        self._promises.clear()
        first = day.toordinal() - DAYS
        self._scores = [score for score in self._scores[-MOST:] if score[0] >= first]
        places: dict[str, int] = {code: place for place, code in enumerate(self._codes)}
        known = [score for score in self._scores if score[3] in places]
        if not known:
            self._calibration = Calibration()
            return
        self._calibration = calibrated(
            np.array([score[1] for score in known]),
            np.array([score[2] for score in known]),
            np.array([places[score[3]] for score in known], dtype=np.intp),
            np.array([score[4] for score in known], dtype=np.intp),
        )

    def knowledge(self) -> Calibration:
        """What is known now."""
        return self._calibration

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON knows it."""
        return {
            "scores": [
                [day, round(level, 5), round(size, 1), service, hour]
                for day, level, size, service, hour in self._scores[-MOST:]
            ],
            "promises": [
                [str(t), np.round(p.raw, 1).tolist(), p.made_at.isoformat(), p.service, p.hour]
                for t, p in self._promises.items()
            ],
        }

    def read(self, stored: dict[str, Any], day: date) -> None:
        """Take over what :meth:`to_json` gave, on ``day``."""
        self._scores = [
            (day, level, size, service, hour)
            for day, level, size, service, hour in stored["scores"]
        ]
        # Calibrated as on that morning: the scores of the day itself are not looked at.
        kept = self._scores
        self._scores = [score for score in kept if score[0] < day.toordinal()]
        self.begin_day(day)
        self._scores = kept
        self._promises = {
            TicketId(UUID(ticket)): _Promise(
                np.array(raw), datetime.fromisoformat(made_at), ServiceCode(service), hour
            )
            for ticket, raw, made_at, service, hour in stored["promises"]
        }
