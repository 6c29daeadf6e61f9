"""What one replicate of the compiled simulation knows at one moment, and the lines in it."""

from typing import NamedTuple, cast

import numpy as np

from queueapp.forecast.arrays import Flags, Keys, Numbers, Places, Seconds
from queueapp.forecast.compiled import compiled, compiled_within
from queueapp.forecast.scene import Scene

NOBODY = cast("int", np.intp(-1))
"""Not a literal: for those numba compiles each function that is given one once more."""
PEOPLE, DUE, UNANSWERED, ARRIVED, ARRIVING_LINE, NEXT_PLACE = range(6)
"""Places in ``State.counts``: people known so far, returns that are due, questions without an
answer, arrivals so far, the line of the next arrival, and the place of whoever came at the moment
of the forecast: after all who waited then, before all who have come since."""
EXPECTED, ARRIVAL, HIGHEST = range(3)
"""Places in ``State.sums``: the running sum of arrivals, and when the next one comes,
and the highest claim that a counter saw when it last looked."""


class State(NamedTuple):
    """Arrays that are written over and over; by person unless stated."""

    line: Places
    accrues: Seconds
    since: Seconds
    patience: Seconds
    place: Places
    row: Places
    behind: Places
    """Who stands next in the line."""
    luck: Keys
    head: Places
    """By line."""
    tail: Places
    """By line."""
    free_at: Seconds
    """By counter: when it calls next; ``inf`` when idle or gone."""
    idle_since: Seconds
    """By counter: ``inf`` unless idle."""
    stretch: Places
    """By counter: where it stands in its presence."""
    asked: Flags
    """By newcomer: not called yet."""
    claim: Numbers
    """By line: what speaks for its head at the counter that looks; ``-inf``: may not be called."""
    due_who: Places
    due_at: Seconds
    counts: Places
    sums: Seconds


def empty_state(scene: Scene) -> State:
    """Room for one replicate of ``scene``."""
    most = scene.most
    lines, counters = len(scene.lines.service), scene.desks.free_at.shape[1]
    return State(
        np.empty(most, np.intp),
        np.empty(most),
        np.empty(most),
        np.empty(most),
        np.empty(most, np.intp),
        np.empty(most, np.intp),
        np.empty(most, np.intp),
        np.empty(most, np.uint64),
        np.empty(lines, np.intp),
        np.empty(lines, np.intp),
        np.empty(counters),
        np.empty(counters),
        np.empty(counters, np.intp),
        np.empty(len(scene.newcomers.line), np.bool_),
        np.empty(lines),
        np.empty(most, np.intp),
        np.empty(most),
        np.zeros(6, np.intp),
        np.zeros(3),
    )


@compiled_within
def enqueue(state: State, person: int) -> None:
    """Put somebody into their line, by the time from which their place counts."""
    line = state.line[person]
    last = state.tail[line]
    state.behind[person] = NOBODY
    if last == NOBODY:
        state.head[line] = person
        state.tail[line] = person
        return
    if not _goes_before(state, person, last):
        state.behind[last] = person
        state.tail[line] = person
        return
    before, at = NOBODY, state.head[line]
    while not _goes_before(state, person, at):
        before, at = at, state.behind[at]
    state.behind[person] = at
    if before == NOBODY:
        state.head[line] = person
    else:
        state.behind[before] = person


@compiled
def take_head(state: State, line: int) -> int:
    """Whoever is first in ``line`` leaves it."""
    person = state.head[line]
    state.head[line] = state.behind[person]
    if state.head[line] == NOBODY:
        state.tail[line] = NOBODY
    return int(person)


@compiled_within
def schedule(state: State, person: int, moment: float) -> None:
    """Somebody comes back to the queue at ``moment``."""
    number = state.counts[DUE]
    state.due_who[number] = person
    state.due_at[number] = moment
    state.counts[DUE] = number + 1


@compiled_within
def take_due(state: State, number: int) -> int:
    """Whoever is due comes; the last of the list takes the place."""
    person = state.due_who[number]
    last = state.counts[DUE] - 1
    state.due_who[number] = state.due_who[last]
    state.due_at[number] = state.due_at[last]
    state.counts[DUE] = last
    return int(person)


@compiled_within
def _goes_before(state: State, person: int, other: int) -> bool:
    own, others = state.accrues[person], state.accrues[other]
    return bool(own < others or (own == others and state.place[person] < state.place[other]))
