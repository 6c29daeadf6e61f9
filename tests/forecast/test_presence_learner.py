"""What is learned from the states of desks: openings, breaks, pauses."""

from datetime import time, timedelta

import numpy as np
import pytest

from queueapp.domain.branch import Shift, Span, Weekday
from queueapp.domain.desk import SENT_FOR, Desk, DeskState
from queueapp.forecast.learner import Learner
from tests.domain.samples import FIRST, NOON, a_desk, at
from tests.forecast.halls import a_plain_branch


@pytest.mark.parametrize("last", [DeskState.CLOSED, DeskState.PAUSED])
def test_who_leaves_at_the_break_and_comes_the_next_morning_had_no_break(last: DeskState) -> None:
    span, lunch = (Span(starts=time(a), ends=time(b)) for a, b in ((9, 17), (12, 13)))
    learner = Learner(
        a_plain_branch(roster=tuple(Shift(weekday=d, span=span, breaks=(lunch,)) for d in Weekday))
    )
    for day in range(20, 0, -1):
        noon = NOON - timedelta(days=day)
        for state, moment in (
            (DeskState.CLOSED, noon - timedelta(hours=3)),  # the day begins
            (DeskState.OPEN, noon - timedelta(hours=2, minutes=40)),
            (last, noon),
        ):
            learner.desk_changed(Desk(counter=FIRST, state=state, since=moment), moment)

    slips = learner.knowledge(NOON).slips

    assert np.median(slips.opening) > 10 * 60, "twenty minutes late, and mostly believed"
    assert set(slips.break_length) == {1.0}


def test_pauses_that_take_longer_than_said_are_learned() -> None:
    learner = Learner(a_plain_branch())
    for number in range(40):
        begins = at(-600 + 12 * number)
        said = begins + timedelta(minutes=4)
        pause = a_desk(FIRST, state=DeskState.PAUSED, since=begins, expected_end=said)
        back = begins + timedelta(minutes=6)
        learner.desk_changed(pause, begins)
        learner.desk_changed(a_desk(FIRST, since=back), back)

    lengths = learner.knowledge(NOON).slips.pause_length

    assert np.median(lengths) == pytest.approx(1.5, abs=0.12)


def test_a_clerk_who_was_sent_for_comes_and_was_not_away() -> None:
    learner = Learner(a_plain_branch())
    kept = a_desk(FIRST, state=DeskState.PAUSED, reason=SENT_FOR, since=at(-9), expected_end=at(-6))
    learner.desk_changed(kept, at(-9))
    learner.desk_changed(a_desk(FIRST, since=NOON), NOON)
    assert learner.knowledge(NOON).slips.pauses_today.get(FIRST, ()) == ()


def test_old_states_of_desks_teach_what_they_would_have_taught_as_they_came() -> None:
    branch = a_plain_branch()
    states = []
    for number in range(30):
        begins = at(-600 + 15 * number)
        pause = a_desk(
            FIRST,
            state=DeskState.PAUSED,
            since=begins,
            expected_end=begins + timedelta(minutes=4),
        )
        states += [pause, a_desk(FIRST, since=begins + timedelta(minutes=9))]
    live, anew = Learner(branch), Learner(branch)
    for desk in states:
        assert desk.since is not None
        live.desk_changed(desk, desk.since)

    anew.recall([], states, after=None, until=NOON)

    followed, recalled = (learner.knowledge(NOON).slips for learner in (live, anew))
    assert recalled.pause_length.tolist() == followed.pause_length.tolist()
    assert recalled.pauses == followed.pauses > 0
    assert recalled.pauses_today == followed.pauses_today
    half = Learner(branch)
    half.recall([], states, after=None, until=at(-375))
    assert 0 < len(half.knowledge(NOON).slips.pauses_today[FIRST]) < 30
