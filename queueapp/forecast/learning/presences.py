"""How the desks' days go: openings, breaks, pauses and closings against the plan; habits."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from queueapp.domain.branch import Branch, Counter
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.words import CounterNumber
from queueapp.forecast.knowledge import Slips
from queueapp.forecast.learning.recent import KEPT_PER_DAY, Recent
from queueapp.forecast.planned_day import (
    PlannedShift,
    Stretch,
    is_that_break,
    planned_shifts,
    seconds_of_day,
)
from queueapp.forecast.quantile_table import constant, quantile, share_below

MOST = 300
BELIEF = 10.0
"""Each table that is believed on day one counts like so many observations."""
NEAR_SHIFT = 2 * 3600.0
"""Seconds: an opening or closing belongs to a shift that begins or ends so near."""
DAYS = 40
"""So many days are remembered as habits."""
FEW_PAUSES = 100.0
"""That nobody pauses unplanned is believed like so many visits."""
LONGEST_SHARE = 5.0
"""A pause so many times as long as announced was something else."""
AT_ONCE = 120.0
"""Seconds: who goes so soon after a visit may have meant to go all the while."""
FEW_MEAN_TO = 0.01
"""With a smaller share of slips in a stretch, nothing is known of where in it they lie."""
FEW_BELIEVED = 2.0
"""That everybody goes as planned is believed like so many observations, for drawing between."""
GOLDEN = 0.618033988749895
"""Its multiples lie evenly between 0 and 1."""


@dataclass(slots=True)
class _Counter:
    """One counter's day so far."""

    state: DeskState = DeskState.CLOSED
    since: datetime | None = None
    announced: datetime | None = None
    planned: Stretch | None = None
    """The planned break that is running, in seconds after midnight."""
    stretches: list[tuple[float, float]] = field(default_factory=list)
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    taken: list[Stretch] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    called: datetime | None = None
    """The last call, of a customer who was in hand until the desk's next state or still is."""


class PresenceLearner:
    """Follows every desk's states."""

    def __init__(self, branch: Branch) -> None:
        self._believed = Slips()
        self._opening, self._closing, self._break_begins = Recent(MOST), Recent(MOST), Recent(MOST)
        self._break_length, self._pause_length = Recent(MOST), Recent(MOST)
        self._unsaid = Recent(MOST)
        self._absent, self._shifts = 0.0, 0.0
        self._pauses, self._visits = 0.0, 0.0
        self._counters: dict[CounterNumber, _Counter] = {}
        self._habits: dict[CounterNumber, list[tuple[int, tuple[Stretch, ...]]]] = {}
        self._slips: Slips | None = None
        self.plan(branch)

    def plan(self, branch: Branch) -> None:
        """The counters and rosters of ``branch``."""
        self._branch = branch

    def visited(self) -> None:
        """A visit is over; a pause may follow."""
        self._visits += 1

    def called(self, counter: CounterNumber, at: datetime) -> None:
        """``counter`` called somebody: it had not meant to go yet."""
        self._counters.setdefault(counter, _Counter()).called = at

    def desk_changed(self, desk: Desk, now: datetime, *, freed: datetime | None = None) -> None:
        """Learn from a desk's new state; ``freed``: when it was last done with somebody."""
        own = self._counters.setdefault(desk.counter, _Counter())
        at = desk.since or now
        if desk.state is own.state:
            own.announced = desk.expected_end
            return
        self._slips = None
        counter = self._planned(desk.counter)
        if own.state is DeskState.OPEN:
            self._left(own, counter, desk, at, freed)
        elif desk.state is DeskState.OPEN:
            self._came(own, counter, at)
        own.state, own.since = desk.state, at
        own.announced = desk.expected_end if desk.state is DeskState.PAUSED else None

    def _planned(self, number: CounterNumber) -> Counter | None:
        return next((c for c in self._branch.counters if c.number == number), None)

    def _clock(self, moment: datetime) -> float:
        return seconds_of_day(self._branch, moment)

    def _day(self, counter: Counter | None, moment: datetime) -> list[PlannedShift]:
        """The shifts of the day of ``moment``, in seconds after midnight."""
        if counter is None:
            return []
        midnight = self._branch.moment(self._branch.day(moment))
        return planned_shifts(self._branch, counter, midnight)

    def _left(
        self,
        own: _Counter,
        counter: Counter | None,
        desk: Desk,
        at: datetime,
        freed: datetime | None,
    ) -> None:
        """An open desk pauses or closes."""
        clock = self._clock(at)
        meant = clock - _might_have_gone_before(own, at, freed)
        if own.since is not None:
            own.stretches.append((min(self._clock(own.since), clock), clock))
        shifts = self._day(counter, at)
        announced = None if desk.expected_end is None else self._clock(desk.expected_end)
        own.planned = _due_break(shifts, own.taken, clock, announced)
        is_end = desk.state is DeskState.CLOSED
        ending = min((s.ends for s in shifts), key=lambda end: abs(end - clock), default=None)
        if is_end and ending is not None and _is_nearer(ending, own.planned, clock):
            own.planned = None
            self._closing.add(self._meant(self._closing, meant - ending, clock - ending))
        elif own.planned is not None:
            own.taken.append(own.planned)
            planned = own.planned[0]
            self._break_begins.add(
                self._meant(self._break_begins, meant - planned, clock - planned)
            )
        elif not is_end:
            self._pauses += 1

    def _meant(self, known: Recent, earliest: float, latest: float) -> float:
        """When somebody meant to go who had a customer in hand: where others mean to, in between.

        A draw from what is known so far, between ``earliest`` and ``latest``: the simulation has
        its customers in hand too, so a slip must not hold their time once more.
        """
        table = known.table(constant(0), belief=FEW_BELIEVED)
        low, high = share_below(table, earliest), share_below(table, latest)
        if high - low < FEW_MEAN_TO:
            return (earliest + latest) / 2
        share = (len(known) * GOLDEN) % 1.0
        return float(quantile(table, np.array([low + (high - low) * share]))[0])

    def _came(self, own: _Counter, counter: Counter | None, at: datetime) -> None:
        """A desk opens, or is back from a pause."""
        clock = self._clock(at)
        if own.state is DeskState.PAUSED or own.planned is not None:
            self._is_back(own, at)
            return
        starts = [s.begins for s in self._day(counter, at) if s.begins not in own.opened]
        start = min(starts, key=lambda begins: abs(begins - clock), default=None)
        if start is not None and abs(clock - start) <= NEAR_SHIFT:
            own.opened.append(start)
            self._opening.add(clock - start)

    def _is_back(self, own: _Counter, at: datetime) -> None:
        if own.since is None:
            return
        own.pauses.append((own.since, at))
        lasted = (at - own.since).total_seconds()
        if own.planned is not None:
            self._break_length.add(
                min(lasted / max(own.planned[1] - own.planned[0], 60.0), LONGEST_SHARE)
            )
        else:
            self._unsaid.add(lasted)
        if own.announced is not None:
            length = (own.announced - own.since).total_seconds()
            if length > 0:
                self._pause_length.add(min(lasted / length, LONGEST_SHARE))
        own.planned = None

    def begin_day(self, last: date) -> None:
        """``last`` is over: what was planned and did not happen, and everybody's habits."""
        is_open_day = any(own.stretches for own in self._counters.values())
        self._pauses *= KEPT_PER_DAY
        self._visits *= KEPT_PER_DAY
        self._absent *= KEPT_PER_DAY
        self._shifts *= KEPT_PER_DAY
        for counter in self._branch.counters:
            own = self._counters.setdefault(counter.number, _Counter())
            if own.state is not DeskState.CLOSED and own.since is not None:
                begun = self._clock(own.since) if self._branch.day(own.since) == last else 0.0
                if own.state is DeskState.OPEN:
                    own.stretches.append((begun, 24 * 3600.0))
            if is_open_day:
                self._note_day(counter, own, last)
            own.stretches, own.pauses, own.taken, own.opened = [], [], [], []
            own.called = own.planned = None
        self._slips = None

    def _note_day(self, counter: Counter, own: _Counter, last: date) -> None:
        if not counter.roster:
            days = self._habits.setdefault(counter.number, [])
            days.append((last.weekday(), tuple(own.stretches)))
            del days[:-DAYS]
            return
        planned = [shift for shift in counter.roster if shift.weekday == last.weekday()]
        self._shifts += len(planned)
        self._absent += max(len(planned) - max(len(own.opened), bool(own.stretches)), 0)

    def knowledge(self) -> Slips:
        """What is known now."""
        if self._slips is None:
            believed = self._believed
            self._slips = Slips(
                opening=self._opening.table(believed.opening, belief=BELIEF),
                closing=self._closing.table(believed.closing, belief=BELIEF),
                break_begins=self._break_begins.table(believed.break_begins, belief=BELIEF),
                break_length=self._break_length.table(believed.break_length, belief=BELIEF),
                pause_length=self._pause_length.table(believed.pause_length, belief=BELIEF),
                unsaid_pause=self._unsaid.table(believed.unsaid_pause, belief=BELIEF),
                absent=(believed.absent * 50 + self._absent) / (50 + self._shifts),
                pauses=self._pauses / (self._visits + FEW_PAUSES),
                pauses_today={n: tuple(own.pauses) for n, own in self._counters.items()},
                habits={n: tuple(days) for n, days in self._habits.items()},
            )
        return self._slips

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON knows it."""
        return {
            "tables": [recent.rounded(3) for recent in self._tables()],
            "numbers": [self._absent, self._shifts, self._pauses, self._visits],
            "habits": [[number, days] for number, days in self._habits.items()],
            "counters": [[number, _counter_to_json(own)] for number, own in self._counters.items()],
        }

    def read(self, stored: dict[str, Any]) -> None:
        """Take over what :meth:`to_json` gave."""
        for recent, values in zip(self._tables(), stored["tables"], strict=True):
            for value in values:
                recent.add(value)
        self._absent, self._shifts, self._pauses, self._visits = stored["numbers"]
        self._habits = {
            CounterNumber(number): [
                (weekday, tuple((begin, end) for begin, end in stretches))
                for weekday, stretches in days
            ]
            for number, days in stored["habits"]
        }
        self._counters = {
            CounterNumber(number): _counter_from_json(own) for number, own in stored["counters"]
        }
        self._slips = None

    def _tables(self) -> tuple[Recent, ...]:
        return (
            self._opening,
            self._closing,
            self._break_begins,
            self._break_length,
            self._pause_length,
            self._unsaid,
        )


def _might_have_gone_before(own: _Counter, at: datetime, freed: datetime | None) -> float:
    """Seconds before ``at`` since when the clerk may have meant to go, with a customer in hand."""
    if own.called is None or (freed is not None and freed < own.called):
        return 0.0
    if freed is None or (at - freed).total_seconds() > AT_ONCE:
        return 0.0
    return max((at - own.called).total_seconds(), 0.0)


def _due_break(
    shifts: list[PlannedShift], taken: list[Stretch], clock: float, announced: float | None
) -> Stretch | None:
    """The planned break that a pause from ``clock`` on most likely is."""
    planned = [b for shift in shifts for b in shift.breaks if b not in taken]
    near = [b for b in planned if is_that_break((clock, announced or b[1] - b[0] + clock), b)]
    return min(near, key=lambda b: abs(b[0] - clock), default=None)


def _is_nearer(ending: float, planned: Stretch | None, clock: float) -> bool:
    """Whether somebody who signs off at ``clock`` ends the shift rather than takes the break."""
    if abs(clock - ending) > NEAR_SHIFT:
        return False
    return planned is None or abs(clock - ending) < abs(clock - planned[0])


def _counter_to_json(own: _Counter) -> dict[str, Any]:
    return {
        "state": own.state.value,
        "since": _text(own.since),
        "announced": _text(own.announced),
        "planned": own.planned,
        "stretches": own.stretches,
        "pauses": [[began.isoformat(), ended.isoformat()] for began, ended in own.pauses],
        "taken": own.taken,
        "opened": own.opened,
    }


def _counter_from_json(stored: dict[str, Any]) -> _Counter:
    return _Counter(
        state=DeskState(stored["state"]),
        since=_moment(stored["since"]),
        announced=_moment(stored["announced"]),
        planned=None if stored["planned"] is None else (stored["planned"][0], stored["planned"][1]),
        stretches=[(begin, end) for begin, end in stored["stretches"]],
        pauses=[
            (datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in stored["pauses"]
        ],
        taken=[(begin, end) for begin, end in stored["taken"]],
        opened=list(stored["opened"]),
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
