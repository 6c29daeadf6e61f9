"""From the live picture of a branch to the arrays of a :class:`~queueapp.forecast.queue.Queue`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import numpy as np

from queueapp.domain import routing
from queueapp.domain.branch import Branch, Category, Policy, Service
from queueapp.domain.live import LiveBranch, candidate_of
from queueapp.domain.ticket import Leg, Ticket
from queueapp.domain.words import ServiceCode, TicketId
from queueapp.forecast.arrays import Flags, Numbers, Places
from queueapp.forecast.durations import service_places
from queueapp.forecast.queue import Queue

_NOT_ISSUED = TicketId(UUID(int=0))


def queue_of(live: LiveBranch, now: datetime) -> Queue:
    """Everybody who waits in ``live``, but for those whose service or category is gone."""
    branch = live.branch
    tickets = [ticket for ticket in live.waiting if _is_planned(branch, ticket.leg)]
    services = service_places(branch)
    arrivals = [
        _arrival(branch, branch.category(ticket.leg.category), ticket.leg.accrues_from)
        for ticket in tickets
    ]
    lines = _lines(tickets)
    heads = [tickets[line[0]] for line in lines]
    newcomers = [(s, c) for s in branch.services for c in branch.categories]
    return Queue(
        policy=branch.policy,
        tickets=tuple(ticket.id for ticket in tickets),
        newcomers=tuple((service.code, category.code) for service, category in newcomers),
        ticket_services=_places([services[ticket.leg.service] for ticket in tickets]),
        ticket_places=_places([*_ranking(tickets, arrivals), len(tickets)]),
        ticket_credits=_numbers([*(_credit(branch, ticket.leg, now) for ticket in tickets), 0.0]),
        members=_members(lines, nobody=len(tickets)),
        line_targets=_numbers([_target(branch.service(head.leg.service)) for head in heads]),
        line_weights=_numbers([branch.category(head.leg.category).weight for head in heads]),
        line_may=_may(branch, [candidate_of(head) for head in heads]),
        line_ranks=_ranks(branch, [head.leg.service for head in heads]),
        newcomer_places=_numbers(
            [
                _place_of_newcomer(arrivals, _arrival(branch, category, now))
                for _, category in newcomers
            ]
        ),
        newcomer_credits=_numbers([c.head_start.total_seconds() for _, c in newcomers]),
        newcomer_targets=_numbers([_target(service) for service, _ in newcomers]),
        newcomer_weights=_numbers([category.weight for _, category in newcomers]),
        newcomer_may=_may(branch, [_newcomer(*newcomer, now) for newcomer in newcomers]),
        newcomer_ranks=_ranks(branch, [service.code for service, _ in newcomers]),
    )


def _is_planned(branch: Branch, leg: Leg) -> bool:
    return leg.service in service_places(branch) and any(
        category.code == leg.category for category in branch.categories
    )


def _lines(tickets: Sequence[Ticket]) -> list[list[int]]:
    """Indices of the tickets of each line; ``tickets`` come in order of arrival."""
    lines: dict[tuple[object, ...], list[int]] = {}
    for index, ticket in enumerate(tickets):
        leg = ticket.leg
        lines.setdefault((leg.service, leg.category, leg.for_counter), []).append(index)
    return list(lines.values())


def _members(lines: Sequence[Sequence[int]], *, nobody: int) -> Places:
    longest = max(map(len, lines), default=0)
    return _places([[*line, *[nobody] * (longest + 1 - len(line))] for line in lines]).reshape(
        len(lines), longest + 1
    )


def _arrival(branch: Branch, category: Category, accrues_from: datetime) -> datetime:
    """What decides between equal claims, as in :func:`queueapp.domain.routing.precedence`."""
    if branch.policy is Policy.FIFO:
        return accrues_from - category.head_start
    return accrues_from


def _ranking(tickets: Sequence[Ticket], arrivals: Sequence[datetime]) -> list[int]:
    order = sorted(range(len(tickets)), key=lambda index: (arrivals[index], tickets[index].id))
    places = [0] * len(tickets)
    for place, index in enumerate(order):
        places[index] = place
    return places


def _place_of_newcomer(arrivals: Sequence[datetime], own: datetime) -> float:
    """Between the last ticket that goes before (the newer ticket loses a tie) and the next."""
    return sum(arrival <= own for arrival in arrivals) - 0.5


def _newcomer(service: Service, category: Category, now: datetime) -> routing.Candidate:
    return routing.Candidate(
        ticket=_NOT_ISSUED, service=service.code, category=category.code, accrues_from=now
    )


def _credit(branch: Branch, leg: Leg, now: datetime) -> float:
    head_start = branch.category(leg.category).head_start
    return (now - leg.accrues_from + head_start).total_seconds()


def _target(service: Service) -> float:
    return service.target.total_seconds()


def _may(branch: Branch, candidates: Sequence[routing.Candidate]) -> Flags:
    may = [[routing.may_call(counter, c) for c in candidates] for counter in branch.counters]
    return np.array(may, dtype=np.bool_).reshape(len(branch.counters), len(candidates))


def _ranks(branch: Branch, services: Sequence[ServiceCode]) -> Places:
    ranks = [[counter.rank(service) for service in services] for counter in branch.counters]
    return _places(ranks).reshape(len(branch.counters), len(services))


def _places(values: Sequence[object]) -> Places:
    return np.array(values, dtype=np.intp)


def _numbers(values: Sequence[float]) -> Numbers:
    return np.array(values, dtype=np.float64)
