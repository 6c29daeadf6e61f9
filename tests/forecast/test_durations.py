"""Configured durations: a lognormal with the mean and spread that the branch wrote."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from queueapp.domain.words import ServiceCode
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.knowledge import Knowledge, known_services
from queueapp.forecast.quantile_table import (
    constant,
    empirical_table,
    exponential_table,
    left_of,
    normal_table,
    quantile,
    share_below,
)
from tests.domain.samples import BILLS, a_branch
from tests.forecast.halls import a_plain_branch

DRAWS = 40_000
CHANCES: Numbers = (np.arange(DRAWS) + 0.5) / DRAWS


@pytest.mark.parametrize(("mean", "spread"), [(240, 120), (600, 600), (90, 10)])
def test_mean_and_spread_are_those_configured(mean: float, spread: float) -> None:
    occupancy = Knowledge.configured(a_plain_branch(mean=mean, spread=spread)).occupancy

    seconds = np.exp(occupancy.mean[0] + quantile(occupancy.residual[0], CHANCES))

    assert seconds.mean() == pytest.approx(mean, rel=0.01)
    assert seconds.std() == pytest.approx(spread, rel=0.12)


def test_without_spread_every_visit_takes_the_mean() -> None:
    knowledge = Knowledge.configured(a_plain_branch(mean=240))

    assert knowledge.mean_occupancy(BILLS) == pytest.approx(240)
    assert knowledge.occupancy.deviation.tolist() == [0.0]


def test_a_configured_mean_is_believed_but_not_for_certain() -> None:
    knowledge = Knowledge.configured(a_plain_branch(mean=240, spread=160))

    assert 0.1 < knowledge.occupancy.deviation[0] < 0.3


def test_a_mean_of_zero_still_takes_somebodys_time() -> None:
    assert Knowledge.configured(a_plain_branch(mean=0)).mean_occupancy(BILLS) > 0


def test_services_no_longer_offered_are_known_too() -> None:
    branch = a_branch()
    retired = replace(branch.services[0], code=ServiceCode("R"), mean=timedelta(minutes=10))
    branch = replace(branch, retired_services=(retired,))

    assert [service.code for service in known_services(branch)][-1] == "R"
    assert Knowledge.configured(branch).mean_occupancy(ServiceCode("R")) == pytest.approx(
        600, rel=0.05
    )


def test_what_has_lasted_long_is_expected_to_last_longer_than_nothing() -> None:
    table = exponential_table(100)

    assert left_of(table, 0, CHANCES).mean() == pytest.approx(100, rel=0.02)
    assert left_of(table, 150, CHANCES).mean() == pytest.approx(100, rel=0.05)
    assert left_of(table, 10_000, CHANCES).mean() == pytest.approx(10_000 / 3, rel=0.05)


def test_what_always_takes_the_same_has_the_rest_of_it_left() -> None:
    assert set(left_of(constant(60), 20, CHANCES)) == {40}
    assert share_below(constant(60), 60) == 0
    assert share_below(constant(60), 60.1) == 1


def test_a_table_of_what_was_seen_keeps_its_mean_and_its_order() -> None:
    seen = np.exp(quantile(normal_table(1.0), np.random.default_rng(3).random(5000)))

    table = empirical_table(seen)

    assert (np.diff(table) >= 0).all()
    assert quantile(table, CHANCES).mean() == pytest.approx(seen.mean(), rel=0.02)


def test_what_was_seen_lately_weighs_more() -> None:
    values = np.array([1.0, 1.0, 9.0, 9.0])

    table = empirical_table(values, np.array([1.0, 1.0, 30.0, 30.0]))

    assert quantile(table, np.array([0.5]))[0] == pytest.approx(9)
