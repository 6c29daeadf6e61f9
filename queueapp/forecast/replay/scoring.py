"""How good estimates were: error, bias, pinball loss, and how often the range held."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from queueapp.domain.estimate import Estimate
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.calibration import CHANCES
from queueapp.forecast.replay.contestant import OURS
from queueapp.forecast.replay.play import Told
from queueapp.forecast.replay.predictors.panel import QUEUED


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Of one predictor over some visits; seconds and shares."""

    visits: int
    mean_absolute_error: float
    """Of the P50."""
    bias: float
    """Mean of P50 less wait: below zero, people waited longer than they were told."""
    pinball: float
    """The mean of the four below."""
    pinball_by_chance: Mapping[str, float]
    within_p10_p90: float
    """0.8 would be honest."""
    within_p50_p80: float
    """0.3 would be honest."""
    beyond_p80: float
    """0.2 would be honest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBoard:
    """All predictors over the same visits."""

    overall: Mapping[str, Score]
    by_service: Mapping[str, Mapping[str, Score]]
    by_hour: Mapping[str, Mapping[str, Score]]
    """Hour of arrival at the branch, such as ``09``."""
    zero_waits: Mapping[str, Score]
    """Visits that found a free counter, which flatter every predictor: they count nowhere else."""
    words: int
    """Visits that were given words ("nobody serves") in place of a number, and were called."""


def scores(told: Iterable[Told]) -> ScoreBoard:
    """The score of everything that was said as tickets were issued.

    A visit to which ours gave words in place of a number is left out for all.
    """
    at_issue = [one for one in told if one.at_issue]
    worded = {
        id(one.visit)
        for one in at_issue
        if one.predictor == OURS and not isinstance(one.forecast, Estimate)
    }
    numbers = [one for one in at_issue if id(one.visit) not in worded]
    queued = [one for one in numbers if one.actual >= QUEUED]
    return ScoreBoard(
        overall=_by_predictor(queued),
        by_service=_grouped(queued, lambda one: one.visit.service),
        by_hour=_grouped(queued, lambda one: f"{one.hour:02d}"),
        zero_waits=_by_predictor([one for one in numbers if one.actual < QUEUED]),
        words=len(worded),
    )


def _grouped(
    told: list[Told], group_of: Callable[[Told], str]
) -> Mapping[str, Mapping[str, Score]]:
    groups: dict[str, list[Told]] = {}
    for one in told:
        groups.setdefault(group_of(one), []).append(one)
    return {group: _by_predictor(groups[group]) for group in sorted(groups)}


def _by_predictor(told: list[Told]) -> Mapping[str, Score]:
    rows: dict[str, list[tuple[float, ...]]] = {}
    for one in told:
        if isinstance(one.forecast, Estimate):
            said = one.forecast
            rows.setdefault(one.predictor, []).append(
                (said.p10, said.p50, said.p80, said.p90, one.actual)
            )
    return {predictor: score_of(np.array(values)) for predictor, values in rows.items()}


def score_of(rows: Numbers) -> Score:
    """The score of ``rows``: P10, P50, P80, P90 and the wait, in seconds (shape: visits, 5)."""
    said, waited = rows[:, :4], rows[:, 4]
    short = waited[:, np.newaxis] - said
    losses = np.maximum(short * CHANCES, short * (np.array(CHANCES) - 1)).mean(axis=0)
    p10, p50, p80, p90 = said.T
    return Score(
        visits=len(rows),
        mean_absolute_error=float(np.abs(p50 - waited).mean()),
        bias=float((p50 - waited).mean()),
        pinball=float(losses.mean()),
        pinball_by_chance={
            f"p{chance * 100:.0f}": float(loss)
            for chance, loss in zip(CHANCES, losses, strict=True)
        },
        within_p10_p90=float(((waited >= p10) & (waited <= p90)).mean()),
        within_p50_p80=float(((waited >= p50) & (waited <= p80)).mean()),
        beyond_p80=float((waited > p80).mean()),
    )
