"""Appointments on the command line: take over what another system has, look, give one up."""

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from queueapp.cli.days import day_option
from queueapp.cli.failures import plain_sentences
from queueapp.cli.opening import open_existing
from queueapp.cli.options import BranchName, Db, SettingsFile, settings_from
from queueapp.config.spreadsheet import no_formula

if TYPE_CHECKING:
    from queueapp.bootstrap import OpenBranch
    from queueapp.cli.appointment_file import ReadFile
    from queueapp.domain.appointment import Appointment
    from queueapp.domain.branch import Branch

AT_ONCE = 1000
"""Rows that one transaction takes; nobody at a counter waits for more."""
COLUMNS = (
    "appointment_at",
    "service",
    "booked_at",
    "code",
    "state",
    "reference",
    "label",
    "source",
)


class Format(StrEnum):
    """How the list is written."""

    TABLE = "table"
    CSV = "csv"


appointment_commands = typer.Typer(
    help="Appointments: import, list, cancel.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(appointment_commands, name="appointments")


@appointment_commands.command(
    "import",
    short_help="Take over the appointments of another system.",
    epilog="Example: queueapp appointments import tomorrow.csv",
)
def appointments_import(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="CSV with the columns appointment_at, service, reference and label.",
        ),
    ],
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """Take over the appointments of another system; done again, nothing is booked twice."""
    with plain_sentences():
        from queueapp.cli.appointment_file import read_appointments  # noqa: PLC0415 - see queueapp.cli

        opened = open_existing(settings_from(settings, db=db, branch=branch))
        plan = opened.plan()
        read = read_appointments(file, plan.zone)
        counts: Counter[str] = Counter()
        problems = list(read.bad)
        for begin in range(0, len(read.rows), AT_ONCE):
            told = _take_over(opened, read, begin)
            counts.update({kind: told[kind] for kind in ("added", "changed", "same")})
            problems += _skipped(plan, read, begin, told["skipped"])
        for line, sentence in sorted(problems):
            typer.echo(f"{file}:{line}: {sentence}", err=True)
        typer.echo(
            f"{counts['added']} added, {counts['changed']} changed, {counts['same']} as they were,"
            f" {len(problems)} left out."
        )


@appointment_commands.command("list", epilog="Example: queueapp appointments list --day 2026-11-22")
def appointments_list(
    day: Annotated[
        date | None,
        typer.Option("--day", metavar="DATE", parser=day_option, help="Of this day, not today."),
    ] = None,
    as_format: Annotated[
        Format, typer.Option("--format", help="table for people; csv for spreadsheets and replay.")
    ] = Format.TABLE,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """The appointments of a day, what became of them, and their codes."""
    with plain_sentences():
        from queueapp.domain.slots import whole_day  # noqa: PLC0415 - see queueapp.cli
        from queueapp.store.web_store import SqlWebStore  # noqa: PLC0415

        opened = open_existing(settings_from(settings, db=db, branch=branch))
        plan, now = opened.plan(), opened.clock()
        chosen = plan.day(now) if day is None else day
        began, ends = whole_day(plan, chosen)
        found = SqlWebStore(opened.store).appointments(opened.id, began, ends)
        if as_format is Format.CSV:
            _write_csv(plan, found)
        else:
            _print_table(plan, found, chosen, now)


@appointment_commands.command("cancel", epilog="Example: queueapp appointments cancel 48219034")
def appointments_cancel(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="The appointment's code, eight figures.")
    ],
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """Give an appointment up, so that somebody else can have the place."""
    with plain_sentences():
        from queueapp.operations.appointment_commands import (  # noqa: PLC0415 - see queueapp.cli
            CancelAppointment,
        )

        opened = open_existing(settings_from(settings, db=db, branch=branch))
        opened.operations.handle(CancelAppointment(code=code))
        typer.echo("The appointment is cancelled.")


def _take_over(opened: "OpenBranch", read: "ReadFile", begin: int) -> dict[str, Any]:
    from queueapp.operations.appointment_commands import (  # noqa: PLC0415 - see queueapp.cli
        ImportAppointments,
    )

    rows = read.rows[begin : begin + AT_ONCE]
    return dict(opened.operations.handle(ImportAppointments(rows=rows)).told)


def _skipped(
    plan: "Branch", read: "ReadFile", begin: int, skipped: Sequence[tuple[int, str]]
) -> list[tuple[int, str]]:
    """Line and sentence of each row that the branch could not take."""
    from queueapp.operations.appointments import why_skipped  # noqa: PLC0415 - see queueapp.cli

    return [
        (read.lines[begin + place], str(why_skipped(plan, read.rows[begin + place], reason)))
        for place, reason in skipped
    ]


def _print_table(plan: "Branch", found: Sequence["Appointment"], day: date, now: datetime) -> None:
    from queueapp.domain.appointment import (  # noqa: PLC0415 - see queueapp.cli
        figures,
        is_missed,
        spoken_code,
    )

    if not found:
        typer.echo(f"No appointments on {day}.")
        return
    for each in found:
        state = "missed" if is_missed(plan, each, now) else each.state.replace("_", " ")
        known = "  ".join(filter(None, (each.reference, each.label)))
        clock = f"{plan.local(each.starts_at):%H:%M}"
        line = f"{clock}  {each.service}  {spoken_code(each.code)}  {state:10}  {known}"
        typer.echo(line.rstrip())
    counted = figures(plan, found, now)
    typer.echo(
        f"{counted.booked} booked: {counted.came} came, {counted.missed} missed,"
        f" {counted.to_come} to come; {counted.cancelled} cancelled."
    )


def _write_csv(plan: "Branch", found: Sequence["Appointment"]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in found:
        moments = (each.starts_at, each.booked_at)
        starts_at, booked_at = (plan.local(at).isoformat(timespec="seconds") for at in moments)
        writer.writerow(
            (
                starts_at,
                each.service,
                booked_at,
                each.code,
                each.state.value,
                no_formula(each.reference or ""),
                no_formula(each.label),
                each.source.value,
            )
        )
