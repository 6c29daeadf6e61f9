"""A branch for a log that came without its ``branch.toml``: learned from the days gone by.

The words of the log (which services, categories and counters there are) are read at once, like a
plan would name them. What they mean is learned day by day, and only from what happened before:
which counter serves what, how long a service takes, who goes sooner and by how much.
"""

from collections import Counter as Tally
from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean, pstdev

from queueapp.domain.branch import Branch, Category, Counter, Policy, Service
from queueapp.domain.words import BranchId, CategoryCode, CounterNumber, ServiceCode, Text
from queueapp.forecast.replay.head_starts import HeadStarts
from queueapp.forecast.replay.log import DeskChange, Log, Visit

THINKS_FOR = 10
"""Days: after so many the branch is known, and its plan stays as it is, but for skills."""
UNKNOWN_MEAN = timedelta(minutes=5)
UNKNOWN_SPREAD = timedelta(minutes=4)
TARGET = timedelta(minutes=10)
"""Nothing depends on it in order of arrival."""
ENOUGH_SERVED = 20
NEVER_SERVES = 0.2
"""A counter that took less than this share of what its calls would make one expect of a service
does not serve it."""
ENOUGH_EXPECTED = 8.0
"""Calls of a service that must have been expected before their absence says anything."""
BY_APPOINTMENT = 0.5
"""Share of a category's visits that have an appointment."""


class InferredPlan:
    """The branch of ``log`` as far as its days so far tell."""

    def __init__(self, log: Log, time_zone: str) -> None:
        words = Tally(visit.service for visit in log.visits)
        words.update(slot.service for slot in log.bookings)
        self._services = {word: ServiceCode(word) for word in sorted(words)}
        kinds = Tally(visit.category for visit in log.visits)
        slots = Tally(v.category for v in log.visits if v.appointment_at is not None)
        self._categories = {word: CategoryCode(word) for word in sorted(kinds)}
        self._counters = _numbers(log.visits, log.desks or ())
        self._head_starts = HeadStarts(list(self._categories))
        self._days = 0
        self._calls: dict[str, Tally[str]] = {word: Tally() for word in self._counters}
        self._lengths: dict[str, list[float]] = {word: [] for word in self._services}
        self._branch = Branch(
            id=BranchId("replay"),
            name=Text({"en": "Replay"}),
            time_zone=time_zone,
            policy=Policy.FIFO,
            services=tuple(
                Service(
                    code=code,
                    name=Text({"en": word}),
                    target=TARGET,
                    mean=UNKNOWN_MEAN,
                    spread=UNKNOWN_SPREAD,
                )
                for word, code in self._services.items()
            ),
            categories=tuple(
                Category(
                    code=code,
                    name=Text({"en": word}),
                    by_appointment=slots[word] > BY_APPOINTMENT * kinds[word],
                )
                for word, code in self._categories.items()
            ),
            counters=tuple(
                Counter(number=number, services=tuple(self._services.values()))
                for number in sorted(set(self._counters.values()))
            ),
        )

    @property
    def branch(self) -> Branch:
        """As it is known today."""
        return self._branch

    def service(self, word: str) -> ServiceCode | None:
        """Any that the log names."""
        return self._services.get(word)

    def category(self, word: str) -> CategoryCode | None:
        """Any that the log names."""
        return self._categories.get(word)

    def counter(self, word: str) -> CounterNumber | None:
        """Any that the log names."""
        return self._counters.get(word)

    def day_begins(self, day: date) -> bool:
        """Skills are thought over every day, means and head starts on the first ones."""
        del day
        self._days += 1
        before = self._branch
        if self._days <= THINKS_FOR:
            self._branch = replace(
                self._branch, services=self._timed_services(), categories=self._ordered_categories()
            )
        self._branch = replace(self._branch, counters=self._skilled_counters())
        return self._branch != before

    def was_called(self, visit: Visit, waiting: list[Visit]) -> None:
        """Who was taken by which counter, before whom."""
        calls = self._calls[visit.counter]
        calls[visit.service] += 1
        if self._days <= THINKS_FOR:
            served = [other for other in waiting if other.service in calls]
            self._head_starts.was_preferred(visit, served)

    def was_served(self, visit: Visit) -> None:
        """How long it took, from the call."""
        if visit.called_at is not None and visit.ended_at is not None:
            seconds = (visit.ended_at - visit.called_at).total_seconds()
            self._lengths[visit.service].append(seconds)

    def _timed_services(self) -> tuple[Service, ...]:
        return tuple(self._timed(service) for service in self._branch.services)

    def _timed(self, service: Service) -> Service:
        lengths = self._lengths[service.code]
        if len(lengths) < ENOUGH_SERVED:
            return service
        return replace(
            service,
            mean=timedelta(seconds=round(max(fmean(lengths), 1.0))),
            spread=timedelta(seconds=round(max(pstdev(lengths), 1.0))),
        )

    def _ordered_categories(self) -> tuple[Category, ...]:
        head_starts = self._head_starts.learned()
        return tuple(
            replace(category, head_start=timedelta(seconds=head_starts[category.code]))
            for category in self._branch.categories
        )

    def _skilled_counters(self) -> tuple[Counter, ...]:
        all_calls: Tally[str] = Tally()
        for calls in self._calls.values():
            all_calls.update(calls)
        total = all_calls.total()
        words = {number: word for word, number in self._counters.items()}
        return tuple(
            replace(counter, services=self._skills(self._calls[words[counter.number]], all_calls))
            if total
            else counter
            for counter in self._branch.counters
        )

    def _skills(self, calls: Tally[str], all_calls: Tally[str]) -> tuple[ServiceCode, ...]:
        """What a counter serves, what it serves more often than others first."""
        share = calls.total() / all_calls.total()
        expected = {word: share * all_calls[word] for word in self._services}
        serves = [
            word
            for word in self._services
            if expected[word] < ENOUGH_EXPECTED or calls[word] >= NEVER_SERVES * expected[word]
        ]
        serves.sort(key=lambda word: -(calls[word] + 1.0) / (expected[word] + 1.0))
        return tuple(self._services[word] for word in serves)


def _numbers(visits: tuple[Visit, ...], desks: tuple[DeskChange, ...]) -> dict[str, CounterNumber]:
    """A number for each counter: its own if it has one, else the next free one."""
    words = sorted({v.counter for v in visits if v.counter} | {d.counter for d in desks})
    numbers = {word: CounterNumber(int(word)) for word in words if word.isdecimal()}
    free = max(numbers.values(), default=0) + 1
    for place, word in enumerate(word for word in words if word not in numbers):
        numbers[word] = CounterNumber(free + place)
    return numbers
