"""A file of appointments as another system writes it: CSV, a row each, read as far as it goes."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from queueapp.cli.days import day_of
from queueapp.cli.failures import WrongInput
from queueapp.config.spreadsheet import column_names, spreadsheet
from queueapp.domain.appointment import LONGEST_LABEL, LONGEST_REFERENCE
from queueapp.domain.typed import latin_digits, persian_letters, plain
from queueapp.domain.words import ServiceCode
from queueapp.operations.appointment_commands import ImportedAppointment

NEEDED = ("appointment_at", "service", "reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What could be read, and what could not."""

    rows: tuple[ImportedAppointment, ...]
    lines: tuple[int, ...]
    """Where each row stands."""
    bad: tuple[tuple[int, str], ...]
    """Line and sentence."""


class _Unmeant(Exception):  # noqa: N818 - what is wrong with a row
    """One row cannot be meant."""


def read_appointments(path: Path, zone: ZoneInfo) -> ReadFile:
    """The rows of ``path``; times without an offset are on the clock of ``zone``.

    Raises :class:`WrongInput` for what is no table of appointments.
    """
    rows: list[ImportedAppointment] = []
    lines: list[int] = []
    bad: list[tuple[int, str]] = []
    for line, cells in _table(path):
        try:
            rows.append(_row(cells, zone))
            lines.append(line)
        except _Unmeant as error:
            bad.append((line, str(error)))
    return ReadFile(rows=tuple(rows), lines=tuple(lines), bad=tuple(bad))


def _table(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WrongInput(f"{path}: save this file as UTF-8.") from None
    except OSError as error:
        raise WrongInput(f"{path}: cannot be read: {error.strerror}.") from None
    reader = spreadsheet(text)
    try:
        names = column_names(reader)
        missing = [name for name in NEEDED if name not in names]
        if missing:
            raise WrongInput(f"{path}: the column {missing[0]} is missing in the first line.")
        for cells in reader:
            yield reader.line_num, {name: cell or "" for name, cell in cells.items() if name}
    except csv.Error as error:
        raise WrongInput(f"{path}: is no CSV from line {reader.line_num} on ({error}).") from None


def _row(cells: Mapping[str, str], zone: ZoneInfo) -> ImportedAppointment:
    reference = _cell(cells, "reference", LONGEST_REFERENCE)
    if not reference:
        raise _Unmeant("reference is missing: without one, importing again would book again")
    service = plain(cells["service"])
    if not service:
        raise _Unmeant("service is missing")
    return ImportedAppointment(
        reference=reference,
        service=ServiceCode(service),
        starts_at=_moment(cells["appointment_at"], zone),
        label=_cell(cells, "label", LONGEST_LABEL),
    )


def _cell(cells: Mapping[str, str], name: str, longest: int) -> str:
    written = persian_letters(cells.get(name, "")).strip()
    if len(written) > longest:
        raise _Unmeant(f"{name} has more than {longest} letters")
    if not written.isprintable():
        raise _Unmeant(f"{name} has letters in it that nobody types")
    return written


def _moment(written: str, zone: ZoneInfo) -> datetime:
    """``2026-11-22 10:30``, ``1405/09/01 10:30``, or with an offset as programs write it."""
    typed = latin_digits(written).strip().replace("/", "-")
    day, _, clock = typed.replace("T", " ").partition(" ")
    try:
        moment = datetime.combine(day_of(day), time.fromisoformat(clock.strip()))
    except ValueError:
        raise _Unmeant(
            f"appointment_at must be a day and a time such as 2026-11-22 10:30, not {written!r}"
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
