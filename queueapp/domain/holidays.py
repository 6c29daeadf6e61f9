"""Days on which a branch rests: its weekend, and holidays that it names itself."""

from dataclasses import dataclass
from datetime import date

from queueapp.domain.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDay:
    """A day that comes each year of the Iranian calendar, such as 1 Farvardin."""

    month: int
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day with a name: one date, or one that comes each year of the Iranian calendar.

    Holidays that follow the moon move each year and are written as dates.
    """

    name: Text
    day: date | YearDay


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """Why a branch rests on a day."""

    holiday: Text | None = None
    """``None``: its weekend."""
