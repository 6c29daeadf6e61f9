"""The branch that a log belongs to, and what the log's words mean in it."""

from datetime import date
from typing import Protocol

from queueapp.domain.branch import Branch
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode
from queueapp.forecast.replay.log import BadRow, BookedSlot, DeskChange, Log, Visit


class Plan(Protocol):
    """What is known of the branch at each moment of the replay."""

    @property
    def branch(self) -> Branch:
        """The branch as it is planned now."""

    def service(self, word: str) -> ServiceCode | None:
        """The service that the log calls so; ``None`` when there is none."""

    def category(self, word: str) -> CategoryCode | None:
        """The category that the log calls so; ``None`` when there is none."""

    def counter(self, word: str) -> CounterNumber | None:
        """The counter that the log calls so; ``None`` when there is none."""

    def day_begins(self, day: date) -> bool:
        """Think again at the beginning of a day; ``True`` when the branch is another one now."""

    def was_called(self, visit: Visit, waiting: list[Visit]) -> None:
        """Learn from a call: ``visit`` was preferred to those who were ``waiting``."""

    def was_served(self, visit: Visit) -> None:
        """Learn from a visit that has just ended with service."""


class WrittenPlan:
    """The branch that a ``branch.toml`` describes; it stays as it is."""

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self._services: dict[str, ServiceCode] = {}
        self._categories: dict[str, CategoryCode] = {}
        for service in branch.services:
            names = (service.code, *service.name.by_language.values())
            self._services |= {name.casefold(): service.code for name in names}
        for category in branch.categories:
            names = (category.code, *category.name.by_language.values())
            self._categories |= {name.casefold(): category.code for name in names}
        self._counters = {counter.number for counter in branch.counters}

    @property
    def branch(self) -> Branch:
        """The same one always."""
        return self._branch

    def service(self, word: str) -> ServiceCode | None:
        """By code or name."""
        return self._services.get(word.casefold())

    def category(self, word: str) -> CategoryCode | None:
        """By code or name."""
        return self._categories.get(word.casefold())

    def counter(self, word: str) -> CounterNumber | None:
        """By number."""
        if not word.isdecimal():
            return None
        number = CounterNumber(int(word))
        return number if number in self._counters else None

    def day_begins(self, day: date) -> bool:
        """Nothing changes."""
        del day
        return False

    def was_called(self, visit: Visit, waiting: list[Visit]) -> None:
        """Nothing is learned."""

    def was_served(self, visit: Visit) -> None:
        """Nothing is learned."""


def only_known(log: Log, plan: Plan) -> Log:
    """``log`` without the rows that name what ``plan`` does not have; they join the bad rows."""
    bad = list(log.bad_rows)

    def keep(file: str, row: Visit | DeskChange | BookedSlot, sentence: str | None) -> bool:
        if sentence is not None:
            bad.append(BadRow(file=file, line=row.line, sentence=sentence))
        return sentence is None

    visits = tuple(v for v in log.visits if keep("visits", v, _unknown_in_visit(v, plan)))
    desks = log.desks and tuple(
        d for d in log.desks if keep("desks", d, _unknown_counter(d.counter, plan))
    )
    bookings = tuple(
        b for b in log.bookings if keep("appointments", b, _unknown_service(b.service, plan))
    )
    return Log(visits=visits, desks=desks, bookings=bookings, bad_rows=tuple(bad))


def _unknown_in_visit(visit: Visit, plan: Plan) -> str | None:
    unknown = _unknown_service(visit.service, plan)
    if unknown is None and plan.category(visit.category) is None:
        unknown = f"branch.toml has no category {visit.category[:40]}"
    if unknown is None and visit.called_at is not None:
        unknown = _unknown_counter(visit.counter, plan)
    return unknown


def _unknown_service(word: str, plan: Plan) -> str | None:
    return f"branch.toml has no service {word[:40]}" if plan.service(word) is None else None


def _unknown_counter(word: str, plan: Plan) -> str | None:
    return f"branch.toml has no counter {word[:40]}" if plan.counter(word) is None else None
