"""The order in which the doctor looks at things, and when it makes no sense to look further."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from queueapp.cli.doctor.branch import branch_file_findings, branch_findings
from queueapp.cli.doctor.database import database_findings, file_findings
from queueapp.cli.doctor.findings import About, Finding
from queueapp.cli.doctor.printer import printer_findings
from queueapp.cli.doctor.settings import setting_findings
from queueapp.cli.doctor.terminal import Window, terminal_findings
from queueapp.cli.doctor.voice import voice_findings
from queueapp.cli.setting_up import BRANCH_FILE
from queueapp.config.settings import Settings
from queueapp.domain.branch import Branch
from queueapp.domain.words import BranchId
from queueapp.store.health import branch_health
from queueapp.store.plan import BranchMissing
from queueapp.store.store import SqlStore
from queueapp.tui.window_answers import NO_ANSWERS, ask_window


def examine(
    settings_file: Path | None, flags: Mapping[str, object], *, prints: bool = False
) -> Iterator[Finding]:
    """Everything there is to say, with these flags; ``prints``: a test ticket too."""
    settings, findings = setting_findings(settings_file, flags)
    yield from findings
    yield from terminal_findings(_this_window())
    branch: Branch | None = None
    if settings is not None:
        findings, branch = _examine_data(settings)
        yield from findings
        yield from printer_findings(settings, branch, prints=prints)
        yield from voice_findings(settings, branch)
    yield from branch_file_findings(BRANCH_FILE, branch)


def _this_window() -> Window:
    return Window(
        is_terminal=sys.stdout.isatty(),
        size=shutil.get_terminal_size(),
        encoding=sys.stdout.encoding,
        variables=os.environ,
        answers=ask_window() if sys.stdout.isatty() else NO_ANSWERS,
    )


def _examine_data(settings: Settings) -> tuple[list[Finding], Branch | None]:
    """What is to be said of the database and the branch in it, and the branch itself."""
    findings = list(file_findings(settings.database))
    if findings:
        return findings, None
    name = BranchId(settings.branch)
    with closing(SqlStore(settings.db)) as store:
        findings, can_go_on = database_findings(store, settings.database, name)
        if not can_go_on:
            return findings, None
        try:
            health = branch_health(store, name)
        except BranchMissing as error:
            advice = "Run `queueapp init`, or name the right one with --branch."
            return [*findings, About("branch").wrong(_first_half(error), advice)], None
    return [*findings, *branch_findings(health)], health.branch


def _first_half(error: BranchMissing) -> str:
    """The sentence without its advice, which is given beside."""
    return f"{str(error).partition(':')[0]}."
