"""The queue ahead, played through many times by compiled code.

Each replicate is one way in which the rest of the day may go: an event loop over counters that
become free and people who come. A counter that becomes free calls whom routing gives it; one that
finds nobody waits for the next who comes. Whoever would arrive now is followed too, without ever
taking a counter's time: called at the first moment when a counter would choose them before
everybody who waits.
"""

import math

import numpy as np

from queueapp.forecast.compiled import compiled, compiled_within
from queueapp.forecast.kernel_arrivals import (
    begin_arrivals,
    expect_next,
    let_in_arrival,
    patience_of,
)
from queueapp.forecast.kernel_luck import (
    BETWEEN,
    GOES_ON,
    GOES_ON_WITH,
    NO_SHOW,
    NO_SHOW_COST,
    PAUSE,
    PAUSES,
    RESPONSE,
    SERVICE,
    chance,
    somebody,
    value,
)
from queueapp.forecast.kernel_routing import choose, is_newcomer_first
from queueapp.forecast.kernel_state import (
    ARRIVAL,
    DUE,
    NEXT_PLACE,
    NOBODY,
    PEOPLE,
    UNANSWERED,
    State,
    empty_state,
    enqueue,
    schedule,
    take_due,
    take_head,
)
from queueapp.forecast.scene import Desks, People, Played, Scene


def play(scene: Scene) -> Played:
    """Play every replicate of ``scene``."""
    replicates = len(scene.desks.free_at)
    played = Played(
        np.full((replicates, len(scene.people.line)), np.inf),
        np.full((replicates, len(scene.newcomers.line)), np.inf),
        np.full((replicates, scene.rows), np.inf),
        np.full((replicates, scene.rows), np.inf),
        np.zeros((replicates, scene.rows), np.intp),
    )
    play_all(scene, empty_state(scene), played)
    return played


@compiled
def play_all(scene: Scene, state: State, played: Played) -> None:
    """Every replicate of ``scene``, one after the other, into ``played``."""
    for replicate in range(len(scene.desks.free_at)):
        begin(scene, state, played, replicate)
        while _step(scene, state, played, replicate):
            pass


@compiled
def begin(scene: Scene, state: State, played: Played, replicate: int) -> None:
    """The branch as it is at the moment of the forecast."""
    state.head[:] = NOBODY
    state.tail[:] = NOBODY
    state.counts[:] = 0
    people = scene.people
    for person in range(len(people.line)):
        state.line[person] = people.line[person]
        state.accrues[person] = people.accrues[person]
        state.since[person] = people.since[person]
        state.place[person] = people.place[person]
        state.luck[person] = people.luck[person]
        state.row[person] = NOBODY
        state.patience[person] = patience_of(
            scene.services.leaving, people.luck[person], replicate, 0.0
        )
        if people.comes[person] > 0:
            schedule(state, person, people.comes[person])
        else:
            enqueue(state, person)
        state.counts[UNANSWERED] += people.wanted[person]
    state.counts[PEOPLE] = len(people.line)
    state.counts[NEXT_PLACE] = len(people.line)
    begin_arrivals(scene, state, replicate)
    state.asked[:] = True
    state.counts[UNANSWERED] += len(scene.newcomers.line)
    for counter in range(len(state.free_at)):
        _begin_counter(scene, state, played, replicate, counter)


@compiled_within
def _begin_counter(
    scene: Scene, state: State, played: Played, replicate: int, counter: int
) -> None:
    state.stretch[counter] = 0
    state.idle_since[counter] = np.inf
    _free(scene.desks, state, replicate, counter, scene.desks.free_at[replicate, counter])
    if not scene.desks.idle[counter] or state.free_at[counter] > 0:
        return
    state.free_at[counter] = np.inf
    state.idle_since[counter] = 0.0
    for newcomer in range(len(state.asked)):
        if state.asked[newcomer] and scene.lines.may[counter, scene.newcomers.line[newcomer]]:
            luck = scene.newcomers.luck[newcomer]
            response = value(scene.services.response, chance(luck, replicate, RESPONSE))
            _answer(state, played, replicate, newcomer, response)


@compiled_within
def _step(scene: Scene, state: State, played: Played, replicate: int) -> bool:
    """The next thing that happens; ``False`` when nothing that is asked for is left to happen."""
    moment, counter = np.inf, NOBODY
    for candidate in range(len(state.free_at)):
        if state.free_at[candidate] < moment:
            moment, counter = state.free_at[candidate], candidate
    due = NOBODY
    for number in range(state.counts[DUE]):
        if state.due_at[number] < moment:
            moment, due = state.due_at[number], number
    is_arrival = state.sums[ARRIVAL] < moment
    if is_arrival:
        moment = state.sums[ARRIVAL]
    if moment >= scene.horizon or (state.counts[UNANSWERED] <= 0 and moment >= scene.until):
        return False
    if is_arrival:
        person = let_in_arrival(scene, state, replicate, moment)
        expect_next(scene.arrivals, state, replicate)
        if person != NOBODY:
            _join(scene, state, played, replicate, person, moment)
    elif due != NOBODY:
        _join(scene, state, played, replicate, take_due(state, due), moment)
    else:
        _call(scene, state, played, replicate, counter, moment)
    return True


@compiled_within
def _join(
    scene: Scene, state: State, played: Played, replicate: int, person: int, moment: float
) -> None:
    """Somebody stands in line, and the counter that has been idle longest responds."""
    row = state.row[person]
    if row != NOBODY and moment < scene.until:
        played.came[replicate, row] = max(moment, state.accrues[person])
        played.line[replicate, row] = state.line[person]
        state.counts[UNANSWERED] += 1
    else:
        state.row[person] = NOBODY
    enqueue(state, person)
    longest = NOBODY
    for counter in range(len(state.free_at)):
        if state.idle_since[counter] == np.inf or not scene.lines.may[counter, state.line[person]]:
            continue
        if _is_there(scene.desks, state, replicate, counter, moment) and (
            longest == NOBODY or state.idle_since[counter] < state.idle_since[longest]
        ):
            longest = counter
    if longest != NOBODY:
        state.idle_since[longest] = np.inf
        response = value(scene.services.response, chance(state.luck[person], replicate, RESPONSE))
        state.free_at[longest] = moment + response


@compiled_within
def _is_there(desks: Desks, state: State, replicate: int, counter: int, moment: float) -> bool:
    """Whether an idle counter is still there, or again; otherwise it calls when it is back."""
    ends = desks.ends[replicate, counter]
    while moment >= ends[state.stretch[counter]]:
        _free(desks, state, replicate, counter, ends[state.stretch[counter]])
        back = state.free_at[counter]
        if back > moment:
            state.idle_since[counter] = np.inf
            return False
        state.idle_since[counter] = back
        state.free_at[counter] = np.inf
    return True


@compiled_within
def _free(desks: Desks, state: State, replicate: int, counter: int, moment: float) -> None:
    """``counter`` is done at ``moment``: when can it call? ``inf``: not today."""
    begins, ends = desks.begins[replicate, counter], desks.ends[replicate, counter]
    stretch = state.stretch[counter]
    begin = begins[stretch]
    while moment >= ends[stretch] or begin >= ends[stretch]:
        away = desks.pause_after[replicate, counter, stretch]
        left = max(moment, ends[stretch])
        if stretch + 1 == len(ends):
            state.free_at[counter] = np.inf
            return
        stretch += 1
        begin = left + away if away >= 0 else begins[stretch]
    state.stretch[counter] = stretch
    state.free_at[counter] = max(moment, begin)


@compiled_within
def _call(
    scene: Scene, state: State, played: Played, replicate: int, counter: int, moment: float
) -> None:
    """``counter`` calls whoever is next, and those who left unseen until somebody comes."""
    while True:
        best = choose(scene.lines, state, counter, moment)
        for newcomer in range(len(state.asked)):
            line = scene.newcomers.line[newcomer]
            if (
                state.asked[newcomer]
                and scene.lines.may[counter, line]
                and is_newcomer_first(scene.lines, state, counter, moment, line, best)
            ):
                _answer(state, played, replicate, newcomer, moment)
        if best == NOBODY:
            state.idle_since[counter] = moment
            state.free_at[counter] = np.inf
            return
        person = take_head(state, best)
        _note_call(scene.people, state, played, replicate, person, moment)
        if state.patience[person] >= moment:
            break
    done = _time_in_hand(scene, state, replicate, counter, person, moment)
    luck = state.luck[person]
    done += value(scene.services.between, chance(luck, replicate, BETWEEN))
    if chance(luck, replicate, PAUSES) < scene.services.pauses:
        done += value(scene.services.pause, chance(luck, replicate, PAUSE))
    _free(scene.desks, state, replicate, counter, done)


@compiled_within
def _time_in_hand(
    scene: Scene, state: State, replicate: int, counter: int, person: int, moment: float
) -> float:
    """When the customer called at ``moment`` is done, or has not come."""
    services, luck = scene.services, state.luck[person]
    waited = moment - max(state.since[person], state.accrues[person])
    missing = services.no_show[0] + services.no_show[1] * max(waited, 0.0)
    if chance(luck, replicate, NO_SHOW) < missing:
        return moment + value(services.no_show_cost, chance(luck, replicate, NO_SHOW_COST))
    service = scene.lines.service[state.line[person]]
    deviation = value(services.residual[service], chance(luck, replicate, SERVICE))
    done = moment + math.exp(services.location[replicate, service, counter] + deviation)
    if chance(luck, replicate, GOES_ON) < services.goes_on[service]:
        _go_on(scene, state, replicate, person, done)
    return done


@compiled_within
def _go_on(scene: Scene, state: State, replicate: int, person: int, moment: float) -> None:
    """The visit goes on with another service, with the place that it had."""
    again = state.counts[PEOPLE]
    if again >= scene.most:
        return
    state.counts[PEOPLE] = again + 1
    line, luck = state.line[person], state.luck[person]
    following = np.searchsorted(
        scene.services.goes_on_with[scene.lines.service[line]],
        chance(luck, replicate, GOES_ON_WITH),
        side="right",
    )
    services = len(scene.services.goes_on)
    categories = scene.arrivals.share.shape[1] // services
    state.line[again] = min(following, services - 1) * categories + scene.lines.category[line]
    state.accrues[again] = state.accrues[person]
    state.since[again] = moment
    state.place[again] = state.place[person]
    state.luck[again] = somebody(luck, 1)
    state.patience[again] = np.inf
    state.row[again] = NOBODY
    schedule(state, again, moment)


@compiled_within
def _answer(state: State, played: Played, replicate: int, newcomer: int, moment: float) -> None:
    state.asked[newcomer] = False
    state.counts[UNANSWERED] -= 1
    played.newcomers[replicate, newcomer] = moment


@compiled_within
def _note_call(
    people: People, state: State, played: Played, replicate: int, person: int, moment: float
) -> None:
    if person < len(people.line):
        played.waiting[replicate, person] = moment
        state.counts[UNANSWERED] -= people.wanted[person]
    elif state.row[person] != NOBODY:
        played.called[replicate, state.row[person]] = moment
        state.counts[UNANSWERED] -= 1
