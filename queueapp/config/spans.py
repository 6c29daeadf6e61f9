"""Weekdays and times of day as people write them: ``"sat-wed"``, ``"08:00-14:00"``."""

import re
from collections.abc import Sequence
from datetime import time
from itertools import pairwise

from queueapp.config.toml_table import TomlTable, did_you_mean, shown
from queueapp.domain.branch import Span, Weekday

EVERY_DAY = "every day"
HOURS_EXAMPLE = '"08:00-14:00"'
DAYS_EXAMPLE = '"sat-wed", ["sat", "mon"] or "every day"'

_NAMES = {
    name: weekday
    for weekday in Weekday
    for name in (weekday.name.lower(), weekday.name.lower()[:3])
}
_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*")
_MIDNIGHT = (24, 0)


def read_days(table: TomlTable, key: str = "days") -> tuple[Weekday, ...]:
    """The weekdays that ``key`` names, each once; empty after a mistake."""
    value = table.require(key, DAYS_EXAMPLE)
    if value is None:
        return ()
    words = value if isinstance(value, list) else [value]
    days: list[Weekday] = []
    for index, word in enumerate(words):
        path = (*table.path, key, index) if isinstance(value, list) else (*table.path, key)
        if not isinstance(word, str):
            table.file.report(path, f"must be weekdays like {DAYS_EXAMPLE}, not {shown(word)}")
            return ()
        named = _days_of(word)
        if not named:
            unknown = next((part for part in _ends(word) if part not in _NAMES), word)
            guess = did_you_mean(unknown, [*_NAMES, EVERY_DAY])
            table.file.report(
                path, f"must be weekdays like {DAYS_EXAMPLE}, not {shown(word)}{guess}"
            )
            return ()
        days.extend(day for day in named if day not in days)
    return tuple(days)


def read_span(table: TomlTable) -> Span | None:
    """The stretch of a day that ``hours`` gives; ``None`` after a mistake."""
    value = table.require("hours", HOURS_EXAMPLE)
    return None if value is None else check_span(table, (*table.path, "hours"), value)


def check_span(table: TomlTable, path: tuple[str | int, ...], value: object) -> Span | None:
    """``value`` as a stretch of a day; ``None``, and a mistake noted at ``path``, if it is none."""
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    starts = _time(found[1], found[2]) if found else None
    ends = _time(found[3], found[4]) if found else None
    if starts is None or ends is None:
        table.file.report(path, f"must be hours like {HOURS_EXAMPLE}, not {shown(value)}")
        return None
    if ends <= starts:
        table.file.report(
            path, f"must end later than it starts, on the same day, not {shown(value)}"
        )
        return None
    return Span(starts=starts, ends=ends)


def is_inside(inner: Span, outer: Span) -> bool:
    """Whether ``inner`` lies wholly in ``outer``."""
    return outer.starts <= inner.starts and inner.ends <= outer.ends


def overlap(spans: Sequence[Span]) -> bool:
    """Whether any two of ``spans`` have a moment in common."""
    in_order = sorted(spans, key=lambda span: span.starts)
    return any(later.starts < earlier.ends for earlier, later in pairwise(in_order))


def _days_of(word: str) -> list[Weekday]:
    """``sat-wed`` runs over the end of the week where it has to."""
    text = word.strip().lower()
    if text == EVERY_DAY:
        return list(Weekday)
    ends = _ends(text)
    if any(end not in _NAMES for end in ends):
        return []
    start = _NAMES[ends[0]]
    length = (_NAMES[ends[-1]] - start) % 7 + 1
    return [Weekday((start + offset) % 7) for offset in range(length)]


def _ends(word: str) -> list[str]:
    """The first and the last day of ``sat-wed``; just the one of ``sat``."""
    return [end.strip() for end in word.lower().split("-", maxsplit=1)]


def _time(hour: str, minute: str) -> time | None:
    """``None`` when there is no such time; ``24:00`` is the last moment of the day."""
    numbers = int(hour), int(minute)
    if numbers == _MIDNIGHT:
        return time.max
    try:
        return time(*numbers)
    except ValueError:
        return None
