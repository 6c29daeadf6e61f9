"""A small, seeded judgement; ``python -m tests.forecast.worlds`` makes the large one."""

from datetime import timedelta

import numpy as np
import pytest

from queueapp.domain.estimate import Estimate
from queueapp.forecast.knowledge import Knowledge
from tests.domain.samples import NOON, a_ticket
from tests.forecast.halls import (
    a_hall,
    a_plain_branch,
    forecast,
    in_hand_everywhere,
    waiting_tickets,
)
from tests.forecast.worlds.judge import Verdict, judge
from tests.forecast.worlds.kinds import BY_NAME, FOUR
from tests.forecast.worlds.truth import true_exponential

HISTORY = 7
SCORED = 2
WARM_UP = timedelta(days=3)


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return judge(FOUR, days=HISTORY + SCORED, scored_from=HISTORY, warm_up=WARM_UP)


def test_after_a_week_the_error_is_near_that_of_whoever_knows_the_truth(verdict: Verdict) -> None:
    assert verdict.over_limit is not None
    assert verdict.over_limit < 1.25


def test_after_a_week_it_beats_every_established_predictor(verdict: Verdict) -> None:
    assert verdict.over_best < 0.9
    assert all(ratio < 0.9 for ratio in verdict.pinball_over.values())


def test_the_range_holds_about_as_often_as_it_says(verdict: Verdict) -> None:
    assert 0.68 < verdict.ours.within_p10_p90 < 0.92
    assert verdict.limit is not None
    assert 0.72 < verdict.limit.within_p10_p90 < 0.88


def test_without_a_roster_it_still_beats_ql_and_q_lasso() -> None:
    no_roster = BY_NAME["no roster"]
    verdict = judge(
        no_roster, days=HISTORY, scored_from=HISTORY - 2, warm_up=WARM_UP, with_limit=False
    )
    assert all(ratio < 1 for ratio in verdict.pinball_over.values())
    assert verdict.ours.within_p10_p90 > 0.65


@pytest.mark.parametrize("ahead", [0, 2, 7])
def test_with_memoryless_services_a_wait_is_erlang_distributed(ahead: int) -> None:
    """M/M/3 with all busy and n ahead: Erlang(n + 1, 3 mu), mean and quantiles."""
    branch = a_plain_branch(counters=3, mean=300)
    own = a_ticket(900, arrived_at=NOON)
    hall = a_hall(branch, [*in_hand_everywhere(branch), *waiting_tickets(ahead), own])
    known = true_exponential(Knowledge.configured(branch), mean=300)
    sums = np.random.default_rng(1).exponential(100, (400_000, ahead + 1)).sum(axis=1)

    said = forecast(hall, NOON, knowledge=known, replicates=4000).waiting[own.id]

    assert isinstance(said, Estimate)
    spread = float(np.sqrt(ahead + 1)) * 100
    for chance, value in ((0.1, said.p10), (0.5, said.p50), (0.8, said.p80), (0.9, said.p90)):
        assert value == pytest.approx(np.quantile(sums, chance), abs=0.12 * spread)
