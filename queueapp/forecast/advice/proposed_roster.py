"""From the counters that each half hour takes to shifts that people can work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from queueapp.domain.branch import Branch, Span, Weekday
from queueapp.domain.figures import HALF_HOUR
from queueapp.domain.words import CounterNumber
from queueapp.forecast.advice.staffing import Staffing

SHORTEST_GAP = timedelta(hours=1)
"""Nobody goes home for less."""
SHORTEST_SHIFT = timedelta(hours=2)
"""Nobody comes for less."""
BREAK_AFTER = timedelta(hours=5)
"""A longer shift has a break …"""
BREAK = timedelta(minutes=30)
"""… of this length, in its middle unless others are away then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedShift:
    """One line of a roster."""

    counter: CounterNumber
    weekday: Weekday
    span: Span
    breaks: tuple[Span, ...] = ()


def proposed_shifts(branch: Branch, weekday: Weekday, staffing: Staffing) -> list[ProposedShift]:
    """Shifts in which every half hour of one day has at least the counters that it takes."""
    if not staffing:
        return []
    opens, closes = staffing[0][0], staffing[-1][0] + HALF_HOUR
    shifts: list[ProposedShift] = []
    for counter in branch.counters:
        halves = [half for half, counters in staffing if counter.number in counters]
        for begins, ends in _worked(halves, opens, closes):
            shifts.append(
                ProposedShift(
                    counter=counter.number,
                    weekday=weekday,
                    span=Span(starts=begins.time(), ends=_end(begins, ends)),
                    breaks=_breaks(begins, ends, len(shifts)),
                )
            )
    return shifts


def roster_lines(shifts: Iterable[ProposedShift]) -> list[str]:
    """``[[roster]]`` entries of ``branch.toml``; counters and days with the same hours together."""
    by_hours: dict[tuple[Span, tuple[Span, ...], Weekday], list[CounterNumber]] = {}
    for shift in shifts:
        by_hours.setdefault((shift.span, shift.breaks, shift.weekday), []).append(shift.counter)
    together: dict[tuple[Span, tuple[Span, ...], tuple[CounterNumber, ...]], list[Weekday]] = {}
    for (span, breaks, weekday), counters in by_hours.items():
        together.setdefault((span, breaks, tuple(counters)), []).append(weekday)
    lines: list[str] = []
    for (span, breaks, numbers), days in together.items():
        lines += [
            "[[roster]]",
            f"counters = {list(numbers)}",
            f"days = {_days(days)}",
            f'hours = "{span}"',
        ]
        if breaks:
            listed = ", ".join(f'"{pause}"' for pause in breaks)
            lines.append(f"breaks = [{listed}]")
        lines.append("")
    return lines


def _worked(
    halves: Sequence[datetime], opens: datetime, closes: datetime
) -> list[tuple[datetime, datetime]]:
    """Stretches of work: short gaps filled, short stretches made longer inside the day."""
    stretches: list[tuple[datetime, datetime]] = []
    for half in halves:
        if stretches and half - stretches[-1][1] < SHORTEST_GAP:
            stretches[-1] = (stretches[-1][0], half + HALF_HOUR)
        else:
            stretches.append((half, half + HALF_HOUR))
    worked: list[tuple[datetime, datetime]] = []
    for begins, ends in stretches:
        longer_until = min(closes, max(ends, begins + SHORTEST_SHIFT))
        longer_from = max(opens, min(begins, longer_until - SHORTEST_SHIFT))
        if worked and longer_from - worked[-1][1] < SHORTEST_GAP:
            worked[-1] = (worked[-1][0], longer_until)
        else:
            worked.append((longer_from, longer_until))
    return worked


def _breaks(begins: datetime, ends: datetime, number: int) -> tuple[Span, ...]:
    """One break near the middle; clerks go one after the other, ``number`` says who."""
    if ends - begins <= BREAK_AFTER:
        return ()
    starts = begins + (ends - begins) / 2 + (number % 3 - 1) * BREAK
    starts -= (starts - begins) % (HALF_HOUR / 2)
    return (Span(starts=starts.time(), ends=(starts + BREAK).time()),)


def _end(begins: datetime, ends: datetime) -> time:
    """The end of a shift; one that runs to midnight ends with its day."""
    return ends.time() if ends.date() == begins.date() else time.max


def _days(days: Sequence[Weekday]) -> str:
    names = [f'"{day.name[:3].lower()}"' for day in days]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"
