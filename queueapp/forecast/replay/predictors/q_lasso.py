"""Q-Lasso: a lasso over what the queue looks like and what queueing formulas say of it.

E. Ang, S. Kwasnick, M. Bayati, E. Plambeck, M. Aratow, "Accurate emergency department wait time
prediction", Manufacturing & Service Operations Management 18 (2016). As there, the candidates are
queue lengths by kind, staff, the time of the week, moving averages and fluid-model estimators; the
regression is fitted anew each night to the visits of the days before that had to queue.
"""

import numpy as np

from queueapp.domain.branch import Branch
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.replay.predictors import formulas
from queueapp.forecast.replay.predictors.arrival import Arrival
from queueapp.forecast.replay.predictors.lasso import Line, fitted
from queueapp.forecast.replay.predictors.record import Record

ENOUGH = 200
"""Visits from which on a regression is fitted; before that, the answer is QL's."""
MOST = 20_000
"""The latest visits that a regression is fitted to."""
SOON = 1800.0
"""Seconds ahead at which the planned staff counts."""


class QLasso:
    """The regression of one branch."""

    def __init__(self, branch: Branch) -> None:
        self._services = [service.code for service in branch.services]
        self._categories = [category.code for category in branch.categories]
        self._features: list[Numbers] = []
        self._waits: list[float] = []
        self._line: Line | None = None

    def predicted(self, arrival: Arrival, record: Record) -> tuple[float, Numbers]:
        """Seconds, and the features behind them (shape: features)."""
        features = self._features_of(arrival, record)
        if self._line is None:
            return formulas.queue_length(arrival, record), features
        return max(float(self._line.at(features[np.newaxis])[0]), 0.0), features

    def was_called(self, features: Numbers, wait: float) -> None:
        """Somebody with these features had to wait for ``wait`` seconds."""
        self._features.append(features)
        self._waits.append(wait)

    def day_began(self) -> None:
        """Fit anew to the days before."""
        if len(self._waits) >= ENOUGH:
            del self._features[:-MOST], self._waits[:-MOST]
            self._line = fitted(np.array(self._features), np.array(self._waits))

    def _features_of(self, arrival: Arrival, record: Record) -> Numbers:
        hands = [service for service, _ in arrival.in_hand]
        work = formulas.people_ahead_learned(arrival, record)
        in_hand_work = sum(max(record.mean(s) - sec, 0.0) for s, sec in arrival.in_hand)
        length = formulas.queue_length(arrival, record)
        soon = [number for seconds, number in arrival.staffing if seconds <= SOON]
        ratio = 1.0 / max(arrival.counters, 1)
        services = [float(arrival.service == code) for code in self._services]
        categories = [float(arrival.category == code) for code in self._categories]
        hours = [float(arrival.local.hour == hour) for hour in range(24)]
        weekdays = [float(arrival.local.weekday() == day) for day in range(7)]
        return np.array(
            [
                work,
                work + in_hand_work * ratio,
                length,
                formulas.queue_length_changing_staff(arrival, record),
                formulas.last_ten(arrival, record),
                formulas.last_to_enter_service(arrival, record),
                formulas.head_of_line(arrival, record),
                formulas.weekday_hour(arrival, record),
                arrival.people_ahead,
                arrival.people_ahead * ratio,
                sum(arrival.waiting.values()),
                arrival.counters,
                ratio,
                arrival.free,
                arrival.open_counters,
                soon[-1] if soon else arrival.counters,
                *(arrival.ahead.get(code, 0) for code in self._services),
                *(arrival.waiting.get(code, 0) for code in self._services),
                *(hands.count(code) for code in self._services),
                *services,
                *categories,
                *hours,
                *weekdays,
                *(length * own for own in services),
                *(length * own for own in categories),
                *(work * own for own in categories),
                *(length * hour for hour in hours),
            ],
            dtype=np.float64,
        )
