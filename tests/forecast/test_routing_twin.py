"""The simulation's routing is the desk's routing, on any state and through a whole day."""

from datetime import timedelta
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings, strategies

from queueapp.domain import routing
from queueapp.domain.live import LiveBranch, candidate_of
from queueapp.domain.routing import Candidate
from queueapp.domain.words import CategoryCode, ServiceCode, TicketId
from queueapp.forecast.ahead import Asked, played_through, scene_of
from queueapp.forecast.kernel import begin
from queueapp.forecast.kernel_luck import SERVICE, chance, value
from queueapp.forecast.kernel_routing import choose, is_newcomer_first
from queueapp.forecast.kernel_state import NOBODY, State, empty_state, take_head
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.luck import chances, ticket_key
from queueapp.forecast.scene import Played, Scene
from queueapp.forecast.scene_people import Hall, Newcomer
from tests.domain.samples import NOON
from tests.forecast.halls import ARRIVING, random_halls

EVEN_TARGETS = (300, 600, 1200)
"""Waits in whole seconds hit near-ties exactly."""
ODD_TARGETS = (307, 613, 1213)
"""No two whole waits differ by exactly a near-tie, so rounding cannot decide one."""
MOMENTS = strategies.integers(0, 3600)
SEED = 7


def someone_arriving(service: ServiceCode, category: CategoryCode) -> Candidate:
    return Candidate(ticket=ARRIVING, service=service, category=category, accrues_from=NOON)


def begun(live: LiveBranch) -> tuple[Hall, Scene, State]:
    """The simulation of ``live`` before anything happened in it."""
    asked = Asked(knowledge=certain(live), replicates=1, seed=SEED)
    hall, scene = scene_of(live, NOON, asked)
    played = Played(
        np.zeros((1, len(hall.tickets))),
        np.zeros((1, len(hall.newcomers))),
        np.zeros((1, 0)),
        np.zeros((1, 0)),
        np.zeros((1, 0), dtype=np.intp),
    )
    state = empty_state(scene)
    begin(scene, state, played, 0)
    return hall, scene, state


def certain(live: LiveBranch) -> Knowledge:
    """As configured, and without doubt."""
    knowledge = Knowledge.configured(live.branch)
    knowledge.occupancy.deviation[:] = 0.0
    return knowledge


@settings(max_examples=150, deadline=None)
@given(live=random_halls(targets=EVEN_TARGETS), seconds=MOMENTS)
def test_every_counter_calls_the_same_people_in_the_same_order(
    live: LiveBranch, seconds: int
) -> None:
    then = NOON + timedelta(seconds=seconds)
    for place, counter in enumerate(live.branch.counters):
        hall, scene, state = begun(live)
        called = []
        while (line := choose(scene.lines, state, place, float(seconds))) != NOBODY:
            called.append(hall.tickets[take_head(state, line)].id)
        assert called == [pick.candidate.ticket for pick in live.next_for(counter.number, then)]


@settings(max_examples=150, deadline=None)
@given(live=random_halls(targets=EVEN_TARGETS), seconds=MOMENTS)
def test_somebody_arriving_is_called_when_the_desk_would_call_them_first(
    live: LiveBranch, seconds: int
) -> None:
    then = NOON + timedelta(seconds=seconds)
    waiting = [candidate_of(ticket) for ticket in live.waiting]
    hall, scene, state = begun(live)
    for place, counter in enumerate(live.branch.counters):
        best = choose(scene.lines, state, place, float(seconds))
        for newcomer, line in zip(hall.newcomers, scene.newcomers.line.tolist(), strict=True):
            is_first = bool(scene.lines.may[place, line]) and is_newcomer_first(
                scene.lines, state, place, float(seconds), line, best
            )
            candidates = [*waiting, someone_arriving(*newcomer)]
            pick = routing.pick(live.branch, counter, candidates, then)
            assert is_first == (pick is not None and pick.candidate.ticket == ARRIVING)


@settings(max_examples=80, deadline=None)
@given(live=random_halls(targets=ODD_TARGETS))
def test_a_whole_day_goes_as_the_desks_would_play_it(live: LiveBranch) -> None:
    asked = Asked(knowledge=certain(live), replicates=2, seed=SEED)
    hall, scene = scene_of(live, NOON, asked)
    played = played_through(scene)
    for replicate in range(2):
        waiting, newcomers = played_by_the_desks(live, scene, replicate)
        for ticket, seconds in zip(hall.tickets, played.waiting[replicate], strict=True):
            assert seconds == pytest.approx(waiting.get(ticket.id, np.inf), abs=1e-3)
        for newcomer, seconds in zip(hall.newcomers, played.newcomers[replicate], strict=True):
            assert seconds == pytest.approx(newcomers.get(newcomer, np.inf), abs=1e-3)


def played_by_the_desks(
    live: LiveBranch, scene: Scene, replicate: int
) -> tuple[dict[TicketId, float], dict[Newcomer, float]]:
    """The same day, one call after the other, with the domain's own rule."""
    branch = live.branch
    services = [service.code for service in branch.services]
    everybody_new = [(s, c.code) for s in services for c in branch.categories]
    waiting = {ticket.id: candidate_of(ticket) for ticket in live.waiting}
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
        service = services.index(pick.candidate.service)
        luck = chances(ticket_key(SEED, ticket), 2, int(SERVICE))[replicate]
        middle = scene.services.location[replicate, service, 0]
        free[number] += exp(middle + value(scene.services.residual[service], luck))
    return called, newcomers


def test_numpy_and_compiled_code_draw_the_same_luck() -> None:
    luck = ticket_key(SEED, ARRIVING)

    drawn = chances(luck, 5, int(SERVICE))

    assert drawn.tolist() == [chance(np.uint64(luck), replicate, SERVICE) for replicate in range(5)]
    assert len(set(drawn.tolist())) == 5
