"""Of ten people who are promised a P80, eight wait no longer: counted over whole random days."""

import numpy as np
import pytest

from queueapp.domain.branch import Policy
from tests.forecast.days import Day, Outcome, a_busy_branch

DAYS = 8


def outcomes_of_those_who_queued(policy: Policy, priority_share: float) -> list[Outcome]:
    """Somebody who finds a free desk waits zero and flatters every forecast."""
    branch = a_busy_branch(policy)
    days = [Day(branch, seed, priority_share).play() for seed in range(DAYS)]
    return [one for day in days for one in day if one.promised.p90 > 0 or one.waited > 1]


def shares_within(outcomes: list[Outcome]) -> list[float]:
    """The shares of people who waited no longer than their P10, P50, P80 and P90."""
    promised = np.array(
        [
            [one.promised.p10, one.promised.p50, one.promised.p80, one.promised.p90]
            for one in outcomes
        ]
    )
    waited = np.array([one.waited for one in outcomes])[:, np.newaxis]
    return [float(share) for share in (waited <= promised + 1e-3).mean(axis=0)]


def test_when_nobody_overtakes_the_chances_are_those_stated() -> None:
    outcomes = outcomes_of_those_who_queued(Policy.FIFO, priority_share=0)

    assert len(outcomes) > 250
    assert shares_within(outcomes) == pytest.approx([0.1, 0.5, 0.8, 0.9], abs=0.06)


def test_with_some_who_come_later_and_go_first_the_range_still_nearly_holds() -> None:
    outcomes = outcomes_of_those_who_queued(Policy.ACCUMULATING, priority_share=0.15)

    assert len(outcomes) > 250
    assert 0.7 < shares_within(outcomes)[2] < 0.86
