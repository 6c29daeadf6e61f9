"""Figures by which forecasts are judged, on cases that can be reckoned by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from queueapp.domain.estimate import Estimate, NoEstimate
from queueapp.forecast.replay.contestant import OURS
from queueapp.forecast.replay.log import Visit
from queueapp.forecast.replay.play import Told
from queueapp.forecast.replay.scoring import score_of, scores

NINE = datetime(2026, 3, 10, 9, tzinfo=UTC)


def told(actual: float, *, predictor: str = OURS, service: str = "A", hour: int = 9) -> Told:
    visit = Visit(line=1, ticket="t", service=service, category="normal", arrived_at=NINE)
    said = Estimate(p10=60, p50=120, p80=240, p90=300)
    return Told(visit=visit, at=NINE, predictor=predictor, forecast=said, actual=actual, hour=hour)


def test_errors_and_losses_are_those_of_the_definition() -> None:
    score = score_of(np.array([[60.0, 120.0, 240.0, 300.0, 180.0]]))

    assert score.mean_absolute_error == 60
    assert score.bias == -60
    assert score.pinball_by_chance == pytest.approx(
        {"p10": 0.1 * 120, "p50": 0.5 * 60, "p80": 0.2 * 60, "p90": 0.1 * 120}
    )
    assert score.pinball == pytest.approx((12 + 30 + 12 + 12) / 4)


def test_shares_count_the_ends_of_a_range_as_inside() -> None:
    waits = [59.0, 60.0, 120.0, 240.0, 241.0, 300.0, 301.0]
    score = score_of(np.array([[60.0, 120.0, 240.0, 300.0, wait] for wait in waits]))
    assert score.within_p10_p90 == pytest.approx(5 / 7)
    assert score.within_p50_p80 == pytest.approx(2 / 7)
    assert score.beyond_p80 == pytest.approx(3 / 7)


def test_the_true_quantiles_have_the_smallest_loss() -> None:
    waits = np.random.default_rng(1).exponential(600, 20_000)
    true = np.quantile(waits, (0.1, 0.5, 0.8, 0.9))
    honest = score_of(np.column_stack([np.tile(true, (len(waits), 1)), waits]))
    assert honest.within_p10_p90 == pytest.approx(0.8, abs=0.001)
    for factor in (0.8, 1.25):
        other = score_of(np.column_stack([np.tile(true * factor, (len(waits), 1)), waits]))
        assert other.pinball > honest.pinball


def test_waits_of_zero_and_words_are_reported_apart() -> None:
    nobody = replace(told(500), forecast=NoEstimate.NOBODY_SERVES)
    board = scores([told(180), told(0), nobody])

    assert board.overall[OURS].visits == 1
    assert board.zero_waits[OURS].visits == 1
    assert board.words == 1


def test_services_and_hours_have_scores_of_their_own() -> None:
    board = scores([told(180), told(600, service="B", hour=14)])
    assert {name: score[OURS].visits for name, score in board.by_service.items()} == {
        "A": 1,
        "B": 1,
    }
    assert list(board.by_hour) == ["09", "14"]
    assert board.by_hour["14"][OURS].beyond_p80 == 1


def test_what_was_said_while_waiting_is_no_promise_at_issue() -> None:
    later = replace(told(100), at=NINE + timedelta(minutes=1))
    assert scores([told(180), later]).overall[OURS].visits == 1
