"""The forecaster thinks the day over in small steps, now and then, and at once when steered."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from queueapp.domain.accuracy import PastAccuracy
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import BranchId
from queueapp.forecast.knowledge import Knowledge
from queueapp.operations.outlooks import Outlooks
from tests.domain.samples import NOON, a_desk, a_live_branch


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
