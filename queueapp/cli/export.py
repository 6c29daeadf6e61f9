"""Visits and history for spreadsheets and other programs."""

import csv
import json
import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from queueapp.cli.days import day_option
from queueapp.cli.failures import WrongInput, plain_sentences
from queueapp.cli.opening import open_existing
from queueapp.cli.options import BranchName, Db, SettingsFile, settings_from
from queueapp.config.spreadsheet import no_formula


class Format(StrEnum):
    """How the rows are written."""

    CSV = "csv"
    JSONL = "jsonl"


ChosenFormat = Annotated[
    Format,
    typer.Option("--format", help="csv for spreadsheets; jsonl: one JSON object in each line."),
]
Since = Annotated[
    date | None,
    typer.Option("--since", metavar="DATE", parser=day_option, help="From this day on."),
]
Until = Annotated[
    date | None,
    typer.Option("--until", metavar="DATE", parser=day_option, help="Up to this day, included."),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write here, not on the screen."),
]

Record = dict[str, Any]
Write = Callable[[Record], object]

export_commands = typer.Typer(
    help="Visits or the history, for spreadsheets and programs.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(export_commands, name="export")


@export_commands.command(
    "visits",
    short_help="Every visit: when, where, how it ended, what was said of it.",
    epilog="Example: queueapp export visits --since 2026-03-01 -o visits.csv",
)
def export_visits(
    as_format: ChosenFormat = Format.CSV,
    since: Since = None,
    until: Until = None,
    output: Output = None,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """Every visit: when somebody came, was called and served, where, and what they said of it."""
    with plain_sentences():
        from queueapp.store.export import VISIT_COLUMNS, visits  # noqa: PLC0415 - see queueapp.cli

        with _rows(visits, since, until, db=db, branch=branch, settings=settings) as rows:
            _write(rows, VISIT_COLUMNS, as_format, output)


@export_commands.command(
    "events", epilog="Example: queueapp export events --format jsonl | grep NoShow"
)
def export_events(
    as_format: ChosenFormat = Format.CSV,
    since: Since = None,
    until: Until = None,
    output: Output = None,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """The history: who did what, when and at which counter."""
    with plain_sentences():
        from queueapp.store.export import EVENT_COLUMNS, events  # noqa: PLC0415 - see queueapp.cli

        with _rows(events, since, until, db=db, branch=branch, settings=settings) as rows:
            _write(rows, EVENT_COLUMNS, as_format, output)


@contextmanager
def _rows(
    read: Callable[..., Generator[Record, None, None]],
    since: date | None,
    until: date | None,
    *,
    db: str | None,
    branch: str | None,
    settings: Path | None,
) -> Iterator[Iterator[Record]]:
    """The rows that ``read`` gives of the branch that these flags name."""
    if since is not None and until is not None and until < since:
        raise WrongInput("--until: the last day must not be before the first one.")
    opened = open_existing(settings_from(settings, db=db, branch=branch))
    chosen = read(opened.store, opened.id, since=since, until=until)
    with closing(opened.store), closing(chosen) as rows:
        yield rows


def _write(
    rows: Iterator[Record],
    columns: tuple[str, ...],
    as_format: Format,
    output: Path | None,
) -> None:
    if output is not None:
        with output.open("w", encoding="utf-8", newline="") as file:
            _write_all(rows, columns, as_format, file)
        return
    try:
        _write_all(rows, columns, as_format, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough (`| head`): what is still in the buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_all(
    rows: Iterator[Record], columns: tuple[str, ...], as_format: Format, file: TextIO
) -> None:
    write = _csv_writer(file, columns) if as_format is Format.CSV else _jsonl_writer(file)
    for row in rows:
        write(row)


def _csv_writer(file: TextIO, columns: tuple[str, ...]) -> Write:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    return lambda row: writer.writerow(map(_cell, row.values()))


def _jsonl_writer(file: TextIO) -> Write:
    return lambda row: file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _cell(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Lists and tables of the history as JSON text; nothing as an empty cell; no formula."""
    if isinstance(value, str):
        return no_formula(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
