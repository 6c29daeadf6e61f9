"""What is due when."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Deed = Callable[[datetime], None]
"""Something to do; it is given the time at which it is done."""


class Agenda:
    """Deeds in the order of their times; of the same time, in the order in which they came."""

    def __init__(self) -> None:
        self._due: list[tuple[datetime, int, Deed]] = []
        self._order = count()

    def add(self, at: datetime, deed: Deed) -> None:
        """Do ``deed`` at ``at``."""
        heappush(self._due, (at, next(self._order), deed))

    @property
    def next_at(self) -> datetime | None:
        """When something is due next."""
        return self._due[0][0] if self._due else None

    def do_due(self, now: datetime) -> None:
        """Do everything that is due by ``now``; what fails stays on the agenda."""
        while self._due and self._due[0][0] <= now:
            at, order, deed = heappop(self._due)
            try:
                deed(now)
            except BaseException:
                heappush(self._due, (at, order, deed))
                raise
