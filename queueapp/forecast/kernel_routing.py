"""The numeric twin of :mod:`queueapp.domain.routing`, for compiled code.

Tests hold it equal to the domain's rule on random states. A counter compares the heads of the
lines only: within one line the order never changes.
"""

import numpy as np

from queueapp.domain.routing import NEAR_TIE
from queueapp.forecast.compiled import compiled
from queueapp.forecast.kernel_state import HIGHEST, NOBODY, State
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
    """The line whose head ``counter`` calls at ``moment``; ``NOBODY``: nobody waits for it.

    Leaves what speaks for each head in ``state``, for :func:`is_newcomer_first`.
    """
    _look(scene, state, counter, moment)
    highest = state.sums[HIGHEST]
    least = highest - _NEAR_TIE if scene.policy == ACCUMULATING else highest
    best, best_rank, best_claim, best_order, best_place = NOBODY, 0, 0.0, 0.0, 0
    for line in range(len(state.head)):
        person = state.head[line]
        claim = state.claim[line]
        if person == NOBODY or claim < least or not scene.lines.may[counter, line]:
            continue
        rank = scene.lines.rank[counter, line] if scene.policy == ACCUMULATING else 0
        order, place = order_of(scene, line, state.accrues[person]), state.place[person]
        if best == NOBODY or (rank, -claim, order, place) < (
            best_rank,
            -best_claim,
            best_order,
            best_place,
        ):
            best, best_rank, best_claim, best_order, best_place = line, rank, claim, order, place
    return best


@compiled
def _look(scene: Scene, state: State, counter: int, moment: float) -> None:
    """What speaks for each head that ``counter`` may call."""
    highest = -np.inf
    for line in range(len(state.head)):
        person = state.head[line]
        if person == NOBODY or not scene.lines.may[counter, line]:
            state.claim[line] = -np.inf
            continue
        claim = claim_of(scene, line, state.accrues[person], moment)
        state.claim[line] = claim
        highest = max(highest, claim)
    state.sums[HIGHEST] = highest


@compiled
def is_newcomer_first(
    scene: Scene, state: State, counter: int, moment: float, line: int, best: int
) -> bool:
    """Whether ``counter``, which has chosen the head of ``best``, would rather call a newcomer.

    The newcomer of ``line`` came at the moment of the forecast: after everybody who waited then,
    before everybody who has come since.
    """
    if best == NOBODY:
        return True
    claim = claim_of(scene, line, 0.0, moment)
    highest = state.sums[HIGHEST]
    if scene.policy == ACCUMULATING:
        if claim < highest - _NEAR_TIE:
            return False
        return not _is_beaten(scene, state, counter, line, claim)
    if claim != highest:
        return bool(claim > highest)
    head = state.head[best]
    own, others = order_of(scene, line, 0.0), order_of(scene, best, state.accrues[head])
    return (own, len(scene.people.line)) < (others, state.place[head])


@compiled
def _is_beaten(scene: Scene, state: State, counter: int, newcomer: int, own: float) -> bool:
    """Whether a head goes before a newcomer whose claim is ``own``."""
    rank, place = scene.lines.rank[counter, newcomer], len(scene.people.line)
    least = max(own, state.sums[HIGHEST]) - _NEAR_TIE
    if own < least:
        return True
    for line in range(len(state.head)):
        claim = state.claim[line]
        if claim < least or claim == -np.inf:
            continue
        person = state.head[line]
        if (
            scene.lines.rank[counter, line],
            -claim,
            state.accrues[person],
            state.place[person],
        ) < (rank, -own, 0.0, place):
            return True
    return False
