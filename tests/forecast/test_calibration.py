"""Ranges that failed are moved until they hold, gently; a correction has to prove itself first."""

import json
from datetime import datetime, timedelta

import numpy as np
import pytest

from queueapp.forecast.arrays import Numbers, Seconds
from queueapp.forecast.calibration import (
    CHANCES,
    GRID,
    Calibration,
    calibrated,
    level_of,
    raw_quantiles,
    waits_at,
)
from queueapp.forecast.correction import FEATURES, Surroundings, features_of, learned_series
from queueapp.forecast.learning.corrections import DAYS_TO_PROVE, CorrectionLearner
from tests.domain.samples import NOON, a_ticket

RNG_SEED = 8
SIMULATED: Seconds = np.random.default_rng(RNG_SEED).gamma(4, 150, size=(200, 1))


def taught(levels: Numbers, sizes: Seconds | None = None) -> Calibration:
    people = len(levels)
    return calibrated(
        levels,
        np.full(people, 600.0) if sizes is None else sizes,
        np.zeros(people, dtype=np.intp),
        np.full(people, 10, dtype=np.intp),
    )


@pytest.mark.parametrize("wait", [1, 50, 200, 600, 1200, 3000])
def test_a_level_and_its_wait_are_each_others_inverse(wait: float) -> None:
    raw = raw_quantiles(SIMULATED)

    level = level_of(raw[0], wait)

    assert 0 < level < 1
    assert waits_at(raw, np.array([[level]]))[0, 0] == pytest.approx(wait, rel=0.01, abs=2)


def test_the_grid_holds_the_quantiles() -> None:
    raw = raw_quantiles(SIMULATED)

    assert raw.shape == (1, GRID + 1)
    assert raw[0] == pytest.approx(np.quantile(SIMULATED[:, 0], np.linspace(0, 1, GRID + 1)))


def test_nothing_known_moves_nothing() -> None:
    raw = raw_quantiles(SIMULATED)

    found = Calibration().quantiles(raw, np.zeros(1, dtype=np.intp), 10)[0]

    assert found == pytest.approx(np.quantile(SIMULATED[:, 0], CHANCES), rel=0.02)


def test_ranges_that_were_too_narrow_hold_afterwards() -> None:
    rng = np.random.default_rng(RNG_SEED)
    too_extreme = rng.beta(0.4, 0.4, 4000)

    levels = taught(too_extreme).levels(np.array([600.0]), np.zeros(1, dtype=np.intp), 10)[0]

    within = (too_extreme > levels[0]) & (too_extreme < levels[3])
    assert within.mean() == pytest.approx(0.8, abs=0.03)


def test_a_few_bad_days_move_little() -> None:
    levels = taught(np.full(20, 0.99)).levels(np.array([600.0]), np.zeros(1, dtype=np.intp), 10)[0]

    assert 0.5 < levels[1] < 0.65


def test_long_waits_are_moved_apart_from_short_ones() -> None:
    rng = np.random.default_rng(RNG_SEED)
    sizes = np.concatenate([np.full(2000, 120.0), np.full(2000, 2400.0)])
    pits = np.concatenate([rng.random(2000), rng.beta(3, 1, 2000)])

    moved = taught(pits, sizes).levels(np.array([120.0, 2400.0]), np.zeros(2, dtype=np.intp), 10)

    assert moved[0, 1] == pytest.approx(0.5, abs=0.06)
    assert moved[1, 1] > 0.7


# -- the correction -------------------------------------------------------------------------------

TRUE_RANGE = np.exp(0.3 * np.array([-1.2816, 0.0, 0.8416, 1.2816]))
"""What a lognormal wait is of its middle, at each chance."""


def hall_features(rng: np.random.Generator, people: int) -> tuple[Numbers, Seconds]:
    """Features of people, and the middles that were simulated for them."""
    middles = rng.gamma(3, 200, people)
    quantiles = middles[:, np.newaxis] * TRUE_RANGE
    waiting = rng.integers(0, 40, people)
    around = Surroundings(waiting=0, busy=4, longest=60, hour=10)
    return features_of(quantiles, waiting.astype(np.intp), around), middles


def test_what_the_simulation_misses_is_learned_from_the_hall() -> None:
    rng = np.random.default_rng(RNG_SEED)
    features, middles = hall_features(rng, 3000)
    is_crowded = features[:, 4] > 20
    waits = middles * np.where(is_crowded, 2.0, 1.0) * rng.lognormal(0, 0.2, 3000)

    _, middle, *_ = learned_series(features, waits)

    factor = np.exp(middle(features))
    assert factor[is_crowded].mean() == pytest.approx(2.0, rel=0.1)
    assert factor[~is_crowded].mean() == pytest.approx(1.0, rel=0.1)


def played(learner: CorrectionLearner, days: int, *, missed: float) -> None:
    """Days on which every wait is so many times the simulated one."""
    rng = np.random.default_rng(RNG_SEED)
    for day in range(days):
        features, middles = hall_features(rng, 100)
        for number, (own, middle) in enumerate(zip(features, middles, strict=True)):
            told: datetime = NOON + timedelta(days=day, seconds=number)
            ticket = a_ticket(day * 1000 + number).id
            simulated = np.expm1(own[:4])
            learner.predicted({ticket: own}, {ticket: simulated}, told)
            wait = float(middle) * missed * float(rng.lognormal(0, 0.3))
            learner.called(ticket, told + timedelta(seconds=wait), shortest=1.0)
        learner.begin_day()


PROVED = DAYS_TO_PROVE + 6
"""Days: from the fifth on there is something to prove."""


@pytest.fixture(scope="module")
def proved() -> tuple[CorrectionLearner, bool]:
    """A learner whose correction has won for days, and whether it was used before that."""
    learner = CorrectionLearner()
    played(learner, DAYS_TO_PROVE, missed=2.0)
    was_used = learner.knowledge().is_used
    played(learner, PROVED - DAYS_TO_PROVE, missed=2.0)
    return learner, was_used


def test_a_correction_is_used_only_after_it_has_won_for_days(
    proved: tuple[CorrectionLearner, bool],
) -> None:
    learner, was_used_early = proved

    assert not was_used_early
    assert learner.knowledge().is_used


def test_where_the_simulation_is_right_it_stays_alone() -> None:
    learner = CorrectionLearner()

    played(learner, PROVED, missed=1.0)

    assert not learner.knowledge().is_used


def test_corrected_waits_are_in_order_and_numbers(proved: tuple[CorrectionLearner, bool]) -> None:
    features, _ = hall_features(np.random.default_rng(1), 50)

    waits = proved[0].knowledge().quantiles(features)

    assert features.shape == (50, FEATURES)
    assert np.isfinite(waits).all()
    assert (np.diff(waits, axis=1) >= 0).all()
    assert (waits >= 0).all()


def test_a_snapshot_keeps_what_was_proved(proved: tuple[CorrectionLearner, bool]) -> None:
    learner, again = proved[0], CorrectionLearner()

    again.read(json.loads(json.dumps(learner.to_json())))

    features, _ = hall_features(np.random.default_rng(1), 5)
    before, after = learner.knowledge(), again.knowledge()
    assert after.is_used
    assert after.quantiles(features).tolist() == before.quantiles(features).tolist()


def test_a_snapshot_from_before_corrections_were_kept_learns_them_anew(
    proved: tuple[CorrectionLearner, bool],
) -> None:
    stored = proved[0].to_json()
    del stored["series"]
    again = CorrectionLearner()

    again.read(stored)

    features, _ = hall_features(np.random.default_rng(1), 5)
    before, after = proved[0].knowledge(), again.knowledge()
    assert after.is_used
    assert after.quantiles(features) == pytest.approx(before.quantiles(features), rel=0.05)
