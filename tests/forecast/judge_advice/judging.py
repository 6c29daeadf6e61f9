"""Is the advice right, and does following it help? Measured on whole simulated days.

The days are played through the real operations; a forecaster learns from them as in life, without
seeing the parameters that made them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from queueapp.bootstrap.simulated_days import SUPERVISOR, play_days, simulated_days
from queueapp.domain.advice import Action
from queueapp.domain.branch import Branch, Policy
from queueapp.domain.live import LiveBranch
from queueapp.forecast.advice.candidates import candidates
from queueapp.forecast.advice.deliberation import LOOKS_AHEAD, Question, prospect, shorter
from queueapp.forecast.learner import Learner
from queueapp.operations.commands import Command
from queueapp.simulator.advised import AdvisedSupervisor
from queueapp.simulator.crowd import Crowd
from queueapp.simulator.day_figures import DayFigures, summary
from queueapp.simulator.days import Supervisor
from tests.forecast.judge_advice.truth import true_knowledge

REPLICATES = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one action does in two hours: people spared a wait past target, seconds of mean wait."""

    action: Action
    spared: tuple[float, ...]
    """Predicted with what was learned, with the true parameters, and with those of the day."""
    shorter: tuple[float, ...]


@dataclass
class Examiner:
    """A supervisor who only compares effects, at each of ``hours`` once some days are known."""

    branch: Branch
    crowd: Crowd
    seed: int
    first_day: int
    hours: Sequence[int]
    most: int
    effects: list[Effect] = field(default_factory=list)
    learner: Learner = field(init=False)
    days: int = 0
    _day: object = None

    def __post_init__(self) -> None:
        self.learner = Learner(self.branch)

    def watch(self, live: LiveBranch, now: datetime) -> None:
        """Learn; count the days."""
        if live.day != self._day:
            self._day, self.days = live.day, self.days + 1
        self.learner.saw(live, now)

    def steer(self, live: LiveBranch, now: datetime) -> Sequence[Command]:
        """Compare effects at the full hours that were asked for."""
        local = live.branch.local(now)
        if self.days > self.first_day and local.hour in self.hours and local.minute == 0:
            self.effects += self._compared(live, now)
        return []

    def _compared(self, live: LiveBranch, now: datetime) -> list[Effect]:
        known = self.learner.knowledge(now)
        truths = [
            true_knowledge(
                self.branch,
                live.day,
                self.crowd,
                self.seed,
                seen=known,
                knows_the_day=knows_the_day,
            )
            for knows_the_day in (False, True)
        ]
        questions = [Question(live=live, now=now, knowledge=each) for each in (known, *truths)]
        services = [service.code for service in self.branch.services]
        actions = candidates(live, now, services, now + LOOKS_AHEAD)
        random = np.random.default_rng([self.seed, self.days, live.branch.local(now).hour])
        chosen = random.permutation(len(actions))[: self.most]
        bases = [prospect(question, None, REPLICATES) for question in questions]
        found = []
        for number in sorted(chosen):
            action = actions[number]
            changed = [prospect(question, action, REPLICATES) for question in questions]
            spared = [
                float((base.past() - after.past()).mean())
                for base, after in zip(bases, changed, strict=True)
            ]
            shortened = [shorter(base, after) for base, after in zip(bases, changed, strict=True)]
            found.append(
                Effect(
                    action=action,
                    spared=tuple(spared),
                    shorter=tuple(shortened),
                )
            )
        return found


def compare_effects(
    branch: Branch,
    crowd: Crowd,
    *,
    seed: int,
    learned_days: int,
    days: int,
    hours: Sequence[int] = (9, 10, 11),
    most: int = 12,
) -> list[Effect]:
    """Effects predicted on ``days`` days after ``learned_days``, beside the true ones."""
    examiner = Examiner(
        branch=branch, crowd=crowd, seed=seed, first_day=learned_days, hours=hours, most=most
    )
    play(branch, crowd, seed=seed, days=learned_days + days, supervisor=examiner)
    return examiner.effects


def figures_of_effects(effects: Sequence[Effect]) -> dict[str, dict[str, Any]]:
    """How well effects are predicted, against the true parameters and against those of the day."""
    return {
        truth: {
            "effects": len(effects),
            "spared": _compared_with([(e.spared[0], e.spared[place]) for e in effects]),
            "minutes": _compared_with(
                [(e.shorter[0] / 60, e.shorter[place] / 60) for e in effects]
            ),
        }
        for place, truth in ((1, "true parameters"), (2, "true parameters of the day"))
    }


def _compared_with(pairs: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Predicted beside true: correlation, mean error, mean size, and how often the sign is right.

    The sign is asked where the true effect is above 1.
    """
    predicted, true = np.array(pairs).T
    clear = np.abs(true) > 1
    return {
        "correlation": round(float(np.corrcoef(predicted, true)[0, 1]), 4),
        "error": round(float(np.abs(predicted - true).mean()), 2),
        "size": round(float(np.abs(true).mean()), 2),
        "sign_right": round(float((np.sign(predicted) == np.sign(true))[clear].mean()), 3),
    }


def play(
    branch: Branch,
    crowd: Crowd,
    *,
    seed: int,
    days: int,
    policy: Policy | None = None,
    supervisor: Supervisor | None = None,
) -> list[DayFigures]:
    """So many days, one after the other."""
    with simulated_days(
        branch, policy=policy, seed=seed, crowd=crowd, supervisor=supervisor
    ) as simulated:
        return list(play_days(simulated, days))


WAYS = (("fifo", Policy.FIFO), ("accumulating", Policy.ACCUMULATING), ("advised", None))
"""The fixed plan in order of arrival, the same by urgency, and by urgency with the advice."""


def compare_days(
    branch: Branch,
    crowd: Crowd,
    *,
    seed: int,
    learned_days: int,
    days: int,
    ways: Sequence[str] = ("fifo", "accumulating", "advised"),
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same days in each of ``ways`` (see :data:`WAYS`), with their figures.

    The first ``learned_days`` are not scored: the forecaster knows nothing yet.
    """
    for way, policy in WAYS:
        if way in ways:
            played = play(
                branch,
                crowd,
                seed=seed,
                days=learned_days + days,
                policy=policy or Policy.ACCUMULATING,
                supervisor=AdvisedSupervisor(branch, SUPERVISOR) if policy is None else None,
            )
            yield way, summary(played[learned_days:])
