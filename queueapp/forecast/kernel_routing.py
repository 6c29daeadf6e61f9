"""The numeric twin of :mod:`queueapp.domain.routing`, for compiled code.

Tests hold it equal to the domain's rule on random states. A counter compares the heads of the
lines only: within one line the order never changes.
"""

import numpy as np

from queueapp.domain.routing import NEAR_TIE
from queueapp.forecast.compiled import compiled
from queueapp.forecast.kernel_state import NOBODY, State
from queueapp.forecast.scene import ACCUMULATING, FIFO, Scene

_NEAR_TIE = NEAR_TIE


@compiled
def claim_of(scene: Scene, line: int, accrues: float, moment: float) -> float:
    """What the policy compares first, the highest wins."""
    waited = moment - accrues + scene.lines.head_start[line]
    if scene.policy == ACCUMULATING:
        return float(waited / scene.lines.target[line] * scene.lines.weight[line])
    if scene.policy == FIFO:
        return 0.0
    return float(scene.lines.weight[line]) if waited >= 0 else -np.inf


@compiled
def order_of(scene: Scene, line: int, accrues: float) -> float:
    """What decides between equal claims, the lowest wins; then the ticket's place does."""
    return accrues - scene.lines.head_start[line] if scene.policy == FIFO else accrues


@compiled
def choose(scene: Scene, state: State, counter: int, moment: float) -> int:
    """The line whose head ``counter`` calls at ``moment``; ``NOBODY``: nobody waits for it."""
    if scene.policy != ACCUMULATING:
        return _first(scene, state, counter, moment)
    highest = highest_claim(scene, state, counter, moment)
    if highest == -np.inf:
        return NOBODY
    best, best_rank, best_claim, best_order, best_place = NOBODY, 0, 0.0, 0.0, 0
    for line in range(len(state.head)):
        person = state.head[line]
        if person == NOBODY or not scene.lines.may[counter, line]:
            continue
        claim = claim_of(scene, line, state.accrues[person], moment)
        if claim < highest - _NEAR_TIE:
            continue
        rank, order, place = (
            scene.lines.rank[counter, line],
            state.accrues[person],
            state.place[person],
        )
        if best == NOBODY or (rank, -claim, order, place) < (
            best_rank,
            -best_claim,
            best_order,
            best_place,
        ):
            best, best_rank, best_claim, best_order, best_place = line, rank, claim, order, place
    return best


@compiled
def highest_claim(scene: Scene, state: State, counter: int, moment: float) -> float:
    """The most urgent head for ``counter``; ``-inf``: there is none."""
    highest = -np.inf
    for line in range(len(state.head)):
        person = state.head[line]
        if person != NOBODY and scene.lines.may[counter, line]:
            highest = max(highest, claim_of(scene, line, state.accrues[person], moment))
    return highest


@compiled
def is_newcomer_first(
    scene: Scene, state: State, counter: int, moment: float, line: int, best: int
) -> bool:
    """Whether ``counter``, which would call the head of ``best``, would rather call a newcomer.

    The newcomer of ``line`` came at the moment of the forecast: after everybody who waited then,
    before everybody who has come since.
    """
    if best == NOBODY:
        return True
    claim = claim_of(scene, line, 0.0, moment)
    head = state.head[best]
    rival = claim_of(scene, best, state.accrues[head], moment)
    place = len(scene.people.line)
    if scene.policy != ACCUMULATING:
        if claim != rival:
            return claim > rival
        own, others = order_of(scene, line, 0.0), order_of(scene, best, state.accrues[head])
        return (own, place) < (others, state.place[head])
    if claim < rival - _NEAR_TIE:
        return False
    return not _is_beaten(scene, state, counter, moment, line)


@compiled
def _is_beaten(scene: Scene, state: State, counter: int, moment: float, newcomer: int) -> bool:
    own = claim_of(scene, newcomer, 0.0, moment)
    rank, place = scene.lines.rank[counter, newcomer], len(scene.people.line)
    top = max(own, highest_claim(scene, state, counter, moment))
    if own < top - _NEAR_TIE:
        return True
    for line in range(len(state.head)):
        person = state.head[line]
        if person == NOBODY or not scene.lines.may[counter, line]:
            continue
        claim = claim_of(scene, line, state.accrues[person], moment)
        if claim >= top - _NEAR_TIE and (
            scene.lines.rank[counter, line],
            -claim,
            state.accrues[person],
            state.place[person],
        ) < (rank, -own, 0.0, place):
            return True
    return False


@compiled
def _first(scene: Scene, state: State, counter: int, moment: float) -> int:
    best, best_claim, best_order, best_place = NOBODY, 0.0, 0.0, 0
    for line in range(len(state.head)):
        person = state.head[line]
        if person == NOBODY or not scene.lines.may[counter, line]:
            continue
        claim = claim_of(scene, line, state.accrues[person], moment)
        order, place = order_of(scene, line, state.accrues[person]), state.place[person]
        if best == NOBODY or (-claim, order, place) < (-best_claim, best_order, best_place):
            best, best_claim, best_order, best_place = line, claim, order, place
    return best
