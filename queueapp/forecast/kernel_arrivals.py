"""People who come while the queue is played through, for compiled code."""

import math

import numpy as np

from queueapp.forecast.compiled import compiled_within
from queueapp.forecast.kernel_luck import (
    ARRIVES,
    EARLY,
    KEPT,
    KIND,
    PATIENCE,
    SHOWS_UP,
    chance,
    somebody,
    value,
)
from queueapp.forecast.kernel_state import (
    ARRIVAL,
    ARRIVED,
    ARRIVING_LINE,
    EXPECTED,
    NEXT_PLACE,
    NOBODY,
    PEOPLE,
    State,
    schedule,
)
from queueapp.forecast.scene import Arrivals, Scene


@compiled_within
def begin_arrivals(scene: Scene, state: State, replicate: int) -> None:
    """Who comes back, who has an appointment, and the first of the others."""
    for number in range(len(scene.later.line)):
        moment = scene.later.at[replicate, number]
        person = _another(state, scene.later.line[number], moment, scene.later.luck[number])
        state.accrues[person] = scene.later.accrues[number]
        state.place[person] = NOBODY  # whoever comes back came before all who wait equally long
        if moment < np.inf:
            schedule(state, person, moment)
    for number in range(len(scene.booked.line)):
        luck = scene.booked.luck[number]
        passed = scene.booked.passed[number]
        late = passed + (1 - passed) * chance(luck, replicate, EARLY)
        early = value(scene.booked.early, late)
        moment = max(scene.booked.at[number] + early, 0.0)
        person = _another(state, scene.booked.line[number], moment, luck)
        state.accrues[person] = scene.booked.at[number]
        state.row[person] = number if number < scene.rows else NOBODY
        if chance(luck, replicate, SHOWS_UP) < scene.booked.shows_up[number]:
            schedule(state, person, moment)
    state.sums[EXPECTED] = 0.0
    expect_next(scene.arrivals, state, replicate)


@compiled_within
def expect_next(arrivals: Arrivals, state: State, replicate: int) -> None:
    """Draw when the next person comes (``inf``: nobody more today), and to which line."""
    luck = somebody(np.uint64(arrivals.luck), state.counts[ARRIVED])
    state.sums[EXPECTED] += -math.log1p(-chance(luck, replicate, ARRIVES))
    state.sums[ARRIVAL] = np.inf
    if state.sums[EXPECTED] >= arrivals.expected[-1] * arrivals.factor[replicate]:
        return
    expected = state.sums[EXPECTED] / arrivals.factor[replicate]
    slot = np.searchsorted(arrivals.expected, expected, side="right") - 1
    slot = min(slot, len(arrivals.share) - 1)
    within = arrivals.expected[slot + 1] - arrivals.expected[slot]
    part = (expected - arrivals.expected[slot]) / within
    begins, ends = arrivals.edges[slot], arrivals.edges[slot + 1]
    state.sums[ARRIVAL] = begins + part * (ends - begins)
    line = np.searchsorted(arrivals.share[slot], chance(luck, replicate, KIND), side="right")
    state.counts[ARRIVING_LINE] = min(line, arrivals.share.shape[1] - 1)


@compiled_within
def let_in_arrival(scene: Scene, state: State, replicate: int, moment: float) -> int:
    """Whoever comes at ``moment``; ``NOBODY`` when this one stays away or the hall is full."""
    number = state.counts[ARRIVED]
    state.counts[ARRIVED] = number + 1
    line = state.counts[ARRIVING_LINE]
    luck = somebody(np.uint64(scene.arrivals.luck), number)
    kept = scene.arrivals.kept[scene.lines.service[line]]
    if state.counts[PEOPLE] >= scene.most or chance(luck, replicate, KEPT) >= kept:
        return NOBODY
    person = _another(state, line, moment, luck)
    state.patience[person] = patience_of(scene.services.leaving, luck, replicate, moment)
    row = len(scene.booked.line) + number
    state.row[person] = row if row < scene.rows else NOBODY
    return person


@compiled_within
def patience_of(leaving: float, luck: np.uint64, replicate: int, since: float) -> float:
    """When somebody who may leave unseen at the rate ``leaving`` does, if not called before."""
    if leaving <= 0:
        return np.inf
    return since - math.log1p(-chance(luck, replicate, PATIENCE)) / leaving


@compiled_within
def _another(state: State, line: int, moment: float, luck: np.uint64) -> int:
    """Room for one more person, who came at ``moment``."""
    person = state.counts[PEOPLE]
    state.counts[PEOPLE] = person + 1
    state.line[person] = line
    state.accrues[person] = moment
    state.since[person] = moment
    state.patience[person] = np.inf
    state.place[person] = state.counts[NEXT_PLACE] + 1 + person
    state.luck[person] = luck
    state.row[person] = NOBODY
    return int(person)
