"""One made branch replayed, and what the forecast, the others and the limit come to on it."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from queueapp.forecast.replay.contestant import OURS, WARMS_UP, Contestant, LiveForecast
from queueapp.forecast.replay.folder import read_material
from queueapp.forecast.replay.play import Played, Replay
from queueapp.forecast.replay.predictors.panel import NAMES, Q_LASSO
from queueapp.forecast.replay.scoring import Score, ScoreBoard, scores
from tests.forecast.worlds.days import make_days
from tests.forecast.worlds.folder import FIRST_DAY, write_folder
from tests.forecast.worlds.truth import LIMIT, TrueForecast
from tests.forecast.worlds.world import World

BUSY_HOUR = 100
"""Visits in an hour from which on its range is judged."""


@dataclass(frozen=True)
class Verdict:
    """The scores on one world."""

    world: World
    board: ScoreBoard
    played: Played

    @property
    def ours(self) -> Score:
        """The live app's score."""
        return self.board.overall[OURS]

    @property
    def limit(self) -> Score | None:
        """The score with the true parameters; ``None`` where nothing true can be told."""
        return self.board.overall.get(LIMIT)

    @property
    def best(self) -> tuple[str, Score]:
        """The established predictor with the smallest error."""
        others = {name: self.board.overall[name] for name in NAMES}
        return min(others.items(), key=lambda pair: pair[1].mean_absolute_error)

    @property
    def over_limit(self) -> float | None:
        """Our error as a multiple of the limit's."""
        if self.limit is None:
            return None
        return self.ours.mean_absolute_error / self.limit.mean_absolute_error

    @property
    def over_best(self) -> float:
        """Our error as a multiple of the best established predictor's."""
        return self.ours.mean_absolute_error / self.best[1].mean_absolute_error

    @property
    def pinball_over(self) -> Mapping[str, float]:
        """Our pinball loss as a multiple of QL's and Q-Lasso's."""
        return {
            name: self.ours.pinball / self.board.overall[name].pinball
            for name in ("queue_length", Q_LASSO)
        }

    @property
    def busy_hours(self) -> Mapping[str, float]:
        """The share within the 80 % range, in every hour with enough visits."""
        return {
            hour: board[OURS].within_p10_p90
            for hour, board in self.board.by_hour.items()
            if OURS in board and board[OURS].visits >= BUSY_HOUR
        }


def judge(
    world: World,
    *,
    days: int,
    scored_from: int,
    seed: int = 1,
    warm_up: timedelta = WARMS_UP,
    with_limit: bool = True,
    progress: Callable[[int], None] = lambda _count: None,
) -> Verdict:
    """Make ``days`` of ``world``, replay them and score those from ``scored_from`` on.

    Ours learns from the first day on, and is asked from ``warm_up`` before the first score on: what
    it was wrong by in that time is what it is calibrated by.
    """
    world = replace(world, scored_from=scored_from)
    made = make_days(world, days, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        write_folder(Path(folder), world, made)
        material = read_material(Path(folder))
    assert material.log.bad_rows == ()
    branch = material.plan.branch
    contestants: dict[str, Contestant] = {OURS: LiveForecast(branch, staffing_known=True)}
    if with_limit:
        contestants[LIMIT] = TrueForecast(world, branch, made)
    score_from = (FIRST_DAY + timedelta(days=scored_from)).date()
    played = Replay(
        material.log,
        material.plan,
        contestants,
        score_from=score_from,
        ask_from={OURS: score_from - warm_up, LIMIT: score_from},
    ).play(progress)
    return Verdict(world=world, board=scores(played.told), played=played)
