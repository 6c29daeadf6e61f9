"""``queueapp doctor``: looks at everything a terminal needs and says what to do."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from queueapp.cli.device_options import Printer, PrinterWidth
from queueapp.cli.failures import plain_sentences
from queueapp.cli.options import BranchName, Db, LanguageCode, LogFile, SettingsFile, Theme

if TYPE_CHECKING:
    from queueapp.cli.doctor.findings import Finding

COLOURS = {"ok": typer.colors.GREEN, "attention": typer.colors.YELLOW, "wrong": typer.colors.RED}

INDENT = 23
"""Columns before a sentence: its verdict and its subject."""
WITHOUT_WINDOW = 1000
"""Columns of a file or a pipe, where no line is broken."""


def register(app: typer.Typer) -> None:
    """Add the doctor to the command line."""
    app.command(epilog="Example: queueapp doctor")(doctor)


def doctor(
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
    language: LanguageCode = None,
    theme: Theme = None,
    log_file: LogFile = None,
    *,
    printer: Printer = None,
    printer_width: PrinterWidth = None,
    prints: Annotated[bool, typer.Option("--print", help="Print a test ticket.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for programs.")] = False,
) -> None:
    """Look whether all is in order, and say what to do if not.

    Settings, terminal, database, clock, branch, staff, estimates, printer and voice. Nothing is
    changed. The exit code is 1 when something is wrong.
    """
    with plain_sentences():
        from queueapp.cli.doctor.examination import examine  # noqa: PLC0415 - see queueapp.cli

        flags = {
            "db": db,
            "branch": branch,
            "language": language,
            "theme": theme,
            "log_file": log_file,
            "printer": printer,
            "printer_width": printer_width,
        }
        findings = list(examine(settings, flags, prints=prints))
        _print(findings, as_json=as_json)
        if any(finding.verdict == "wrong" for finding in findings):
            raise typer.Exit(1)


def _print(findings: "list[Finding]", *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"findings": [finding.to_json() for finding in findings]}, indent=2))
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WITHOUT_WINDOW
    for finding in findings:
        typer.echo("\n".join(_lines(finding, width)))


def _lines(finding: "Finding", width: int) -> Iterator[str]:
    """The sentence behind its verdict and subject, and below it what to do."""
    told = textwrap.wrap(finding.sentence, width - INDENT)
    if finding.advice:
        told += textwrap.wrap(
            f"→ {finding.advice}", width - INDENT, subsequent_indent="  ", break_on_hyphens=False
        )
    verdict = typer.style(f"{finding.verdict:<11}", fg=COLOURS[finding.verdict])
    yield f"{verdict}{finding.subject:<12}{told[0]}"
    yield from (" " * INDENT + line for line in told[1:])
