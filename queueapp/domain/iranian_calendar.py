"""The Iranian calendar's date of a day and back, by its cycle of 33 years.

The arithmetic is that of Roozbeh Pournader and Mohammad Toossi's calendar conversion (2001); it
gives the official date in each year from 1206 to 1498, where the equinox and the cycle agree.
"""

from datetime import date

CYCLE = 33
DAYS_OF_CYCLE = 12053
DAYS_OF_FOUR_YEARS = 1461
DAYS_OF_YEAR = 365
FIRST_YEAR = -1595
"""A cycle begins with it; the arithmetic counts from there."""
BEFORE_FIRST_YEAR = -356_033
"""The ordinal of the day before its first."""
DAYS_OF_FIRST_HALF = 186
"""Six months of 31 days; the later ones have 30, the last one 29 or 30."""


def iranian_date(day: date) -> tuple[int, int, int]:
    """Year, month and day of ``day``."""
    cycles, left = divmod(day.toordinal() - BEFORE_FIRST_YEAR - 1, DAYS_OF_CYCLE)
    fours, left = divmod(left, DAYS_OF_FOUR_YEARS)
    year = FIRST_YEAR + CYCLE * cycles + 4 * fours
    if left > DAYS_OF_YEAR:
        year += (left - 1) // DAYS_OF_YEAR
        left = (left - 1) % DAYS_OF_YEAR
    if left < DAYS_OF_FIRST_HALF:
        return year, 1 + left // 31, 1 + left % 31
    left -= DAYS_OF_FIRST_HALF
    return year, 7 + left // 30, 1 + left % 30


def from_iranian(year: int, month: int, day: int) -> date:
    """The day with that date; ``ValueError`` when the calendar has none."""
    cycles, years = divmod(year - FIRST_YEAR, CYCLE)
    before = (month - 1) * 31 if month <= 6 else DAYS_OF_FIRST_HALF + (month - 7) * 30  # noqa: PLR2004 - see DAYS_OF_FIRST_HALF
    ordinal = (
        BEFORE_FIRST_YEAR
        + cycles * DAYS_OF_CYCLE
        + years * DAYS_OF_YEAR
        + (years + 3) // 4
        + before
        + day
    )
    found = date.fromordinal(ordinal)
    if iranian_date(found) != (year, month, day):
        raise ValueError(f"the Iranian calendar has no day {year}-{month:02}-{day:02}")
    return found
