"""How many people come on one day, and when: drawn before the day begins.

So two days that are played with the same seed have the same visitors with the same luck, whatever
policy calls them and whatever a supervisor does (common random numbers).
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import exp

from queueapp.domain.branch import Branch, Category, Counter, Service, Shift, Span, Weekday
from queueapp.domain.hours import shifts_on
from queueapp.domain.words import CategoryCode, ServiceCode
from queueapp.simulator.behaviour import Behaviour, Duration
from queueapp.simulator.luck import Luck

UNPLANNED = Span(starts=time(8), ends=time(16))
"""When a branch without a roster is open."""
DOORS_CLOSE_BEFORE = timedelta(minutes=15)
"""Before the last counter's planned end nobody else is let in."""
PEAKS = ((0.25, 0.10, 1.0), (0.66, 0.13, 0.8))
"""Where in the day most people come, how broad that is, and how strong beside the quiet hours."""
QUIET = 0.55
MOMENTS = 200
SLOT = timedelta(minutes=5)
"""Appointments are given for every full five minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What the days have in common; chances from 0 to 1, spreads of factors in logarithms."""

    load: float = 0.9
    """How much of the planned clerks' time the visitors of a usual day fill."""
    busy_days: float = 0.08
    """How different days are."""
    mixed_days: float = 0.2
    """How different the shares of the services are from day to day."""
    behaviour: Behaviour = field(default_factory=Behaviour)
    stays_on: float = 0.04
    """The chance that a visitor is sent on to another service."""
    unfamiliar: float = 0.2
    """How much longer a clerk takes for what the plan does not let their counter serve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One person who will come, with all the luck that is theirs."""

    arrives: datetime
    service: ServiceCode
    takes: timedelta
    """At the counter of a clerk of usual pace."""
    category: CategoryCode
    reason: str = ""
    appointment_at: datetime | None = None
    language: str
    walk: timedelta
    """From the call to the counter."""
    stays_away: bool
    """Does not come when called."""
    patience: timedelta | None = None
    """Leaves when not called by then; ``None``: never."""
    between: timedelta
    """From the end of the service to the clerk's next call."""
    further: tuple[ServiceCode, timedelta] | None = None
    """The service that this visitor is sent on to, and how long that takes."""


def planned_shifts(branch: Branch, counter: Counter, day: date) -> tuple[Shift, ...]:
    """What a counter is planned to do on ``day``; a branch without any roster opens all."""
    if not any(each.roster for each in branch.counters):
        return (Shift(weekday=Weekday(day.weekday()), span=UNPLANNED),)
    return shifts_on(branch, counter, day)


def opening_of(branch: Branch, day: date) -> tuple[datetime, datetime] | None:
    """From the first counter's planned begin to the last one's end; ``None``: a closed day."""
    spans = [
        shift.span for counter in branch.counters for shift in planned_shifts(branch, counter, day)
    ]
    if not spans:
        return None
    return (
        branch.moment(day, min(span.starts for span in spans)),
        branch.moment(day, max(span.ends for span in spans)),
    )


def visitors_of(branch: Branch, day: date, crowd: Crowd, seed: int) -> list[Visitor]:
    """Everybody who comes on ``day``, in the order of arrival."""
    visitors: list[Visitor] = []
    for service in branch.services:
        luck = Luck(seed, f"visitors {day} {service.code}")
        visitors += [
            _visitor(branch, service, at, crowd, luck)
            for at in _arrivals(expected_visitors(branch, service, day, crowd, seed), luck)
        ]
    return sorted(visitors, key=lambda visitor: (visitor.arrives, visitor.service))


Expected = list[tuple[datetime, timedelta, float]]
"""Stretches of a day: when each begins, how long it is, and how many people come in it."""


def expected_visitors(
    branch: Branch, service: Service, day: date, crowd: Crowd, seed: int | None
) -> Expected:
    """How many are expected for ``service`` on ``day``, moment by moment; none on a closed day.

    Without a ``seed``: before it is known whether the day is a busy one.
    """
    opening = opening_of(branch, day)
    if opening is None:
        return []
    opens, ends = opening
    doors_close = max(ends - DOORS_CLOSE_BEFORE, opens)
    busy = mixed = 1.0
    if seed is not None:
        busy = Luck(seed, f"day {day}").factor(crowd.busy_days)
        mixed = Luck(seed, f"mix {day} {service.code}").factor(crowd.mixed_days)
    weights = [_profile((number + 0.5) / MOMENTS) for number in range(MOMENTS)]
    each = busy * mixed * _usual(branch, service, day, crowd) / sum(weights)
    stretch = (doors_close - opens) / MOMENTS
    return [
        (opens + number * stretch, stretch, each * weight) for number, weight in enumerate(weights)
    ]


def _usual(branch: Branch, service: Service, day: date, crowd: Crowd) -> float:
    """How many come for ``service`` on a usual day, to fill ``crowd.load`` of the planned time.

    Each counter gives each of its services the same share of its time.
    """
    planned = sum(
        (
            _open_time(shift) / len(counter.services)
            for counter in branch.counters_serving(service.code)
            for shift in planned_shifts(branch, counter, day)
        ),
        timedelta(0),
    )
    behaviour = crowd.behaviour
    shown_up = 1 - behaviour.customers.stays_away
    each = behaviour.clerks.between.mean + (
        shown_up * (service.mean + behaviour.customers.walk.mean)
        + (1 - shown_up) * behaviour.clerks.gives_up_after
    )
    return crowd.load * planned / (each * (1 + crowd.stays_on))


def _open_time(shift: Shift) -> timedelta:
    return _length(shift.span) - sum((_length(pause) for pause in shift.breaks), timedelta(0))


def _length(span: Span) -> timedelta:
    day = date.min
    return datetime.combine(day, span.ends) - datetime.combine(day, span.starts)


def _arrivals(expected: Expected, luck: Luck) -> list[datetime]:
    """A Poisson process whose rate changes from stretch to stretch."""
    arrivals = []
    reached, due = 0.0, luck.until_next(1.0) / timedelta(hours=1)
    for begins, lasts, people in expected:
        while due <= reached + people:
            arrivals.append(begins + lasts * ((due - reached) / people))
            due += luck.until_next(1.0) / timedelta(hours=1)
        reached += people
    return arrivals


def _profile(share: float) -> float:
    """How many come when ``share`` of the day has passed."""
    return QUIET + sum(
        strength * exp(-(((share - centre) / breadth) ** 2) / 2)
        for centre, breadth, strength in PEAKS
    )


def _visitor(
    branch: Branch, service: Service, arrives: datetime, crowd: Crowd, luck: Luck
) -> Visitor:
    customers, clerks = crowd.behaviour.customers, crowd.behaviour.clerks
    category = _category(branch, luck, customers.appointment, customers.priority)
    reason = luck.one_of(category.reasons) if category.reasons else None
    patience = luck.duration(customers.gives_up_after) if luck.happens(customers.gives_up) else None
    others = [other for other in branch.services if other.code != service.code]
    is_sent_on = luck.happens(crowd.stays_on)
    other = luck.one_of(others) if others else None
    return Visitor(
        arrives=arrives,
        service=service.code,
        takes=luck.duration(Duration(mean=service.mean, spread=service.spread)),
        category=category.code,
        reason="" if reason is None else reason.in_language(branch.languages[0]),
        appointment_at=slot_after(arrives, customers.early * luck.share())
        if category.by_appointment
        else None,
        language=luck.usually_first(branch.languages, customers.first_language),
        walk=luck.duration(customers.walk),
        stays_away=luck.happens(customers.stays_away),
        patience=patience,
        between=luck.duration(clerks.between),
        further=(other.code, luck.duration(Duration(mean=other.mean, spread=other.spread)))
        if is_sent_on and other is not None
        else None,
    )


def _category(branch: Branch, luck: Luck, appointment: float, priority: float) -> Category:
    by_appointment = [each for each in branch.categories if each.by_appointment]
    sooner = [each for each in branch.categories if each.reasons and not each.by_appointment]
    draw = luck.share()
    if by_appointment and draw < appointment:
        return by_appointment[0]
    if sooner and draw > 1 - priority:
        return sooner[0]
    return branch.usual_category


def slot_after(arrives: datetime, early: timedelta) -> datetime:
    """The full five minutes that somebody who arrives ``early`` has an appointment for."""
    wanted, slot = (arrives + early).timestamp(), SLOT.total_seconds()
    return datetime.fromtimestamp((wanted // slot + 1) * slot, arrives.tzinfo)
