"""What a language does differently apart from its words: direction, digits, calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from queueapp.domain.branch import Weekday


class Direction(StrEnum):
    """Which way lines of text run."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


class Calendar(StrEnum):
    """How days are counted."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """How one language writes figures and dates."""

    direction: Direction
    calendar: Calendar
    digits: Mapping[int, int] = field(default_factory=dict)
    """For :meth:`str.translate`: from 0-9 to the language's own; empty when they are the same."""
    week_starts: Weekday = Weekday.MONDAY
    pads_hours: bool = True
    """Whether a sentence says ``08:00`` rather than ``8:00``."""
    thousands: str = ","
    decimal: str = "."


CONVENTIONS = {
    "en": Conventions(direction=Direction.LEFT_TO_RIGHT, calendar=Calendar.GREGORIAN),
    "fa": Conventions(
        direction=Direction.RIGHT_TO_LEFT,
        calendar=Calendar.JALALI,
        digits=str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
        week_starts=Weekday.SATURDAY,
        pads_hours=False,
        thousands="\N{ARABIC THOUSANDS SEPARATOR}",
        decimal="\N{ARABIC DECIMAL SEPARATOR}",
    ),
}
"""Every language that has a catalogue."""
