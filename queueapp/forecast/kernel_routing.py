"""The numeric twin of :mod:`queueapp.domain.routing`, for compiled code.

Tests hold it equal to the domain's rule on random states. A counter compares the heads of the
lines only: within one line the order never changes.
"""

import numpy as np

from queueapp.domain.routing import NEAR_TIE
from queueapp.forecast.compiled import compiled, compiled_within
from queueapp.forecast.kernel_state import HIGHEST, NEXT_PLACE, NOBODY, State
from queueapp.forecast.scene import ACCUMULATING, FIFO, Lines

_NEAR_TIE = NEAR_TIE


@compiled_within
def claim_of(lines: Lines, line: int, accrues: float, moment: float) -> float:
    """What the policy compares first, the highest wins."""
    waited = moment - accrues + lines.head_start[line]
    if lines.policy == ACCUMULATING:
        return float(waited / lines.target[line] * lines.weight[line])
    if lines.policy == FIFO:
        return 0.0
    return float(lines.weight[line]) if waited >= 0 else -np.inf


@compiled_within
def order_of(lines: Lines, line: int, accrues: float) -> float:
    """What decides between equal claims, the lowest wins; then the ticket's place does."""
    return accrues - lines.head_start[line] if lines.policy == FIFO else accrues


@compiled
def choose(lines: Lines, state: State, counter: int, moment: float) -> int:
    """The line whose head ``counter`` calls at ``moment``; ``NOBODY``: nobody waits for it.

    Leaves what speaks for each head in ``state``, for :func:`is_newcomer_first`.
    """
    _look(lines, state, counter, moment)
    highest = state.sums[HIGHEST]
    least = highest - _NEAR_TIE if lines.policy == ACCUMULATING else highest
    best, best_rank, best_claim, best_order, best_place = NOBODY, 0, 0.0, 0.0, 0
    for line in range(len(state.head)):
        person = state.head[line]
        claim = state.claim[line]
        if person == NOBODY or claim < least or not lines.may[counter, line]:
            continue
        rank = lines.rank[counter, line] if lines.policy == ACCUMULATING else 0
        order, place = order_of(lines, line, state.accrues[person]), state.place[person]
        if best == NOBODY or (rank, -claim, order, place) < (
            best_rank,
            -best_claim,
            best_order,
            best_place,
        ):
            best, best_rank, best_claim, best_order, best_place = line, rank, claim, order, place
    return best


@compiled_within
def _look(lines: Lines, state: State, counter: int, moment: float) -> None:
    """What speaks for each head that ``counter`` may call."""
    highest = -np.inf
    for line in range(len(state.head)):
        person = state.head[line]
        if person == NOBODY or not lines.may[counter, line]:
            state.claim[line] = -np.inf
            continue
        claim = claim_of(lines, line, state.accrues[person], moment)
        state.claim[line] = claim
        highest = max(highest, claim)
    state.sums[HIGHEST] = highest


@compiled
def is_newcomer_first(
    lines: Lines, state: State, counter: int, moment: float, line: int, best: int
) -> bool:
    """Whether ``counter``, which has chosen the head of ``best``, would rather call a newcomer.

    The newcomer of ``line`` came at the moment of the forecast: after everybody who waited then,
    before everybody who has come since.
    """
    if best == NOBODY:
        return True
    claim = claim_of(lines, line, 0.0, moment)
    highest = state.sums[HIGHEST]
    if lines.policy == ACCUMULATING:
        if claim < highest - _NEAR_TIE:
            return False
        return not _is_beaten(lines, state, counter, line, claim)
    if claim != highest:
        return bool(claim > highest)
    head = state.head[best]
    own, others = order_of(lines, line, 0.0), order_of(lines, best, state.accrues[head])
    return (own, state.counts[NEXT_PLACE]) < (others, state.place[head])


@compiled_within
def _is_beaten(lines: Lines, state: State, counter: int, newcomer: int, own: float) -> bool:
    """Whether a head goes before a newcomer whose claim is ``own``."""
    rank, place = lines.rank[counter, newcomer], state.counts[NEXT_PLACE]
    least = max(own, state.sums[HIGHEST]) - _NEAR_TIE
    if own < least:
        return True
    for line in range(len(state.head)):
        claim = state.claim[line]
        if claim < least or claim == -np.inf:
            continue
        person = state.head[line]
        if (
            lines.rank[counter, line],
            -claim,
            state.accrues[person],
            state.place[person],
        ) < (rank, -own, 0.0, place):
            return True
    return False
