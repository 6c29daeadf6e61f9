"""What advice is worth on whole mornings, which are played through the real operations."""

import pytest

from queueapp.simulator.crowd import Crowd
from tests.forecast.judge_advice.judging import compare_days, compare_effects, figures_of_effects
from tests.forecast.judge_advice.towns import MORNING


@pytest.fixture(scope="module")
def busy_days() -> Crowd:
    return Crowd(load=0.65)


def test_effects_are_predicted_as_the_true_parameters_would_predict_them(busy_days: Crowd) -> None:
    effects = compare_effects(
        MORNING, busy_days, seed=1, learned_days=3, days=1, hours=(8, 9, 10), most=10
    )
    figures = figures_of_effects(effects)["true parameters"]
    assert figures["effects"] >= 15
    assert figures["minutes"]["correlation"] > 0.9


def test_following_the_advice_cuts_the_people_past_their_target(busy_days: Crowd) -> None:
    compared = dict(
        compare_days(MORNING, busy_days, seed=1, learned_days=1, days=1, ways=("fifo", "advised"))
    )
    before = compared["fifo"]["share_past_target"]
    assert compared["advised"]["share_past_target"] < 0.7 * before
    assert compared["advised"]["clerk_hours"] <= compared["fifo"]["clerk_hours"] + 0.5
