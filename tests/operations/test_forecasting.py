"""The forecaster's loop: who computes, how often, and what happens when the database goes away."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from queueapp.domain.estimate import FRESH_FOR, Estimate, Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import BranchId, Revision
from queueapp.forecast.learner import Learner
from queueapp.operations.commands import PauseDesk
from queueapp.operations.forecasting import Forecaster, remembered
from queueapp.operations.ports import StoreUnavailable
from queueapp.store.learned import SqlMemory
from tests.domain.samples import (
    BILLS,
    FIRST,
    NOON,
    NORMAL,
    SARA,
    a_branch,
    a_desk,
    a_live_branch,
    a_ticket,
    at,
)
from tests.operations.office import Office

BUSY = a_live_branch(a_ticket(1, arrived_at=at(-5)), desks=[a_desk()])
EMPTY = a_live_branch()


@dataclass
class Board:
    """One branch's lease and estimates, on a clock that the test moves."""

    seconds: float = 0.0
    holder: str = ""
    until: float = 0.0
    is_there: bool = True
    taken: list[str] = field(default_factory=list)
    published: list[tuple[float, Estimates]] = field(default_factory=list)
    put_back: timedelta = timedelta(0)

    def take_lease(self, branch: BranchId, holder: str, lasts: timedelta) -> bool:
        self._reach(branch)
        if self.holder not in {"", holder} and self.seconds < self.until:
            return False
        self.taken.append(holder)
        self.holder, self.until = holder, self.seconds + lasts.total_seconds()
        return True

    def publish(self, branch: BranchId, holder: str, estimates: Estimates) -> None:
        self._reach(branch)
        assert holder == self.holder
        self.published.append((self.seconds, estimates))

    def _reach(self, branch: BranchId) -> None:
        assert branch == a_branch().id
        if not self.is_there:
            raise StoreUnavailable

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds) - self.put_back

    def forecaster(self, holder: str = "kiosk") -> Forecaster:
        return Forecaster(self, a_branch().id, holder, self.now, real_seconds=lambda: self.seconds)


@dataclass
class UntilTheEnd:
    """Stops a loop after so many seconds of the board's clock; things may happen meanwhile."""

    board: Board
    seconds: float
    meanwhile: Callable[[float], None] = lambda _: None

    def wait(self, timeout: float) -> bool:
        self.board.seconds += timeout
        self.meanwhile(self.board.seconds)
        return self.board.seconds >= self.seconds


@dataclass
class Hall:
    """A live picture that changes."""

    live: LiveBranch | None

    def now(self) -> LiveBranch | None:
        return self.live

    def change(self) -> None:
        assert self.live is not None
        self.live = replace(self.live, revision=Revision(self.live.revision + 1))


def test_what_is_computed_is_published() -> None:
    board = Board()

    estimates = board.forecaster().refresh(BUSY)

    assert estimates is not None
    assert board.published == [(0.0, estimates)]
    assert estimates.revision == BUSY.revision
    assert isinstance(estimates.arriving[BILLS, NORMAL], Estimate)


def test_only_the_holder_of_the_lease_computes() -> None:
    board = Board()
    kiosk, wall = board.forecaster("kiosk"), board.forecaster("wall")

    assert kiosk.refresh(BUSY) is not None
    assert wall.refresh(BUSY) is None
    assert len(board.published) == 1


def test_another_takes_over_within_seconds_when_the_holder_dies() -> None:
    board = Board()
    board.forecaster("kiosk").refresh(BUSY)

    board.forecaster("wall").run(lambda: BUSY, UntilTheEnd(board, 8))

    first, _ = board.published[1]
    assert 5 <= first <= 7.1


def test_a_lease_is_kept_as_long_as_the_loop_runs() -> None:
    board = Board()
    lapsed = []

    def look(seconds: float) -> None:
        if board.holder and seconds >= board.until:
            lapsed.append(seconds)

    board.forecaster().run(lambda: EMPTY, UntilTheEnd(board, 60, look))

    assert not lapsed
    assert len(board.taken) == pytest.approx(30, abs=2)


def test_a_change_is_answered_at_once() -> None:
    board, hall = Board(), Hall(BUSY)

    def change_once(seconds: float) -> None:
        if hall.live is BUSY and seconds > 3:
            hall.change()

    board.forecaster().run(hall.now, UntilTheEnd(board, 5, change_once))

    assert [estimates.revision for _, estimates in board.published] == [1, 2]
    assert board.published[1][0] == pytest.approx(3, abs=0.1)


def test_many_changes_are_computed_together_and_the_last_is_not_missed() -> None:
    board, hall = Board(), Hall(BUSY)

    def change_all_the_time(seconds: float) -> None:
        if seconds < 10:
            hall.change()

    board.forecaster().run(hall.now, UntilTheEnd(board, 11, change_all_the_time))

    assert hall.live is not None
    assert len(board.published) <= 42
    assert board.published[-1][1].revision == hall.live.revision


def test_waits_keep_up_with_time_when_nothing_happens() -> None:
    board = Board()

    board.forecaster().run(lambda: BUSY, UntilTheEnd(board, 65))

    moments = [seconds for seconds, _ in board.published]
    assert len(moments) == 7
    assert all(later - sooner <= 10.1 for sooner, later in pairwise(moments))


def test_an_empty_branch_is_computed_seldom_but_its_words_stay_fresh() -> None:
    board = Board()

    board.forecaster().run(lambda: EMPTY, UntilTheEnd(board, 300))

    moments = [estimates.made_at for _, estimates in board.published]
    assert len(moments) < 12
    assert all(later - sooner < FRESH_FOR for sooner, later in pairwise(moments))


def test_a_database_that_went_away_is_waited_for() -> None:
    board, hall = Board(), Hall(BUSY)

    def go_away_for_a_while(seconds: float) -> None:
        board.is_there = not 5 <= seconds < 20
        if hall.live is BUSY and seconds >= 12:
            hall.change()

    board.forecaster().run(hall.now, UntilTheEnd(board, 25, go_away_for_a_while))

    moments = [seconds for seconds, _ in board.published]
    assert not [seconds for seconds in moments if 5 <= seconds < 20]
    assert 20 <= moments[1] <= 21.1
    assert board.published[1][1].revision == 2


def test_a_clock_that_is_put_back_holds_nothing_up() -> None:
    board = Board()

    def put_back_once(seconds: float) -> None:
        if seconds >= 5:
            board.put_back = timedelta(hours=1)

    board.forecaster().run(lambda: BUSY, UntilTheEnd(board, 6, put_back_once))

    assert [estimates.made_at < NOON for _, estimates in board.published] == [False, True]


def test_who_ends_in_good_order_leaves_the_lease_to_others() -> None:
    board = Board()
    board.forecaster("kiosk").run(lambda: BUSY, UntilTheEnd(board, 3))

    assert board.forecaster("wall").refresh(BUSY) is not None


def test_before_the_first_picture_there_is_nothing_to_do() -> None:
    board = Board()

    board.forecaster().run(lambda: None, UntilTheEnd(board, 5))

    assert not board.published
    assert not board.taken


def test_who_takes_over_with_a_picture_that_is_behind_learns_everything_once(
    office: Office,
) -> None:
    there_all_along = Learner(office.branch)

    def look() -> LiveBranch:
        there_all_along.saw(office.live, office.clock())
        return office.live

    look()
    for happens in (office.issue, office.issue, office.serve):
        office.later(seconds=20)
        happens()
        behind = look()
    for happens in (office.finish, office.issue, office.serve, office.issue):
        office.later(seconds=20)
        happens()
        look()
    office.later(seconds=20)
    office.do(PauseDesk(counter=FIRST, staff=SARA, reason="tea", minutes=10))
    latest = look()

    learner = remembered(SqlMemory(office.store), office.branch.id, behind, office.clock())
    for picture in (behind, latest):
        learner.saw(picture, office.clock())

    assert learner.to_json() == there_all_along.to_json()
