"""From the files of a log to a :class:`~queueapp.forecast.replay.log.Log`, row by row.

A row that cannot be meant is left out and reported; a file that cannot be meant is refused.
"""

import csv
import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from queueapp.config.spreadsheet import column_names, spreadsheet
from queueapp.forecast.replay.log import (
    BadRow,
    BookedSlot,
    DeskChange,
    DeskWord,
    Ending,
    Log,
    Visit,
)
from queueapp.forecast.replay.unnamed_counters import with_counters

VISITS = "visits.csv"
DESKS = "desks.csv"
APPOINTMENTS = "appointments.csv"

_VISIT_COLUMNS = ("ticket", "service", "category", "arrived_at", "called_at", "ended_at", "outcome")
_DESK_COLUMNS = ("counter", "state", "at")
_APPOINTMENT_COLUMNS = ("appointment_at", "service")

LONGEST_VISIT = timedelta(hours=24)
"""Nobody waits or is served for longer in a front office: such a row has a wrong date."""
EARLIEST_BEFORE_SLOT = timedelta(hours=24)

Cells = Mapping[str, str]
Row = TypeVar("Row")
Word = TypeVar("Word", bound=StrEnum)


class LogError(Exception):
    """A log that cannot be read at all; the text says what to do."""


class _Unmeant(Exception):  # noqa: N818 - what is wrong with a row
    """One row cannot be meant."""


def read_log(visits: Path, *, desks: Path | None, appointments: Path | None, zone: tzinfo) -> Log:
    """The log in these files; times without an offset are on the clock of ``zone``.

    ``visits`` and the others may be gzipped. Raises :class:`LogError` for a file that is no table
    of visits, desks or appointments, and :class:`OSError`.
    """
    bad: list[BadRow] = []
    read_visits = list(_rows(visits, _VISIT_COLUMNS, lambda c, n: _visit(c, n, zone), bad))
    changes = None
    if desks is not None:
        changes = list(_rows(desks, _DESK_COLUMNS, lambda c, n: _desk(c, n, zone), bad))
    slots: list[BookedSlot] = []
    if appointments is not None:
        slots = list(_rows(appointments, _APPOINTMENT_COLUMNS, lambda c, n: _slot(c, n, zone), bad))
    if not read_visits:
        raise LogError(f"{visits.name} has no visit that could be read.{_first_of(bad)}")
    return Log(
        visits=tuple(
            sorted(with_counters(read_visits), key=lambda visit: (visit.arrived_at, visit.line))
        ),
        desks=None if changes is None else tuple(sorted(changes, key=lambda c: (c.at, c.line))),
        bookings=tuple(sorted(slots, key=lambda slot: (slot.appointment_at, slot.line))),
        bad_rows=tuple(bad),
    )


def first_offset(visits: Path) -> timedelta | None:
    """The offset from UTC that the first times of ``visits`` carry; ``None``: they carry none."""
    for _, cells in _table(visits, _VISIT_COLUMNS):
        try:
            moment = datetime.fromisoformat(cells.get("arrived_at", "").strip())
        except ValueError:
            continue
        return moment.utcoffset()
    return None


def _first_of(bad: list[BadRow]) -> str:
    return f" The first problem: {bad[0]}." if bad else ""


def _rows(
    path: Path,
    needed: tuple[str, ...],
    read: Callable[[Cells, int], Row],
    bad: list[BadRow],
) -> Iterator[Row]:
    for line, cells in _table(path, needed):
        try:
            yield read(cells, line)
        except _Unmeant as error:
            bad.append(BadRow(file=path.name, line=line, sentence=str(error)))


def _table(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, Cells]]:
    """The rows of a CSV file with their lines; refused without the columns ``needed``."""
    reader = spreadsheet(_text(path))
    try:
        names = column_names(reader)
        missing = [name for name in needed if name not in names]
        if missing:
            raise LogError(_missing(path, missing, names))
        for cells in reader:
            yield (
                reader.line_num,
                {name: (cell or "").strip() for name, cell in cells.items() if name is not None},
            )
    except csv.Error as error:
        raise LogError(
            f"{path.name}, line {reader.line_num} is no line of a CSV file: {error}."
        ) from None


def _missing(path: Path, missing: list[str], names: list[str]) -> str:
    columns = "the column" if len(missing) == 1 else "the columns"
    there = ", ".join(names) or "nothing"
    return f"{path.name} lacks {columns} {', '.join(missing)}. Its first line has: {there}."


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        return content.decode("utf-8-sig")
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise LogError(f"{path.name} is not a whole gzip file.") from None
    except UnicodeDecodeError:
        raise LogError(f"{path.name} must be saved as UTF-8.") from None


def _visit(cells: Cells, line: int, zone: tzinfo) -> Visit:
    visit = Visit(
        line=line,
        ticket=_needed(cells, "ticket"),
        service=_needed(cells, "service"),
        category=cells.get("category", "") or "normal",
        appointment_at=_moment(cells, "appointment_at", zone),
        arrived_at=_needed_moment(cells, "arrived_at", zone),
        called_at=_moment(cells, "called_at", zone),
        started_at=_moment(cells, "started_at", zone),
        ended_at=_moment(cells, "ended_at", zone),
        outcome=_word(Ending, cells, "outcome") if cells.get("outcome") else None,
        counter=cells.get("counter", ""),
        staff=cells.get("staff", ""),
    )
    _check_order(visit)
    return visit


def _check_order(visit: Visit) -> None:
    """Raise :class:`_Unmeant` for times that cannot have followed one another."""
    if visit.called_at is None:
        if visit.started_at is not None:
            raise _Unmeant("it was started and never called")
        if visit.outcome in (Ending.SERVED, Ending.NO_SHOW):
            raise _Unmeant(f"the outcome is {visit.outcome} and there is no called_at")
        if visit.outcome is Ending.LEFT and visit.ended_at is None:
            raise _Unmeant("the outcome is left and there is no ended_at")
    named = [
        ("arrived_at", visit.arrived_at),
        ("called_at", visit.called_at),
        ("started_at", visit.started_at),
        ("ended_at", visit.ended_at),
    ]
    known = [(name, moment) for name, moment in named if moment is not None]
    for (before, earlier), (after, later) in pairwise(known):
        if later < earlier:
            raise _Unmeant(f"{after} is before {before}")
        if later - earlier > LONGEST_VISIT:
            raise _Unmeant(f"{after} is more than a day after {before}")
    slot = visit.appointment_at
    if slot is not None and abs(slot - visit.arrived_at) > EARLIEST_BEFORE_SLOT:
        raise _Unmeant("appointment_at is more than a day away from arrived_at")


def _desk(cells: Cells, line: int, zone: tzinfo) -> DeskChange:
    return DeskChange(
        line=line,
        counter=_needed(cells, "counter"),
        staff=cells.get("staff", ""),
        state=_word(DeskWord, cells, "state"),
        at=_needed_moment(cells, "at", zone),
        expected=_minutes(cells, "expected_minutes"),
    )


def _slot(cells: Cells, line: int, zone: tzinfo) -> BookedSlot:
    return BookedSlot(
        line=line,
        appointment_at=_needed_moment(cells, "appointment_at", zone),
        service=_needed(cells, "service"),
        booked_at=_moment(cells, "booked_at", zone),
    )


def _needed(cells: Cells, name: str) -> str:
    value = cells.get(name, "")
    if not value:
        raise _Unmeant(f"there is no {name}")
    return value


def _needed_moment(cells: Cells, name: str, zone: tzinfo) -> datetime:
    _needed(cells, name)
    moment = _moment(cells, name, zone)
    assert moment is not None
    return moment


def _moment(cells: Cells, name: str, zone: tzinfo) -> datetime | None:
    value = cells.get(name, "")
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _Unmeant(
            f"{name} is not a time such as 2026-03-10T09:30:00+03:30: {value[:40]}"
        ) from None


def _minutes(cells: Cells, name: str) -> timedelta | None:
    value = cells.get(name, "")
    if not value:
        return None
    try:
        length = timedelta(minutes=float(value))
    except (ValueError, OverflowError):
        raise _Unmeant(f"{name} is not a number of minutes: {value[:40]}") from None
    if not timedelta(0) <= length <= LONGEST_VISIT:
        raise _Unmeant(f"{name} is not a length of a pause: {value[:40]}")
    return length


def _word(words: type[Word], cells: Cells, name: str) -> Word:
    value = _needed(cells, name).lower()
    try:
        return words(value)
    except ValueError:
        known = ", ".join(str(word) for word in words)
        raise _Unmeant(f"{name} must be one of {known}, not {value[:40]}") from None
