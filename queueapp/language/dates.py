"""The names of days and months, and a day as each calendar counts it."""

from dataclasses import dataclass
from datetime import date

from queueapp.domain.words import sentence
from queueapp.language.conventions import Calendar

WEEKDAYS = (
    sentence("Monday"),
    sentence("Tuesday"),
    sentence("Wednesday"),
    sentence("Thursday"),
    sentence("Friday"),
    sentence("Saturday"),
    sentence("Sunday"),
)
"""In the order of :meth:`datetime.date.weekday`."""

GREGORIAN_MONTHS = (
    sentence("January"),
    sentence("February"),
    sentence("March"),
    sentence("April"),
    sentence("May"),
    sentence("June"),
    sentence("July"),
    sentence("August"),
    sentence("September"),
    sentence("October"),
    sentence("November"),
    sentence("December"),
)

JALALI_MONTHS = (
    sentence("Farvardin"),
    sentence("Ordibehesht"),
    sentence("Khordad"),
    sentence("Tir"),
    sentence("Mordad"),
    sentence("Shahrivar"),
    sentence("Mehr"),
    sentence("Aban"),
    sentence("Azar"),
    sentence("Dey"),
    sentence("Bahman"),
    sentence("Esfand"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day in the words of one calendar; the names are messages to be translated."""

    weekday: str
    day: int
    month: str
    year: int


def calendar_day(day: date, calendar: Calendar) -> CalendarDay:
    """``day`` (Gregorian, as Python counts) in ``calendar``."""
    weekday = WEEKDAYS[day.weekday()]
    match calendar:
        case Calendar.GREGORIAN:
            month = GREGORIAN_MONTHS[day.month - 1]
            return CalendarDay(weekday=weekday, day=day.day, month=month, year=day.year)
        case Calendar.JALALI:
            # Imported here because an English terminal never needs it and every start is timed.
            from persiantools.jdatetime import JalaliDate  # noqa: PLC0415

            jalali = JalaliDate(day)  # type: ignore[no-untyped-call]  # it leaves this untyped
            month = JALALI_MONTHS[jalali.month - 1]
            return CalendarDay(weekday=weekday, day=jalali.day, month=month, year=jalali.year)
