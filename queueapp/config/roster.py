"""The ``[[roster]]`` entries of ``branch.toml``: who is planned to be open when."""

from collections.abc import Sequence

from queueapp.config.spans import check_span, is_inside, overlap, read_days, read_span
from queueapp.config.toml_table import TomlTable, shown
from queueapp.domain.branch import Shift, Span
from queueapp.domain.words import CounterNumber

ROSTER_EXAMPLE = '[[roster]] with days = "sat-wed" and hours = "08:00-14:00"'


def read_roster(
    top: TomlTable, numbers: Sequence[CounterNumber]
) -> dict[CounterNumber, tuple[Shift, ...]]:
    """The planned shifts of each of the counters ``numbers``, in order of time."""
    planned: dict[CounterNumber, list[Shift]] = {number: [] for number in numbers}
    for entry in top.tables("roster", ROSTER_EXAMPLE):
        counters = _counters(entry, numbers)
        _plan(entry, planned, counters, _shifts(entry))
        entry.refuse_unknown_keys()
    return {
        number: tuple(sorted(shifts, key=lambda shift: (shift.weekday, shift.span.starts)))
        for number, shifts in planned.items()
    }


def _counters(entry: TomlTable, numbers: Sequence[CounterNumber]) -> list[CounterNumber]:
    """The counters that an entry is about: all, unless it names some."""
    if "counters" not in entry:
        return list(numbers)
    counters: list[CounterNumber] = []
    for path, item in entry.items("counters"):
        if isinstance(item, bool) or item not in numbers:
            entry.file.report(path, f"there is no counter {shown(item)} in this file")
        elif isinstance(item, int) and item not in counters:
            counters.append(CounterNumber(item))
    return counters


def _shifts(entry: TomlTable) -> list[Shift]:
    days = read_days(entry)
    span = read_span(entry)
    breaks = [] if span is None else _breaks(entry, span)
    if span is None:
        entry.get("breaks")
        return []
    return [Shift(weekday=day, span=span, breaks=tuple(breaks)) for day in days]


def _breaks(entry: TomlTable, shift: Span) -> list[Span]:
    breaks: list[Span] = []
    for path, item in entry.items("breaks"):
        pause = check_span(entry, path, item)
        if pause is None:
            continue
        if not is_inside(pause, shift):
            entry.file.report(path, f"must lie inside the hours of this entry, not {shown(item)}")
        elif overlap([*breaks, pause]):
            entry.file.report(path, f"overlaps another break: {shown(item)}")
        else:
            breaks.append(pause)
    return breaks


def _plan(
    entry: TomlTable,
    planned: dict[CounterNumber, list[Shift]],
    counters: Sequence[CounterNumber],
    shifts: Sequence[Shift],
) -> None:
    """Add ``shifts`` to each of ``counters``; of many overlaps only the first is worth a line."""
    for number in counters:
        for shift in shifts:
            same_day = [other.span for other in planned[number] if other.weekday == shift.weekday]
            if overlap([*same_day, shift.span]):
                day = shift.weekday.name.title()
                entry.report(
                    "hours", f"overlaps another roster entry for counter {number} on {day}"
                )
                return
            planned[number].append(shift)
