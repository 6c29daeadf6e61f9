"""What a branch has decided about itself: services, categories, counters, roster, rules."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from queueapp.domain.holidays import DayOff, Holiday, YearDay
from queueapp.domain.iranian_calendar import iranian_date
from queueapp.domain.phone import PhoneRules
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.slot_rules import SlotRules
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CounterNumber,
    OutcomeCode,
    ServiceCode,
    Text,
)

NORMAL = CategoryCode("normal")
"""The category of everybody who has no reason to go sooner; each branch has it."""


class Policy(StrEnum):
    """How a counter chooses who is next; see :mod:`queueapp.domain.routing`."""

    ACCUMULATING = "accumulating"
    STRICT = "strict"
    FIFO = "fifo"


class Weekday(IntEnum):
    """Days as :meth:`datetime.date.weekday` counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a day in the branch's local time, ``starts`` included, ``ends`` not."""

    starts: time
    ends: time

    def holds(self, moment: time) -> bool:
        """Whether ``moment`` lies inside."""
        return self.starts <= moment < self.ends

    def __str__(self) -> str:
        """As ``branch.toml`` has it: ``08:00-24:00``."""
        ends = "24:00" if self.ends == time.max else f"{self.ends:%H:%M}"
        return f"{self.starts:%H:%M}-{ends}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """When a service takes customers on one weekday."""

    weekday: Weekday
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What customers come for."""

    code: ServiceCode
    name: Text
    target: timedelta
    """The wait the branch promises; urgency is measured against it."""
    mean: timedelta
    """How long one visit usually takes, as the branch believes on day one."""
    spread: timedelta
    """The standard deviation of that."""
    opening: tuple[OpeningHours, ...] = ()
    """Empty: whenever the branch is there."""
    capacity: int | None = None
    """How many may wait at once; ``None``: no limit."""
    is_open: bool = True
    """A supervisor closes a service by hand, whatever the hours say."""
    remote_paused_at: datetime | None = None
    """When a supervisor last said that tickets are given in the hall only, for that day."""
    booking: SlotRules | None = None
    """How it takes appointments; ``None``: it takes none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """Why somebody goes sooner."""

    code: CategoryCode
    name: Text
    weight: float = 1.0
    head_start: timedelta = timedelta(0)
    needs_reason: bool = False
    reasons: tuple[Text, ...] = ()
    """What the kiosk offers as a reason; empty when none is asked."""
    by_appointment: bool = False
    """Accumulates from its slot, not from arrival."""
    at_kiosk: bool = True
    """Whether customers may choose it themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChoice:
    """One way a service can end well, as the branch names it ("done", "papers missing")."""

    code: OutcomeCode
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A counter's planned day: open for ``span`` but for its ``breaks``."""

    weekday: Weekday
    span: Span
    breaks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakMove:
    """A planned break that starts at another time, on one day only."""

    day: date
    counter: CounterNumber
    planned: time
    """When the roster says that it starts."""
    starts: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A numbered place where clerks serve."""

    number: CounterNumber
    services: tuple[ServiceCode, ...]
    """In the order of rank: the first is what this counter is best at."""
    roster: tuple[Shift, ...] = ()
    """Empty: nobody planned it; it is open when a clerk signs on."""

    def rank(self, service: ServiceCode) -> int:
        """0 for what this counter is best at; the number of services for one it does not serve."""
        return self.services.index(service) if service in self.services else len(self.services)


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One front office, as its ``branch.toml`` describes it."""

    id: BranchId
    name: Text
    time_zone: str
    policy: Policy = Policy.ACCUMULATING
    languages: tuple[str, ...] = ("fa", "en")
    """The first is the one a kiosk starts in."""
    public_url: str | None = None
    phone: PhoneRules = field(default_factory=PhoneRules)
    """What customers may do by phone, where there is a ``public_url``."""
    call_is_start: bool = False
    """Calling and starting are one step."""
    auto_call: bool = False
    """The next customer is called by itself: after a finish, and for the desk idle longest."""
    hold_limit: timedelta = timedelta(minutes=15)
    """A ticket on hold for longer is an alert."""
    services: tuple[Service, ...]
    categories: tuple[Category, ...]
    counters: tuple[Counter, ...]
    outcomes: tuple[OutcomeChoice, ...] = ()
    shows_accuracy: bool = False
    """Customers are told how good the last day's promises were."""
    break_moves: tuple[BreakMove, ...] = ()
    """What a supervisor changed of the roster, each for its day."""
    weekend: tuple[Weekday, ...] = ()
    """The days of the week on which the branch rests."""
    holidays: tuple[Holiday, ...] = ()
    retired_services: tuple[Service, ...] = ()
    """No longer offered; tickets of the past still name them."""

    @cached_property
    def zone(self) -> ZoneInfo:
        """The branch's time zone."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def _days_off(self) -> dict[date | YearDay, Holiday]:
        return {holiday.day: holiday for holiday in reversed(self.holidays)}

    @cached_property
    def _services(self) -> dict[ServiceCode, Service]:
        return {service.code: service for service in (*self.retired_services, *self.services)}

    @cached_property
    def _categories(self) -> dict[CategoryCode, Category]:
        return {category.code: category for category in self.categories}

    @cached_property
    def _counters(self) -> dict[CounterNumber, Counter]:
        return {counter.number: counter for counter in self.counters}

    @cached_property
    def usual_category(self) -> Category:
        """That of somebody who just takes a ticket, wherever it stands in the list."""
        return self.category(NORMAL)

    def service(self, code: ServiceCode) -> Service:
        """The service with ``code``, retired or not; refused when there is none."""
        try:
            return self._services[code]
        except KeyError:
            raise Refused(Reason.SERVICE_UNKNOWN, service=code) from None

    def offered_service(self, code: ServiceCode) -> Service:
        """The service with ``code``; refused when there is none or it is retired."""
        service = self.service(code)
        if service not in self.services:
            raise Refused(Reason.SERVICE_UNKNOWN, service=code)
        return service

    def category(self, code: CategoryCode) -> Category:
        """The category with ``code``; refused when there is none."""
        try:
            return self._categories[code]
        except KeyError:
            raise Refused(Reason.CATEGORY_UNKNOWN, category=code) from None

    def counter(self, number: CounterNumber) -> Counter:
        """The counter with ``number``; refused when there is none."""
        try:
            return self._counters[number]
        except KeyError:
            raise Refused(Reason.COUNTER_UNKNOWN, counter=number) from None

    def outcome_choice(self, code: OutcomeCode) -> OutcomeChoice:
        """The outcome with ``code``; refused when the branch has none."""
        for choice in self.outcomes:
            if choice.code == code:
                return choice
        raise Refused(Reason.OUTCOME_UNKNOWN, outcome=code)

    def counters_serving(self, service: ServiceCode) -> tuple[Counter, ...]:
        """The counters that may serve ``service``."""
        return tuple(counter for counter in self.counters if service in counter.services)

    def local(self, moment: datetime) -> datetime:
        """``moment`` (aware) on the branch's clock."""
        return moment.astimezone(self.zone)

    def day(self, moment: datetime) -> date:
        """The service day that ``moment`` (aware) belongs to, in the branch's time zone."""
        return self.local(moment).date()

    def moment(self, day: date, clock: time = time()) -> datetime:
        """When the branch's clock shows ``clock`` on ``day``; aware, UTC.

        By default when the day begins; ``24:00``, kept as ``time.max``, is when the next one does.
        """
        if clock == time.max:
            return self.moment(day + timedelta(days=1))
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def day_off(self, day: date) -> DayOff | None:
        """Why the branch rests on ``day``; ``None``: it does not."""
        if self._days_off:
            _, month, of_month = iranian_date(day)
            holiday = self._days_off.get(day) or self._days_off.get(
                YearDay(month=month, day=of_month)
            )
            if holiday is not None:
                return DayOff(holiday=holiday.name)
        return DayOff() if day.weekday() in self.weekend else None

    def with_service(self, changed: Service) -> "Branch":
        """The branch with one service replaced by its ``changed`` form."""
        return replace(
            self,
            services=tuple(changed if s.code == changed.code else s for s in self.services),
        )

    def with_counter(self, changed: Counter) -> "Branch":
        """The branch with one counter replaced by its ``changed`` form."""
        return replace(
            self,
            counters=tuple(changed if c.number == changed.number else c for c in self.counters),
        )

    def with_break_move(self, move: BreakMove) -> "Branch":
        """The branch with a break of one day at another time; a second move takes the place."""
        others = (
            each
            for each in self.break_moves
            if (each.day, each.counter, each.planned) != (move.day, move.counter, move.planned)
        )
        return replace(self, break_moves=(*others, move))
