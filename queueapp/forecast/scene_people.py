"""From the live picture of a branch to the people and the lines of a scene."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from queueapp.domain.branch import Branch, Policy, Service
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Leg, Ticket
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode, TicketId
from queueapp.forecast.arrays import Keys, Numbers, Places
from queueapp.forecast.bookings import Booking
from queueapp.forecast.knowledge import Knowledge, known_services, service_places
from queueapp.forecast.luck import OF_BOOKINGS, OF_NEWCOMERS, key, ticket_key
from queueapp.forecast.quantile_table import share_below
from queueapp.forecast.scene import (
    ACCUMULATING,
    ANY_COUNTER,
    FIFO,
    STRICT,
    Booked,
    Lines,
    Newcomers,
    People,
)

Newcomer = tuple[ServiceCode, CategoryCode]
"""Somebody who would take a ticket now."""
LineKey = tuple[int, int, int]
"""Service, category, and the number of the only counter or ``ANY_COUNTER``."""
AT_ONCE = 1e12
"""The weight of a customer back from hold, whom the counter takes before all others."""
ALL_ALONG = 1e9
"""Seconds that such a customer counts as having waited."""
_POLICIES = {Policy.ACCUMULATING: ACCUMULATING, Policy.STRICT: STRICT, Policy.FIFO: FIFO}
LATEST = 1e-3
"""Such a share of those who come at all may come later than anybody was seen to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Who is there, numbered as the simulation numbers them."""

    tickets: tuple[Ticket, ...]
    """Who waits, but for those whose service or category is gone; in order of place."""
    newcomers: tuple[Newcomer, ...]
    held: tuple[Ticket, ...]
    lines: tuple[LineKey, ...]


def hall_of(live: LiveBranch, *, with_newcomers: bool) -> Hall:
    """Everybody in ``live`` whom the simulation knows."""
    branch = live.branch
    services, categories = service_places(branch), _category_places(branch)
    tickets = tuple(t for t in live.waiting if _is_planned(t.leg, services, categories))
    numbers = {counter.number for counter in branch.counters}
    held = tuple(
        ticket
        for ticket in live.held
        if _is_planned(ticket.leg, services, categories) and ticket.leg.counter in numbers
    )
    lines: dict[LineKey, None] = {
        (service, category, ANY_COUNTER): None
        for service in services.values()
        for category in categories.values()
    }
    for ticket in tickets:
        lines[_line(ticket.leg, services, categories)] = None
    for ticket in held:
        lines[_hold_line(ticket.leg, services, categories)] = None
    newcomers = ((s.code, c.code) for s in branch.services for c in branch.categories)
    return Hall(
        tickets=tickets,
        newcomers=tuple(newcomers) if with_newcomers else (),
        held=held,
        lines=tuple(lines),
    )


def lines_of(hall: Hall, branch: Branch) -> Lines:
    """What counters compare about the lines of ``hall``."""
    services, categories = known_services(branch), branch.categories
    held = set(hold_lines(hall, branch))
    counters = branch.counters
    may = [[_may(c.number, c.services, services, line) for line in hall.lines] for c in counters]
    rank = [[c.rank(services[line[0]].code) for line in hall.lines] for c in counters]
    shape = (len(counters), len(hall.lines))
    return Lines(
        policy=_POLICIES[branch.policy],
        service=_places([line[0] for line in hall.lines]),
        category=_places([line[1] for line in hall.lines]),
        target=_numbers([services[line[0]].target.total_seconds() for line in hall.lines]),
        weight=_numbers(
            [AT_ONCE if line in held else categories[line[1]].weight for line in hall.lines]
        ),
        head_start=_numbers(
            [categories[line[1]].head_start.total_seconds() for line in hall.lines]
        ),
        may=np.array(may, dtype=np.bool_).reshape(shape),
        rank=_places(rank).reshape(shape),
    )


def people_of(
    hall: Hall, branch: Branch, now: datetime, seed: int, wanted: Collection[TicketId] | None
) -> People:
    """Everybody who waits; ``wanted``: whose call is asked for, by default everybody's."""
    services, categories = service_places(branch), _category_places(branch)
    at = {line: place for place, line in enumerate(hall.lines)}
    by_id = {t.id: place for place, t in enumerate(sorted(hall.tickets, key=lambda t: t.id))}
    legs = [ticket.leg for ticket in hall.tickets]
    return People(
        line=_places([at[_line(leg, services, categories)] for leg in legs]),
        accrues=_numbers([(leg.accrues_from - now).total_seconds() for leg in legs]),
        since=_numbers([(leg.counts_from - now).total_seconds() for leg in legs]),
        comes=_numbers([_seconds_to_come(leg, now) for leg in legs]),
        place=_places([by_id[ticket.id] for ticket in hall.tickets]),
        luck=_keys([ticket_key(seed, ticket.id) for ticket in hall.tickets]),
        wanted=np.array([wanted is None or t.id in wanted for t in hall.tickets], dtype=np.bool_),
    )


def newcomers_of(hall: Hall, branch: Branch, seed: int) -> Newcomers:
    """Whoever would arrive now."""
    services, categories = service_places(branch), _category_places(branch)
    at = {line: place for place, line in enumerate(hall.lines)}
    lines = [at[services[s], categories[c], ANY_COUNTER] for s, c in hall.newcomers]
    return Newcomers(
        line=_places(lines), luck=_keys([key(seed, OF_NEWCOMERS, line) for line in lines])
    )


def booked_of(
    hall: Hall,
    branch: Branch,
    knowledge: Knowledge,
    bookings: Sequence[Booking],
    now: datetime,
    seed: int,
) -> Booked:
    """Those of ``bookings`` whose service and category the branch knows.

    Whoever is late is the less likely to come at all, the later it is.
    """
    services, categories = service_places(branch), _category_places(branch)
    at = {line: place for place, line in enumerate(hall.lines)}
    usual = next((c.code for c in branch.categories if c.by_appointment), None)
    known = [
        (services[b.service], categories[category], b)
        for b in bookings
        if (category := b.category or usual) in categories and b.service in services
    ]
    slots = _numbers([(b.at - now).total_seconds() for _, _, b in known])
    early, shows_up = knowledge.comings.early, knowledge.comings.shows_up
    passed = _numbers([share_below(early, -slot) for slot in slots.tolist()])
    still = shows_up * np.maximum(1 - passed, LATEST)
    return Booked(
        line=_places([at[service, category, ANY_COUNTER] for service, category, _ in known]),
        at=slots,
        luck=_keys(
            [
                key(seed, OF_BOOKINGS, service, int(b.at.timestamp()), number)
                for number, (service, _, b) in zip(_numbers_within(known), known, strict=True)
            ]
        ),
        shows_up=still / (1 - shows_up + still),
        passed=passed,
        early=early,
    )


def _numbers_within(known: Sequence[tuple[int, int, Booking]]) -> Iterator[int]:
    """Each one's number among those of its service and time: the others may have come by now."""
    seen: Counter[tuple[int, datetime]] = Counter()
    for service, _, booking in known:
        yield seen[service, booking.at]
        seen[service, booking.at] += 1


def hold_lines(hall: Hall, branch: Branch) -> list[LineKey]:
    """The line of each ticket on hold, to which it comes back."""
    services, categories = service_places(branch), _category_places(branch)
    return [_hold_line(ticket.leg, services, categories) for ticket in hall.held]


def _seconds_to_come(leg: Leg, now: datetime) -> float:
    return 0.0 if leg.not_before is None else (leg.not_before - now).total_seconds()


def _is_planned(
    leg: Leg, services: dict[ServiceCode, int], categories: dict[CategoryCode, int]
) -> bool:
    return leg.service in services and leg.category in categories


def _line(
    leg: Leg, services: dict[ServiceCode, int], categories: dict[CategoryCode, int]
) -> LineKey:
    only = ANY_COUNTER if leg.for_counter is None else leg.for_counter
    return services[leg.service], categories[leg.category], only


def _hold_line(
    leg: Leg, services: dict[ServiceCode, int], categories: dict[CategoryCode, int]
) -> LineKey:
    """A line of its own: counters are numbered from 1 on, so that none has a number below -1."""
    assert leg.counter is not None
    return services[leg.service], categories[leg.category], ANY_COUNTER - leg.counter


def _may(
    number: CounterNumber, skills: Sequence[ServiceCode], services: Sequence[Service], line: LineKey
) -> bool:
    service, _, only = line
    if only != ANY_COUNTER:
        return number in {only, ANY_COUNTER - only}
    return services[service].code in skills


def _category_places(branch: Branch) -> dict[CategoryCode, int]:
    return {category.code: place for place, category in enumerate(branch.categories)}


def _places(values: Sequence[object]) -> Places:
    return np.array(values, dtype=np.intp)


def _numbers(values: Sequence[float]) -> Numbers:
    return np.array(values, dtype=np.float64)


def _keys(values: Sequence[int]) -> Keys:
    return np.array(values, dtype=np.uint64)
