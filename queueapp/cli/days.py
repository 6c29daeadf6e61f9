"""Days as people type them on the command line and in files."""

from datetime import date

import typer

from queueapp.domain.iranian_calendar import from_iranian
from queueapp.domain.typed import latin_digits

LAST_IRANIAN_YEAR = 1600
"""A year up to this one is counted by the Iranian calendar: nobody asks for the Middle Ages."""


def day_of(written: str) -> date:
    """``2026-11-22``, ``1405/09/01`` or ``۱۴۰۵/۹/۱``; raises ``ValueError`` for what is no day."""
    typed = latin_digits(written).strip().replace("/", "-")
    year, month, of_month = (int(part) for part in typed.split("-"))
    if year <= LAST_IRANIAN_YEAR:
        return from_iranian(year, month, of_month)
    return date(year, month, of_month)


def day_option(written: str) -> date:
    """The same for a flag, with a sentence for what is no day."""
    try:
        return day_of(written)
    except ValueError:
        raise typer.BadParameter(
            f"must be a day such as 2026-03-21 or 1405/01/01, not {written!r}."
        ) from None
