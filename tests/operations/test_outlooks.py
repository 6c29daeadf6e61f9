"""The forecaster thinks the day over in small steps, now and then, and at once when steered."""

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest

from queueapp.domain.accuracy import PastAccuracy
from queueapp.domain.advice import Range
from queueapp.domain.live import LiveBranch
from queueapp.domain.outlook import HalfHourAhead
from queueapp.domain.words import BranchId
from queueapp.forecast.advice.deliberation import Question
from queueapp.forecast.advice.rest_of_day import half_hours
from queueapp.forecast.advice.staffing import Staffing
from queueapp.forecast.knowledge import Knowledge
from queueapp.operations.outlooks import Outlooks
from tests.domain.samples import FIRST, NOON, a_desk, a_live_branch


@dataclass
class Promises:
    """Nothing was promised; how often that was asked is counted."""

    asked: list[date] = field(default_factory=list)

    def past_accuracy(self, branch: BranchId, today: date) -> PastAccuracy | None:  # noqa: ARG002 - a port
        self.asked.append(today)
        return None


@dataclass
class Thinker:
    """A forecaster with nothing else to do, and a clock that a test moves."""

    live: LiveBranch = field(default_factory=a_live_branch)
    now: datetime = NOON
    seconds: float = 100.0
    promises: Promises = field(default_factory=Promises)

    def __post_init__(self) -> None:
        self.outlooks = Outlooks(
            self.live.branch.id, self.promises, real_seconds=lambda: self.seconds
        )

    def step(self) -> bool:
        return self.outlooks.step(
            self.live, self.now, lambda: Knowledge.configured(self.live.branch)
        )

    def until_done(self) -> int:
        """How many steps it takes to a new outlook."""
        steps = 1
        while not self.step():
            steps += 1
            assert steps < 1000
        return steps


def test_an_outlook_takes_several_small_steps() -> None:
    thinker = Thinker()
    assert thinker.until_done() > 3
    assert thinker.outlooks.latest is not None
    assert thinker.outlooks.latest.made_at == NOON


def test_between_two_outlooks_it_rests() -> None:
    thinker = Thinker()
    thinker.until_done()
    assert not any(thinker.step() for _ in range(20))
    thinker.seconds += 60
    assert not any(thinker.step() for _ in range(20)), "on the branch's clock nothing has passed"
    thinker.now += timedelta(minutes=2)
    thinker.until_done()
    assert thinker.outlooks.latest is not None
    assert thinker.outlooks.latest.made_at == thinker.now


def test_when_somebody_has_steered_it_thinks_again_soon() -> None:
    thinker = Thinker()
    thinker.until_done()
    desk = a_desk()
    thinker.live = replace(thinker.live, desks={desk.counter: desk})
    thinker.seconds += 10
    thinker.until_done()


def test_earlier_days_are_read_once_a_day() -> None:
    thinker = Thinker()
    today = thinker.live.day
    for _ in range(2):
        thinker.until_done()
        thinker.seconds += 10
        thinker.now += timedelta(minutes=2)
    assert thinker.promises.asked == [today]
    tomorrow = today + timedelta(days=1)
    thinker.live = replace(thinker.live, day=tomorrow)
    thinker.now += timedelta(days=1)
    thinker.until_done()
    assert thinker.promises.asked == [today, tomorrow]


def test_each_half_hour_keeps_its_own_counters_when_another_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def one_more_each_half_hour(
        question: Question, since: datetime, until: datetime
    ) -> Generator[None, None, Staffing]:
        yield
        halves = half_hours(question.live, since, until)
        return [(half, (FIRST,) * number) for number, half in enumerate(halves)]

    monkeypatch.setattr("queueapp.operations.outlooks.counters_needed", one_more_each_half_hour)
    monkeypatch.setattr("queueapp.operations.outlooks.rest_of_day", halves_of)
    thinker = Thinker(now=NOON + timedelta(minutes=25))
    thinker.until_done()
    thinker.seconds += 10
    thinker.now += timedelta(minutes=7)
    thinker.until_done()
    assert thinker.outlooks.latest is not None
    assert [half.needed for half in thinker.outlooks.latest.ahead[:3]] == [1, 2, 3]


def halves_of(question: Question) -> tuple[HalfHourAhead, ...]:
    """The rest of the day, in which nobody is expected."""
    nobody = Range(low=0, mean=0, high=0)
    ends = question.now + timedelta(hours=3)
    return tuple(
        HalfHourAhead(starts=half, arrivals=nobody, waits=nobody, planned=1)
        for half in half_hours(question.live, question.now, ends)
    )
