"""The forecaster's second task: advice, the rest of the day and how good the promises were.

It is done in small steps between two estimates, so that nobody's estimate waits for it.
"""

import time
from collections.abc import Callable, Generator, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from queueapp.domain.accuracy import PastAccuracy
from queueapp.domain.live import LiveBranch
from queueapp.domain.outlook import Outlook
from queueapp.domain.words import BranchId
from queueapp.forecast.advice.deliberation import Question, deliberate
from queueapp.forecast.advice.rest_of_day import rest_of_day, with_needs
from queueapp.forecast.advice.staffing import counters_needed, counts
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.planned_day import end_of_day

AGAIN_AFTER = timedelta(seconds=60)
"""On the branch's clock: then what was said about it is thought over."""
REST = 5.0
"""Real seconds between two deliberations at the least; each takes about half a second of work."""
STAFFING_AFTER = timedelta(minutes=10)
"""On the branch's clock: how many counters the day takes changes slowly, and takes longest."""


class PastPromises(Protocol):
    """Where the promises of earlier days are read."""

    def past_accuracy(self, branch: BranchId, today: date) -> PastAccuracy | None:
        """The 30 days before ``today``; raises ``StoreUnavailable``.

        ``None`` when nothing was promised in them.
        """


class Outlooks:
    """Makes an outlook of one branch again and again, a step at a time."""

    def __init__(
        self,
        branch_id: BranchId,
        promises: PastPromises | None = None,
        *,
        real_seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.latest: Outlook | None = None
        self._branch_id = branch_id
        self._promises = promises
        self._real_seconds = real_seconds
        self._thinking: Generator[None, None, Outlook] | None = None
        self._about: LiveBranch | None = None
        self._ended = -REST
        self._accuracy: PastAccuracy | None = None
        self._accuracy_of: object = None
        self._needs: tuple[datetime, Mapping[datetime, int]] | None = None

    def step(self, live: LiveBranch, now: datetime, knowledge: Callable[[], Knowledge]) -> bool:
        """Do a little; ``True`` when :attr:`latest` is a new outlook.

        Raises ``StoreUnavailable``.
        """
        if self._thinking is None:
            if not self._is_due(live, now):
                return False
            self._about = live
            self._thinking = self._think(live, now, knowledge())
        try:
            next(self._thinking)
        except StopIteration as done:
            self._thinking, self._ended = None, self._real_seconds()
            self.latest = done.value
            return True
        except BaseException:
            self._thinking = None
            raise
        return False

    def _is_due(self, live: LiveBranch, now: datetime) -> bool:
        if self._real_seconds() - self._ended < REST:
            return False
        if self.latest is None or self._about is None:
            return True
        is_steered = self._about.branch is not live.branch or self._about.desks != live.desks
        return is_steered or abs(now - self.latest.made_at) >= AGAIN_AFTER

    def _think(
        self, live: LiveBranch, now: datetime, knowledge: Knowledge
    ) -> Generator[None, None, Outlook]:
        accuracy = self._past_accuracy(live)
        yield
        question = Question(live=live, now=now, knowledge=knowledge)
        advice = yield from deliberate(question)
        ahead = rest_of_day(question)
        yield
        if self._needs is None or abs(now - self._needs[0]) >= STAFFING_AFTER:
            needed = yield from counters_needed(question, now, end_of_day(live, now))
            self._needs = now, counts(needed)
        return Outlook(
            made_at=now,
            ahead=with_needs(ahead, self._needs[1]),
            advice=advice,
            slower=knowledge.slower,
            accuracy=accuracy,
        )

    def _past_accuracy(self, live: LiveBranch) -> PastAccuracy | None:
        """Read once a day: earlier days do not change."""
        if self._promises is not None and self._accuracy_of != live.day:
            self._accuracy = self._promises.past_accuracy(self._branch_id, live.day)
            self._accuracy_of = live.day
        return self._accuracy
