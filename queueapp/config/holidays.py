"""When a branch rests: ``weekend`` and ``holidays``, in ``branch.toml`` or a file of their own."""

import re
import tomllib
from datetime import date, datetime
from pathlib import Path

from queueapp.config.names import check_name
from queueapp.config.sample_texts import sample_text
from queueapp.config.spans import read_days
from queueapp.config.toml_lines import key_lines
from queueapp.config.toml_syntax import syntax_problem
from queueapp.config.toml_table import TomlFile, TomlTable, shown
from queueapp.domain.branch import Weekday
from queueapp.domain.holidays import Holiday, YearDay
from queueapp.domain.iranian_calendar import from_iranian
from queueapp.domain.typed import latin_digits

IRAN = "iran"
"""Names the calendar that comes with the program."""
IRAN_FILE = "iran_holidays.toml"
FIRST_GREGORIAN_YEAR = 1700
"""A year below it is one of the Iranian calendar."""
LEAP_YEAR = 1403
"""A day that no year has is a mistake; one that only leap years have is none."""

DAY_EXAMPLE = '"01-13" (each Iranian year), "1405-04-04" or "2026-06-25"'
HOLIDAYS_EXAMPLE = (
    '"holidays.toml" (a file beside this one), "iran", or a list like'
    ' [{ day = "01-13", name = "Nature Day" }]'
)
_DAY = re.compile(r"(?:(?P<year>\d{4})[-/])?(?P<month>\d{1,2})[-/](?P<day>\d{1,2})")

Rest = tuple[tuple[Weekday, ...], tuple[Holiday, ...]]
"""The weekend, and the holidays in their order."""


def iran_holidays_toml() -> str:
    """What ``queueapp branch holidays`` writes: the official holidays of Iran, to be edited."""
    return sample_text(IRAN_FILE)


def read_rest(top: TomlTable, languages: tuple[str, ...], folder: Path) -> Rest:
    """What ``branch.toml`` says of days off; a file that it names lies in ``folder``.

    Its own ``weekend`` is stronger than the file's. Mistakes in the file are noted with its lines.
    """
    named = top.get("holidays")
    weekend: tuple[Weekday, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    if isinstance(named, str):
        weekend, holidays = _read_file(top, named, languages, folder)
    elif isinstance(named, list):
        holidays = _holidays(top, languages)
    elif named is not None:
        top.report("holidays", f"must be {HOLIDAYS_EXAMPLE}, not {shown(named)}")
    if "weekend" in top:
        weekend = read_days(top, "weekend")
    return weekend, holidays


def _read_file(top: TomlTable, named: str, languages: tuple[str, ...], folder: Path) -> Rest:
    if named == IRAN:
        return _read_text(top, sample_text(IRAN_FILE), IRAN_FILE, languages)
    path = folder / named
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        top.report(
            "holidays", f"there is no file {path}: write one with `queueapp branch holidays {path}`"
        )
    except UnicodeDecodeError:
        top.report("holidays", f"the file {path} must be saved as UTF-8")
    except OSError as error:
        top.report("holidays", f"the file {path} cannot be read: {error.strerror}")
    else:
        return _read_text(top, text, str(path), languages)
    return (), ()


def _read_text(top: TomlTable, text: str, name: str, languages: tuple[str, ...]) -> Rest:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        top.file.problems.append(syntax_problem(text, name, str(error)))
        return (), ()
    calendar = TomlFile(name, values, key_lines(text))
    weekend = read_days(calendar.top, "weekend") if "weekend" in calendar.top else ()
    holidays = _holidays(calendar.top, languages)
    calendar.top.refuse_unknown_keys()
    top.file.problems.extend(calendar.problems)
    return weekend, holidays


def _holidays(table: TomlTable, languages: tuple[str, ...]) -> tuple[Holiday, ...]:
    holidays: list[Holiday] = []
    for entry in table.tables("holidays", '{ day = "01-13", name = "Nature Day" }'):
        day = _day(entry)
        name = entry.require("name", '"Nature Day"')
        entry.refuse_unknown_keys()
        if day is None or name is None:
            continue
        if day in {other.day for other in holidays}:
            entry.report("day", f"is there twice: {shown(entry.get('day'))}")
            continue
        known = check_name(entry.file, (*entry.path, "name"), name, languages)
        holidays.append(Holiday(day=day, name=known))
    return tuple(holidays)


def _day(entry: TomlTable) -> date | YearDay | None:
    value = entry.require("day", DAY_EXAMPLE)
    if value is None:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    found = _DAY.fullmatch(latin_digits(value).strip()) if isinstance(value, str) else None
    if found is None:
        entry.report("day", f"must be a day like {DAY_EXAMPLE}, not {shown(value)}")
        return None
    year, month, day = int(found["year"] or 0), int(found["month"]), int(found["day"])
    try:
        if year >= FIRST_GREGORIAN_YEAR:
            return date(year, month, day)
        of_that_year = from_iranian(year or LEAP_YEAR, month, day)
    except (ValueError, OverflowError):
        entry.report("day", f"there is no such day: {shown(value)}")
        return None
    return of_that_year if year else YearDay(month=month, day=day)
