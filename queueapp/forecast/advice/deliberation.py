"""From the live picture to ranked advice, one simulation at a time.

Every action is tried in the same simulated days as doing nothing, with the same luck (common random
numbers; Law 2015, ch. 11), so that the difference is the action's. What does not stand out from the
luck that is left is not shown.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar

import numpy as np

from queueapp.domain.advice import (
    Action,
    Advice,
    ChangeServices,
    EndPause,
    MoveBreak,
    OpenCounter,
    PauseRemote,
    Range,
)
from queueapp.domain.live import LiveBranch
from queueapp.domain.what_if import after
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.forecast.advice.candidates import candidates
from queueapp.forecast.advice.prospect import Prospect, prospect_of
from queueapp.forecast.ahead import SEED, look_ahead
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.bookings import Booking
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.planned_day import end_of_day
from queueapp.forecast.scene_arrivals import STAY_AWAY

LOOKS_AHEAD = timedelta(hours=2)
ROUNDS = ((24, 10), (80, 5))
"""Replicates in which candidates are tried, and how many of them go on."""
JUDGED_WITH = 200
"""Replicates that the shown effects are from."""
SHOWN = 3
"""How much advice a supervisor is given at once."""
WORTH_SAYING = 0.5
"""Fewer people spared than this, on average, are not worth a word."""
CLEARLY = 2.0
"""Standard errors that an effect must stand out of its noise."""
LONGER_ALLOWED = 15.0
"""Seconds by which the mean wait may rise: nobody is left standing to save many from little."""
TROUBLE = 0.5
"""With fewer people past their target ahead, nothing is tried."""
TO_CHANGE = timedelta(minutes=10)
"""Every change costs attention, about so much: what takes no staff is not free."""
ON_THE_WAY = timedelta(minutes=3)
"""Until a clerk who was sent for can call."""


Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One branch at one moment, and what is known about it."""

    live: LiveBranch
    now: datetime
    knowledge: Knowledge
    bookings: Sequence[Booking] = ()
    seed: int = SEED

    @property
    def until(self) -> datetime:
        """The end of the time that is looked at: whoever comes after work is over is nobody."""
        return min(self.now + LOOKS_AHEAD, end_of_day(self.live, self.now))

    @cached_property
    def near(self) -> Knowledge:
        """What is known, without those who come after ``until``: they hardly matter before."""
        profile = self.knowledge.comings.profile.copy()
        local = self.live.branch.local(self.until)
        if self.live.branch.day(self.until) == self.live.branch.day(self.now):
            profile[local.weekday(), half_hour(local) + 1 :] = 0.0
        return replace(self.knowledge, comings=replace(self.knowledge.comings, profile=profile))


def deliberate(
    question: Question, is_allowed: Callable[[Action], bool] | None = None
) -> Generator[None, None, tuple[Advice, ...]]:
    """The best advice, most people spared for a clerk's minute first; empty: nothing helps.

    ``is_allowed`` leaves actions out, such as those that cost staff. Yields after each simulation,
    so that whoever drives it can do something else in between.
    """
    base = prospect(question, None, ROUNDS[0][0])
    yield
    past = base.past_of(len(question.knowledge.services))
    if past.sum() < TROUBLE:
        return ()
    troubled = _worst_first(question.knowledge, past)
    left = [
        action
        for action in candidates(question.live, question.now, troubled, question.until)
        if is_allowed is None or is_allowed(action)
    ]
    for replicates, going_on in ROUNDS:
        left = yield from _best_of(question, left, replicates, going_on)
    if not left:
        return ()
    judged: list[Advice] = []
    base = prospect(question, None, JUDGED_WITH)
    yield
    for action in left:
        advice = effect(question, base, prospect(question, action, JUDGED_WITH), action)
        yield
        if advice is not None:
            judged.append(advice)
    judged.sort(key=lambda advice: -_worth(advice.spared.mean, advice.cost))
    return tuple(judged[:SHOWN])


def _best_of(
    question: Question, actions: Sequence[Action], replicates: int, going_on: int
) -> Generator[None, None, list[Action]]:
    """The ``going_on`` most promising of ``actions``, of those that spare anybody at all."""
    if not actions:
        return []
    base = prospect(question, None, replicates)
    yield
    found: list[tuple[float, Action]] = []
    for action in actions:
        changed = prospect(question, action, replicates)
        yield
        spared = float(spared_by(base, changed).mean())
        if spared > 0 and shorter(base, changed) > -LONGER_ALLOWED:
            found.append((_worth(spared, cost_of(question, action)), action))
    found.sort(key=lambda pair: -pair[0])
    return [action for _, action in found[:going_on]]


def advise(
    question: Question, is_allowed: Callable[[Action], bool] | None = None
) -> tuple[Advice, ...]:
    """The same in one go."""
    return in_one_go(deliberate(question, is_allowed))


def in_one_go(thinking: Generator[None, None, Found]) -> Found:
    """What ``thinking`` comes to, with nothing else done in between."""
    while True:
        try:
            next(thinking)
        except StopIteration as done:
            found: Found = done.value
            return found


def prospect(question: Question, action: Action | None, replicates: int) -> Prospect:
    """What lies ahead when ``action`` is done now, or nothing."""
    live, now = question.live, question.now
    changed = live if action is None else after(live, action, now)
    ahead = look_ahead(
        changed,
        now,
        knowledge=question.near,
        until=question.until,
        bookings=question.bookings,
        replicates=replicates,
        seed=question.seed,
        plans=_plans(action, now),
    )
    return prospect_of(changed, ahead, question.knowledge, now)


def effect(question: Question, base: Prospect, changed: Prospect, action: Action) -> Advice | None:
    """What ``action`` changes; ``None`` when that is lost in the noise or not worth a word."""
    spared = spared_by(base, changed)
    mean, noise = float(spared.mean()), _standard_error(spared)
    saved = shorter(base, changed)
    if mean < WORTH_SAYING or mean < CLEARLY * noise or saved < -LONGER_ALLOWED:
        return None
    low, high = np.quantile(spared, (0.1, 0.9))
    people = float(base.people().mean())
    gone = people - float(changed.people().mean())
    return Advice(
        action=action,
        spared=Range(low=float(low), mean=mean, high=float(high)),
        shorter=saved,
        cost=cost_of(question, action),
        people=people,
        turned_away=gone / STAY_AWAY,
    )


def spared_by(base: Prospect, changed: Prospect) -> Numbers:
    """How many fewer are past their target; shape (R,).

    Whoever comes no more counts as past it: to send people away is no way to keep a promise.
    """
    gone = base.people() - changed.people()
    return base.past() - changed.past() - gone


def shorter(base: Prospect, changed: Prospect) -> float:
    """By how many seconds the mean wait falls; who is never called counts with the whole time."""
    longest = 2 * LOOKS_AHEAD.total_seconds()
    before, after_it = (
        each.waited(longest).sum() / max(each.people().sum(), 1.0) for each in (base, changed)
    )
    return float(before - after_it)


def cost_of(question: Question, action: Action) -> timedelta:
    """How much longer somebody works for it."""
    match action:
        case OpenCounter(lasts=lasts):
            return lasts
        case EndPause(counter=number):
            end = question.live.desk(number).expected_end
            return timedelta(0) if end is None else max(end - question.now, timedelta(0))
        case ChangeServices() | MoveBreak() | PauseRemote():
            return timedelta(0)


def costs_nobody(action: Action) -> bool:
    """Whether no member of staff works longer for it."""
    return not isinstance(action, OpenCounter | EndPause)


def half_hour(local: datetime) -> int:
    """Which of a day's 48 half hours ``local`` lies in."""
    return local.hour * 2 + local.minute // 30


def _plans(
    action: Action | None, now: datetime
) -> Mapping[CounterNumber, Sequence[tuple[datetime, datetime]]] | None:
    if isinstance(action, OpenCounter):
        return {action.counter: [(now + ON_THE_WAY, now + action.lasts)]}
    return None


def _worth(spared: float, cost: timedelta) -> float:
    """People spared for a minute of staff."""
    return spared / ((cost + TO_CHANGE) / timedelta(minutes=1))


def _worst_first(knowledge: Knowledge, past: Numbers) -> list[ServiceCode]:
    """The services for which people will be past their target."""
    order = np.argsort(-past, kind="stable")
    return [knowledge.services[place] for place in order if past[place] > TROUBLE / 2]


def _standard_error(values: Numbers) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values)))
