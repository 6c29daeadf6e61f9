"""What the established predictors learn from the days gone by and from today so far."""

from collections import defaultdict, deque
from datetime import datetime
from statistics import fmean

from queueapp.domain.branch import Branch
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode

LAST = 10
LONGEST_GAP = 180.0
"""Seconds between the end of one service and the next call that still belong to the work."""
CONFIGURED_WEIGHT = 5.0
"""Visits that the configured mean counts for, until enough were seen."""

Line = tuple[ServiceCode, CategoryCode]


class Mean:
    """A running mean."""

    def __init__(self) -> None:
        self.count = 0
        self.total = 0.0

    def add(self, value: float) -> None:
        """One more."""
        self.count += 1
        self.total += value

    def value(self, prior: float, weight: float) -> float:
        """The mean, drawn towards ``prior`` as if that had been seen ``weight`` times."""
        return (self.total + weight * prior) / (self.count + weight)


class Record:
    """Waits, lengths of service and people who gave up, in the order in which they were seen."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.entered: dict[Line, tuple[datetime, float]] = {}
        """When somebody of a line was last called today, and after what wait in seconds."""
        self.last_waits: dict[ServiceCode, deque[float]] = defaultdict(lambda: deque(maxlen=LAST))
        self.hours: dict[tuple[ServiceCode, int, int], Mean] = defaultdict(Mean)
        """Waits of those who queued by service, weekday and hour of arrival."""
        self.all_waits: dict[ServiceCode, Mean] = defaultdict(Mean)
        self._lengths: dict[ServiceCode, Mean] = defaultdict(Mean)
        self._gap = Mean()
        self._freed: dict[CounterNumber, datetime] = {}
        self._waited_in_all = 1.0
        self._left = 0

    def day_began(self) -> None:
        """Waits of yesterday say nothing of the queue of today."""
        self.entered.clear()
        self.last_waits.clear()
        self._freed.clear()

    def was_called(
        self,
        line: Line,
        counter: CounterNumber,
        *,
        arrived: datetime,
        now: datetime,
    ) -> None:
        """Somebody of ``line`` was called."""
        wait = (now - arrived).total_seconds()
        service, _ = line
        self.entered[line] = (now, wait)
        self.last_waits[service].append(wait)
        self._waited_in_all += wait
        freed = self._freed.pop(counter, None)
        if wait < 1:
            return
        local = self.branch.local(arrived)
        self.hours[service, local.weekday(), local.hour].add(wait)
        self.all_waits[service].add(wait)
        gap = None if freed is None or freed < arrived else (now - freed).total_seconds()
        if gap is not None and gap <= LONGEST_GAP:
            self._gap.add(gap)

    def was_freed(
        self, service: ServiceCode, counter: CounterNumber, *, seconds: float, now: datetime
    ) -> None:
        """``counter`` ended with somebody who had been called ``seconds`` ago."""
        self._lengths[service].add(seconds)
        self._freed[counter] = now

    def has_left(self, waited: float) -> None:
        """Somebody gave up after ``waited`` seconds."""
        self._left += 1
        self._waited_in_all += waited

    def mean(self, service: ServiceCode) -> float:
        """Seconds from call to next call possible, as far as it was seen."""
        configured = self.branch.service(service).mean.total_seconds()
        length = self._lengths[service].value(configured, CONFIGURED_WEIGHT)
        return max(length + self._gap.value(0.0, CONFIGURED_WEIGHT), 1.0)

    @property
    def giving_up(self) -> float:
        """How many of those who wait give up per second of waiting."""
        return self._left / self._waited_in_all

    def last_wait(self, line: Line) -> float:
        """The wait of whoever of ``line`` was called last; of any line, before that; or 0."""
        if line in self.entered:
            return self.entered[line][1]
        service, _ = line
        near = [entry for key, entry in self.entered.items() if key[0] == service]
        entries = near or list(self.entered.values())
        return max(entries, default=(None, 0.0), key=lambda entry: entry[0])[1] if entries else 0.0

    def mean_of_last(self, service: ServiceCode) -> float:
        """The mean of today's last ten waits for ``service``; of all services before the first."""
        waits = self.last_waits.get(service)
        if not waits:
            waits = deque(wait for others in self.last_waits.values() for wait in others)
        return fmean(waits) if waits else 0.0
