"""The simulation's routing is the desk's routing, on any state and through a whole day."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings, strategies

from queueapp.domain import routing
from queueapp.domain.live import LiveBranch, candidate_of
from queueapp.domain.routing import Candidate
from queueapp.domain.words import CategoryCode, ServiceCode, TicketId
from queueapp.forecast.durations import ConfiguredDurations
from queueapp.forecast.lines import queue_of
from queueapp.forecast.luck import ticket_chances
from queueapp.forecast.queue import Newcomer
from queueapp.forecast.waits import calls_ahead
from tests.domain.samples import NOON
from tests.forecast.halls import ARRIVING, random_halls

EVEN_TARGETS = (300, 600, 1200)
"""Waits in whole seconds hit near-ties exactly."""
ODD_TARGETS = (307, 613, 1213)
"""No two whole waits differ by exactly a near-tie, so rounding cannot decide one."""
MOMENTS = strategies.integers(0, 3600)


def someone_arriving(service: ServiceCode, category: CategoryCode) -> Candidate:
    return Candidate(ticket=ARRIVING, service=service, category=category, accrues_from=NOON)


@settings(max_examples=150, deadline=None)
@given(hall=random_halls(targets=EVEN_TARGETS), seconds=MOMENTS)
def test_every_counter_calls_the_same_people_in_the_same_order(
    hall: LiveBranch, seconds: int
) -> None:
    queue = queue_of(hall, NOON)
    then = NOON + timedelta(seconds=seconds)
    for place, counter in enumerate(hall.branch.counters):
        positions = np.zeros(len(queue.members), dtype=np.intp)
        called = []
        while True:
            heads = queue.members[np.arange(len(positions)), positions]
            standing = queue.standing(
                heads[np.newaxis], np.array([place]), np.array([float(seconds)])
            )
            (line,) = queue.choose(standing)
            if line < 0:
                break
            called.append(queue.tickets[heads[line]])
            positions[line] += 1
        assert called == [pick.candidate.ticket for pick in hall.next_for(counter.number, then)]


@settings(max_examples=150, deadline=None)
@given(hall=random_halls(targets=EVEN_TARGETS), seconds=MOMENTS)
def test_somebody_arriving_is_called_when_the_desk_would_call_them_first(
    hall: LiveBranch, seconds: int
) -> None:
    queue = queue_of(hall, NOON)
    then = NOON + timedelta(seconds=seconds)
    waiting = [candidate_of(ticket) for ticket in hall.waiting]
    everybody = np.ones((1, len(queue.newcomers)), dtype=np.bool_)
    for place, counter in enumerate(hall.branch.counters):
        here, moment = np.array([place]), np.array([float(seconds)])
        standing = queue.standing(queue.members[np.newaxis, :, 0], here, moment)
        (chosen,) = queue.newcomers_chosen(standing, here, moment, everybody)
        for newcomer, is_chosen in zip(queue.newcomers, chosen, strict=True):
            candidates = [*waiting, someone_arriving(*newcomer)]
            pick = routing.pick(hall.branch, counter, candidates, then)
            assert is_chosen == (pick is not None and pick.candidate.ticket == ARRIVING)


@settings(max_examples=60, deadline=None)
@given(hall=random_halls(targets=ODD_TARGETS))
def test_a_whole_day_goes_as_the_desks_would_play_it(hall: LiveBranch) -> None:
    seed = 7
    queue = queue_of(hall, NOON)
    calls = calls_ahead(
        hall, NOON, queue, ConfiguredDurations(hall.branch), replicates=2, seed=seed
    )
    for replicate in range(2):
        waiting, newcomers = played_by_the_desks(hall, replicate, seed)
        for ticket, seconds in zip(queue.tickets, calls.waiting[replicate], strict=True):
            assert seconds == pytest.approx(waiting.get(ticket, np.inf), abs=1e-3)
        for newcomer, seconds in zip(queue.newcomers, calls.newcomers[replicate], strict=True):
            assert seconds == pytest.approx(newcomers.get(newcomer, np.inf), abs=1e-3)


def played_by_the_desks(
    hall: LiveBranch, replicate: int, seed: int
) -> tuple[dict[TicketId, float], dict[Newcomer, float]]:
    """The same day, one call after the other, with the domain's own rule."""
    branch = hall.branch
    durations = ConfiguredDurations(branch)
    services = [service.code for service in branch.services]
    everybody_new = [(s, c.code) for s in services for c in branch.categories]
    waiting = {ticket.id: candidate_of(ticket) for ticket in hall.waiting}
    free = {counter.number: 0.0 for counter in branch.counters}
    called: dict[TicketId, float] = {}
    newcomers: dict[Newcomer, float] = {}
    while free:
        number = min(free, key=lambda counter: (free[counter], counter))
        counter, seconds = branch.counter(number), free[number]
        then = NOON + timedelta(seconds=seconds)
        for newcomer in everybody_new:
            candidates = [*waiting.values(), someone_arriving(*newcomer)]
            pick = routing.pick(branch, counter, candidates, then)
            if pick is not None and pick.candidate.ticket == ARRIVING:
                newcomers.setdefault(newcomer, seconds)
        pick = routing.pick(branch, counter, waiting.values(), then)
        if pick is None:
            del free[number]
            continue
        ticket = pick.candidate.ticket
        called[ticket] = seconds
        del waiting[ticket]
        chance = ticket_chances(seed, ticket, 2)[[replicate]]
        service = np.array([services.index(pick.candidate.service)])
        free[number] += float(durations.occupancy(service, np.array([0]), chance)[0])
    return called, newcomers
