"""Configured durations: a lognormal with the mean and spread that the branch wrote."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from queueapp.forecast.arrays import Numbers, Seconds
from queueapp.forecast.durations import ConfiguredDurations
from tests.forecast.halls import a_plain_branch

DRAWS = 40_000
CHANCES: Numbers = (np.arange(DRAWS) + 0.5) / DRAWS
PLACES = np.zeros(DRAWS, dtype=np.intp)


def durations(mean: float, spread: float) -> ConfiguredDurations:
    return ConfiguredDurations(a_plain_branch(mean=mean, spread=spread))


def remaining(model: ConfiguredDurations, elapsed: float) -> Seconds:
    return model.remaining(PLACES, PLACES, np.full(DRAWS, elapsed), CHANCES)


@pytest.mark.parametrize(("mean", "spread"), [(240, 120), (600, 600), (90, 10)])
def test_mean_and_spread_are_those_configured(mean: float, spread: float) -> None:
    seconds = durations(mean, spread).occupancy(PLACES, PLACES, CHANCES)

    assert seconds.mean() == pytest.approx(mean, rel=0.01)
    assert seconds.std() == pytest.approx(spread, rel=0.03)
    assert seconds.min() > 0


def test_what_remains_is_what_longer_services_have_left() -> None:
    model = durations(300, 200)
    whole = model.occupancy(PLACES, PLACES, CHANCES)
    left_over = whole[whole > 250] - 250

    left = remaining(model, 250)

    assert left.mean() == pytest.approx(left_over.mean(), rel=0.02)
    assert np.quantile(left, 0.8) == pytest.approx(np.quantile(left_over, 0.8), rel=0.02)


def test_with_nothing_elapsed_the_whole_service_remains() -> None:
    model = durations(300, 200)

    assert np.allclose(remaining(model, 0), model.occupancy(PLACES, PLACES, CHANCES))


@pytest.mark.parametrize("elapsed", [0, 299, 301, 3600, 1e6])
@pytest.mark.parametrize("spread", [0, 1, 3000])
def test_what_remains_is_always_a_time(elapsed: float, spread: float) -> None:
    left = remaining(durations(300, spread), elapsed)

    assert np.isfinite(left).all()
    assert (left >= 0).all()


def test_who_stays_beyond_all_reckoning_is_expected_a_third_longer() -> None:
    assert remaining(durations(300, 0), 900).mean() == pytest.approx(300, rel=0.01)


def test_a_service_that_takes_no_time_by_plan_still_takes_a_moment() -> None:
    branch = a_plain_branch()
    instant = replace(branch.services[0], mean=timedelta(0), spread=timedelta(0))
    model = ConfiguredDurations(replace(branch, services=(instant,)))

    assert model.occupancy(PLACES, PLACES, CHANCES).min() == pytest.approx(1)
