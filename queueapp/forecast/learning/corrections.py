"""Whether a learned correction would have been better here, day after day, before it is used."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from queueapp.domain.words import TicketId
from queueapp.forecast.arrays import Numbers, Seconds
from queueapp.forecast.calibration import CHANCES
from queueapp.forecast.correction import MIDDLE, Correction, Trees, learned_series

MOST = 8_000
"""People whose waits are learned from."""
FEWEST = 400
DAYS_TO_PROVE = 10
DAYS_WON = 0.6
"""Of those days it was better on at least this share …"""
BETTER = 0.99
"""… and its loss on all of them was at most so many times the other's."""
FEW_ON_A_DAY = 20
LATELY = 0.1
"""What the last call adds to the averages of late."""


@dataclass(frozen=True, slots=True)
class _Told:
    made_at: datetime
    features: Numbers
    simulated: Seconds
    corrected: Seconds | None


class CorrectionLearner:
    """Learns over night from all days before; proves itself on the day after."""

    def __init__(self) -> None:
        self._told: dict[TicketId, _Told] = {}
        self._features: list[list[float]] = []
        self._waits: list[float] = []
        self._today = np.zeros(3)
        """Loss of the simulation, loss of the correction, people."""
        self._days: list[list[float]] = []
        self._correction: Correction | None = None
        self._recent, self._recent_miss = 0.0, 0.0

    def predicted(
        self,
        features: Mapping[TicketId, Numbers],
        simulated: Mapping[TicketId, Seconds],
        at: datetime,
    ) -> None:
        """Remember the first prediction of each ticket, and what the correction made of it."""
        for ticket, own in features.items():
            if ticket in self._told:
                continue
            corrected = None
            if self._correction is not None:
                corrected = self._correction.quantiles(own[np.newaxis])[0]
            self._told[ticket] = _Told(at, own, simulated[ticket], corrected)

    def called(self, ticket: TicketId, at: datetime, *, shortest: float) -> None:
        """The wait is over: count who was nearer."""
        told = self._told.pop(ticket, None)
        if told is None:
            return
        wait = (at - told.made_at).total_seconds()
        if wait < shortest:
            return
        self._features.append(told.features.tolist())
        self._waits.append(wait)
        miss = float(np.log1p(wait) - np.log1p(told.simulated[MIDDLE]))
        self._recent += LATELY * (wait - self._recent)
        self._recent_miss += LATELY * (np.clip(miss, -2.0, 2.0) - self._recent_miss)
        if told.corrected is not None:
            self._today += [_loss(told.simulated, wait), _loss(told.corrected, wait), 1.0]

    def gone(self, ticket: TicketId) -> None:
        """Nobody will ever know how long this one would have waited."""
        self._told.pop(ticket, None)

    def begin_day(self) -> None:
        """Count yesterday, then learn anew."""
        if self._today[2] >= FEW_ON_A_DAY:
            self._days.append(self._today.tolist())
            del self._days[:-DAYS_TO_PROVE]
        self._today = np.zeros(3)
        self._told.clear()
        del self._features[:-MOST], self._waits[:-MOST]
        self._learn()

    def _learn(self) -> None:
        if len(self._waits) >= FEWEST:
            series = learned_series(np.array(self._features), np.array(self._waits))
            self._correction = Correction(series=series, is_used=self._is_proved())

    def _is_proved(self) -> bool:
        if len(self._days) < DAYS_TO_PROVE:
            return False
        days = np.array(self._days)
        won = float((days[:, 1] < days[:, 0]).mean())
        return won >= DAYS_WON and float(days[:, 1].sum()) <= BETTER * float(days[:, 0].sum())

    def knowledge(self) -> Correction:
        """What is known now."""
        if self._correction is None:
            return Correction(series=(), recent=self._recent, recent_miss=self._recent_miss)
        return replace(self._correction, recent=self._recent, recent_miss=self._recent_miss)

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON knows it."""
        return {
            "features": np.round(np.array(self._features[-MOST:]), 3).tolist(),
            "waits": [round(wait, 1) for wait in self._waits[-MOST:]],
            "today": self._today.tolist(),
            "days": self._days,
            "recent": [self._recent, float(self._recent_miss)],
            "series": None if self._correction is None else _series_to_json(self._correction),
            "told": [
                [
                    str(ticket),
                    told.made_at.isoformat(),
                    told.features.tolist(),
                    told.simulated.tolist(),
                ]
                for ticket, told in self._told.items()
            ],
        }

    def read(self, stored: dict[str, Any]) -> None:
        """Take over what :meth:`to_json` gave."""
        self._features, self._waits = list(stored["features"]), list(stored["waits"])
        self._today = np.array(stored["today"])
        self._days = list(stored["days"])
        self._recent, self._recent_miss = stored["recent"]
        series = stored.get("series")
        if series is None:
            self._learn()
        else:
            self._correction = Correction(series=_series_of(series), is_used=self._is_proved())
        self._told = {
            TicketId(UUID(ticket)): _Told(
                datetime.fromisoformat(at), np.array(features), np.array(simulated), None
            )
            for ticket, at, features, simulated in stored["told"]
        }


def _series_to_json(correction: Correction) -> list[list[Any]]:
    return [
        [trees.base, trees.feature.tolist(), trees.threshold.tolist(), trees.leaf.tolist()]
        for trees in correction.series
    ]


def _series_of(stored: list[list[Any]]) -> tuple[Trees, ...]:
    return tuple(
        Trees(
            base=base,
            feature=np.array(feature, dtype=np.intp).reshape(-1, 3),
            threshold=np.array(threshold, dtype=np.float64).reshape(-1, 3),
            leaf=np.array(leaf, dtype=np.float64).reshape(-1, 4),
        )
        for base, feature, threshold, leaf in stored
    )


def _loss(quantiles: Seconds, wait: float) -> float:
    """The pinball loss over all chances."""
    left = wait - quantiles
    return float(np.maximum(np.array(CHANCES) * left, (np.array(CHANCES) - 1) * left).sum())
