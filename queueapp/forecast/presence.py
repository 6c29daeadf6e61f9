"""When each counter can call: desks that are open, pauses that end, roster, slips and habits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from queueapp.domain.branch import Counter
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import CounterNumber
from queueapp.forecast.arrays import Numbers, Seconds
from queueapp.forecast.habits import habitual_pieces
from queueapp.forecast.knowledge import Knowledge, Slips
from queueapp.forecast.luck import counter_chances
from queueapp.forecast.pieces import ALWAYS, Piece
from queueapp.forecast.planned_day import (
    PlannedShift,
    Stretch,
    breaks_to_come,
    planned_shifts,
    running_break,
    seconds_left_of_day,
)
from queueapp.forecast.quantile_table import left_of, overdue, quantile, share_below

OVERTIME = 1800.0
"""Seconds: somebody who works after the shift's end is expected to go on so long, at the least."""
BREAK_AT_MOST = 2 * 3600.0
"""Seconds: a longer gap between two given stretches is no break, which may begin late and then
ends late."""
FROM_NOW_ON = -np.inf

Plans = Mapping[CounterNumber, Sequence[tuple[datetime, datetime]]]
"""Stretches in which counters call, instead of roster and slips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """When each counter can call, in every replicate; shape (R, C, stretches)."""

    begins: Seconds
    ends: Seconds
    """``-inf`` for a stretch that there is not."""
    pause_after: Seconds
    """How long the counter is away after a stretch, however late it got away; below zero: until
    the next stretch begins."""


@dataclass(slots=True)
class _Draws:
    """Draws for one counter, another column for each question, in the order of asking."""

    seed: int
    counter: CounterNumber
    replicates: int
    asked: int = field(default=0)

    def next(self) -> Numbers:
        self.asked += 1
        return counter_chances(self.seed, self.counter, self.replicates, self.asked)


def presence_of(
    live: LiveBranch,
    now: datetime,
    knowledge: Knowledge,
    *,
    replicates: int,
    seed: int,
    plans: Plans | None = None,
) -> Presence:
    """When the counters of ``live`` can call, from ``now`` to the end of the day."""
    pieces = []
    for counter in live.branch.counters:
        draws = _Draws(seed, counter.number, replicates)
        if plans is not None and counter.number in plans:
            pieces.append(_given(plans[counter.number], now))
        else:
            pieces.append(_expected(live, counter, now, knowledge, draws))
    return _stacked(pieces, replicates)


def always_present(counters: int, replicates: int) -> Presence:
    """Every counter is there: where nobody recorded who is."""
    return _stacked([[ALWAYS] for _ in range(counters)], replicates)


def _stacked(pieces: Sequence[Sequence[Piece]], replicates: int) -> Presence:
    most = max((len(own) for own in pieces), default=0) or 1
    shape = (replicates, len(pieces), most)
    begins, ends, pause_after = (
        np.full(shape, np.inf),
        np.full(shape, -np.inf),
        np.full(shape, -1.0),
    )
    for place, own in enumerate(pieces):
        for number, piece in enumerate(own):
            begins[:, place, number] = piece.begins
            ends[:, place, number] = piece.ends
            pause_after[:, place, number] = piece.pause_after
    return Presence(begins=begins, ends=ends, pause_after=pause_after)


def _given(stretches: Sequence[tuple[datetime, datetime]], now: datetime) -> list[Piece]:
    seconds = [
        ((begin - now).total_seconds(), (end - now).total_seconds())
        for begin, end in sorted(stretches)
    ]
    pieces = []
    for number, (begin, end) in enumerate(seconds):
        away = seconds[number + 1][0] - end if number + 1 < len(seconds) else np.inf
        pieces.append(
            Piece(
                begins=begin if begin > 0 else FROM_NOW_ON,
                ends=end,
                pause_after=away if away <= BREAK_AT_MOST else -1.0,
            )
        )
    return pieces


def _expected(
    live: LiveBranch, counter: Counter, now: datetime, knowledge: Knowledge, draws: _Draws
) -> list[Piece]:
    desk, slips = live.desk(counter.number), knowledge.slips
    if not counter.roster:
        back = _back_at(desk, now, None, slips, draws)
        habits = slips.habits.get(counter.number, ())
        return habitual_pieces(live.branch, desk, now, habits, back, draws.next())
    taken = [
        ((began - now).total_seconds(), (ended - now).total_seconds())
        for began, ended in slips.pauses_today.get(counter.number, ())
    ]
    shifts = [s for s in planned_shifts(live.branch, counter, now) if s.ends > 0]
    if desk.state is DeskState.CLOSED:
        return [
            piece for shift in shifts for piece in _closed(shift, desk, now, taken, slips, draws)
        ]
    if not shifts:
        return [_overtime(live, desk, counter, now, slips, draws)]
    current, *following = shifts
    to_come = breaks_to_come(current, taken)
    seen = _last_seen_calling(live, counter, now)
    running = None
    if desk.state is DeskState.PAUSED:
        running = running_break(to_come, _since(desk, now), _announced(desk, now))
    back = _back_at(desk, now, running, slips, draws)
    ahead = [planned for planned in to_come if planned != running]
    pieces = _worked(current, ahead, back, slips, draws, seen=seen)
    for shift in following:
        pieces += _opened(shift, slips, draws)
    return pieces


def _overtime(
    live: LiveBranch, desk: Desk, counter: Counter, now: datetime, slips: Slips, draws: _Draws
) -> Piece:
    """Somebody works on after the last shift, or on a day without one."""
    back = _back_at(desk, now, None, slips, draws)
    over = planned_shifts(live.branch, counter, now)
    if not over:
        return Piece(begins=back, ends=seconds_left_of_day(live.branch, now))
    elapsed = -over[-1].ends
    chances = draws.next()
    if share_below(slips.closing, elapsed) < 1:
        return Piece(begins=back, ends=left_of(slips.closing, elapsed, chances))
    return Piece(begins=back, ends=overdue(elapsed, chances, shortest=OVERTIME))


def _worked(
    shift: PlannedShift,
    breaks: Sequence[Stretch],
    begins: Seconds | float,
    slips: Slips,
    draws: _Draws,
    *,
    seen: float = 0.0,
) -> list[Piece]:
    """A shift from ``begins`` on, with these breaks; ``seen``: when its clerk last called."""
    pieces = []
    for planned in breaks:
        length = quantile(slips.break_length, draws.next()) * (planned[1] - planned[0])
        pieces.append(
            Piece(
                begins=begins,
                ends=_slipped(planned[0], slips.break_begins, seen, draws.next()),
                pause_after=length,
            )
        )
        begins = FROM_NOW_ON
    pieces.append(
        Piece(begins=begins, ends=_slipped(shift.ends, slips.closing, seen, draws.next()))
    )
    return pieces


def _opened(shift: PlannedShift, slips: Slips, draws: _Draws) -> list[Piece]:
    """A shift that is still to begin."""
    begins = np.maximum(shift.begins + quantile(slips.opening, draws.next()), 0.0)
    begins = np.where(draws.next() < slips.absent, np.inf, begins)
    pieces = _worked(shift, list(shift.breaks), begins, slips, draws)
    return [_unless_absent(piece, np.isinf(begins)) for piece in pieces]


def _closed(
    shift: PlannedShift,
    desk: Desk,
    now: datetime,
    taken: Sequence[Stretch],
    slips: Slips,
    draws: _Draws,
) -> list[Piece]:
    """A shift whose counter is closed: its clerk comes, is late, has a break or is gone."""
    if shift.begins > 0:
        return _opened(shift, slips, draws)
    if desk.since is not None and _since(desk, now) >= shift.begins:
        to_come = breaks_to_come(shift, taken)
        running = running_break(to_come, _since(desk, now), None)
        if running is None:
            return []
        back = _back_at(desk, now, running, slips, draws)
        return _worked(shift, [b for b in to_come if b != running], back, slips, draws)
    late = -shift.begins
    still = (1 - slips.absent) * max(1 - share_below(slips.opening, late), 1e-3)
    is_absent = draws.next() >= still / (still + slips.absent)
    begins = np.where(is_absent, np.inf, left_of(slips.opening, late, draws.next()))
    pieces = _worked(shift, breaks_to_come(shift, taken), begins, slips, draws)
    return [_unless_absent(piece, is_absent) for piece in pieces]


def _unless_absent(piece: Piece, is_absent: np.ndarray) -> Piece:
    return Piece(
        begins=np.where(is_absent, np.inf, piece.begins),
        ends=np.where(is_absent, -np.inf, piece.ends),
        pause_after=piece.pause_after,
    )


def _slipped(planned: float, slip: Seconds, seen: float, chances: Numbers) -> Seconds:
    """When a clerk goes who had not gone when last ``seen`` calling; seconds.

    With a customer in hand somebody may well mean to go as soon as that visit is over.
    """
    passed = share_below(slip, seen - planned)
    if passed >= 1:
        return seen + overdue(seen - planned, chances)
    return planned + quantile(slip, passed + (1 - passed) * chances)


def _last_seen_calling(live: LiveBranch, counter: Counter, now: datetime) -> float:
    """When ``counter`` last was about to call, in seconds from now, not above zero."""
    ticket = live.in_hand(counter.number)
    if ticket is None or ticket.leg.called_at is None:
        return 0.0
    return min((ticket.leg.called_at - now).total_seconds(), 0.0)


def _back_at(
    desk: Desk, now: datetime, running: Stretch | None, slips: Slips, draws: _Draws
) -> Seconds | float:
    """When a pause ends, in seconds from now; ``-inf`` for a desk that calls now."""
    if desk.state is DeskState.OPEN or (desk.state is DeskState.CLOSED and running is None):
        return FROM_NOW_ON
    chances = draws.next()
    elapsed = max(-_since(desk, now), 0.0)
    announced = _announced(desk, now)
    if announced is not None and announced + elapsed > 0:
        length = announced + elapsed
        return left_of(slips.pause_length * length, elapsed, chances)
    if running is not None:
        return left_of(slips.break_length * (running[1] - running[0]), elapsed, chances)
    return left_of(slips.unsaid_pause, elapsed, chances)


def _since(desk: Desk, now: datetime) -> float:
    return 0.0 if desk.since is None else (desk.since - now).total_seconds()


def _announced(desk: Desk, now: datetime) -> float | None:
    if desk.expected_end is None:
        return None
    return (desk.expected_end - now).total_seconds()
