"""Who does not come, who leaves unseen, who goes on with another service, who is put on hold."""

from collections import defaultdict
from typing import Any

import numpy as np

from queueapp.domain.branch import Branch
from queueapp.domain.words import ServiceCode
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.knowledge import Losses, known_services
from queueapp.forecast.learning.recent import KEPT_PER_DAY, Recent
from queueapp.forecast.quantile_table import constant, exponential_table

WAIT_EDGES = (60.0, 180.0, 360.0, 600.0, 900.0, 1500.0, 2400.0, 3600.0)
"""Seconds: the chance not to come is counted between these waits."""
BELIEVED = 30.0
"""That everybody comes is believed like so many calls."""
FEW_GO_ON = 20.0
"""That nobody goes on is believed like so many visits."""
FEW_LEAVE = 4 * 3600.0
"""That nobody leaves is believed like so many seconds of waiting."""
SPREAD_WAIT = 900.0
"""Seconds: at how long a wait a belief about the slope is made."""
FEW = 10.0


class LossLearner:
    """Counts that halve every 25 days."""

    def __init__(self, branch: Branch) -> None:
        parts = len(WAIT_EDGES) + 1
        self._calls, self._missed, self._waits = (np.zeros(parts) for _ in range(3))
        self._cost = Recent(500)
        self._hold = Recent(300)
        self._held, self._resumed = 0.0, 0.0
        self._left, self._waited = 0.0, 0.0
        self._visits: defaultdict[str, float] = defaultdict(float)
        self._onward: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.plan(branch)

    def plan(self, branch: Branch) -> None:
        """The services of ``branch``."""
        self._codes = [service.code for service in known_services(branch)]

    def answered(self, wait: float, *, came: bool) -> None:
        """Somebody was called after ``wait`` seconds."""
        part = int(np.searchsorted(WAIT_EDGES, wait, side="right"))
        self._calls[part] += 1
        self._waits[part] += wait
        self._missed[part] += not came
        self._waited += wait

    def missed_for(self, seconds: float) -> None:
        """A call that nobody answered was given up after ``seconds``."""
        self._cost.add(seconds)

    def left(self, wait: float) -> None:
        """Somebody left unseen after ``wait`` seconds."""
        self._left += 1
        self._waited += wait

    def visited(self, service: ServiceCode) -> None:
        """A visit for ``service`` is over."""
        self._visits[service] += 1

    def went_on(self, service: ServiceCode, following: ServiceCode) -> None:
        """Somebody who was served stands in line again."""
        self._onward[service, following] += 1

    def held(self) -> None:
        """Somebody was put on hold."""
        self._held += 1

    def resumed(self, seconds: float) -> None:
        """… and is back in hand."""
        self._resumed += 1
        self._hold.add(seconds)

    def begin_day(self) -> None:
        """Forget a little."""
        self._calls *= KEPT_PER_DAY
        self._missed *= KEPT_PER_DAY
        self._waits *= KEPT_PER_DAY
        self._held *= KEPT_PER_DAY
        self._resumed *= KEPT_PER_DAY
        self._left *= KEPT_PER_DAY
        self._waited *= KEPT_PER_DAY
        for service in self._visits:
            self._visits[service] *= KEPT_PER_DAY
        for pair in self._onward:
            self._onward[pair] *= KEPT_PER_DAY

    def knowledge(self) -> Losses:
        """What is known now."""
        onward = np.array(
            [[self._onward.get((a, b), 0.0) for b in self._codes] for a in self._codes]
        ).reshape(len(self._codes), len(self._codes))
        visits = np.array([self._visits.get(code, 0.0) for code in self._codes])
        going = onward.sum(axis=1)
        return Losses(
            no_show=self._no_show(),
            no_show_cost=self._cost.table(constant(60), belief=FEW),
            leaving=self._left / (self._waited + FEW_LEAVE),
            goes_on=np.minimum(going / (visits + FEW_GO_ON), 0.9),
            goes_on_with=onward / np.maximum(going, 1e-9)[:, np.newaxis],
            hold=self._hold.table(exponential_table(600), belief=FEW),
            comes_back=min((self._resumed + 4.0) / (self._held + 5.0), 1.0),
        )

    def _no_show(self) -> Numbers:
        """A straight line through the shares, weighted, towards none; neither part below 0."""
        calls = np.maximum(self._calls, 1e-9)
        waits, shares = self._waits / calls, self._missed / calls
        weight = self._calls
        normal = np.array(
            [
                [weight.sum() + BELIEVED, weight @ waits],
                [weight @ waits, weight @ waits**2 + BELIEVED * SPREAD_WAIT**2],
            ]
        )
        intercept, slope = np.linalg.solve(
            normal, np.array([weight @ shares, weight @ (waits * shares)])
        )
        if slope < 0:
            return np.array([self._missed.sum() / (self._calls.sum() + BELIEVED), 0.0])
        if intercept < 0:
            return np.array([0.0, weight @ (waits * shares) / normal[1, 1]])
        return np.array([intercept, slope])

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON knows it."""
        return {
            "calls": self._calls.tolist(),
            "missed": self._missed.tolist(),
            "waits": self._waits.tolist(),
            "cost": self._cost.rounded(),
            "hold": self._hold.rounded(),
            "numbers": [self._held, self._resumed, self._left, self._waited],
            "visits": dict(self._visits),
            "onward": [[a, b, count] for (a, b), count in self._onward.items()],
        }

    def read(self, stored: dict[str, Any]) -> None:
        """Take over what :meth:`to_json` gave."""
        self._calls, self._missed, self._waits = (
            np.array(stored[name], dtype=np.float64) for name in ("calls", "missed", "waits")
        )
        self._cost = Recent(500, stored["cost"])
        self._hold = Recent(300, stored["hold"])
        self._held, self._resumed, self._left, self._waited = stored["numbers"]
        self._visits.update(stored["visits"])
        self._onward.update({(a, b): count for a, b, count in stored["onward"]})
