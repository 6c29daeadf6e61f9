"""``queueapp`` alone: choose what to start, or read the help where nobody can choose."""

import os
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from queueapp.cli import demo, setting_up, terminals
from queueapp.cli.failures import plain_sentences
from queueapp.cli.options import settings_from

if TYPE_CHECKING:
    from queueapp.config.settings import Settings
    from queueapp.tui.programs import Found, Start


def launch(help_text: str) -> None:
    """Let somebody choose and start it; ``help_text`` is for where nobody can choose."""
    from queueapp.tui.environment import (  # noqa: PLC0415 - see queueapp.cli
        NotATerminalError,
        require_terminal,
        scrub_environment,
    )

    try:
        require_terminal()
    except NotATerminalError:
        typer.echo(help_text)
        return
    scrub_environment()  # a kiosk may follow in this process
    with plain_sentences():
        chosen = _choose(settings_from(None))
    if chosen is not None:
        start(chosen)


def start(chosen: "Start") -> None:
    """Do what was chosen, in this window."""
    from queueapp.tui.programs import Program  # noqa: PLC0415 - see queueapp.cli

    match chosen.program:
        case Program.KIOSK:
            terminals.kiosk(language=chosen.language)
        case Program.BOARD:
            terminals.board(language=chosen.language)
        case Program.COUNTER:
            terminals.counter(str(chosen.at_counter), language=chosen.language)
        case Program.SUPERVISOR:
            terminals.supervisor(language=chosen.language)
        case Program.RATING:
            terminals.rate(str(chosen.at_counter), language=chosen.language)
        case Program.DEMO:
            demo.demo(language=chosen.language)
        case Program.SET_UP:
            setting_up.init()


def find(settings: "Settings") -> "Found":
    """The branch that ``settings`` name, or why there is none; makes no database."""
    from queueapp.bootstrap import open_branch  # noqa: PLC0415 - see queueapp.cli
    from queueapp.operations.ports import StoreUnavailable  # noqa: PLC0415
    from queueapp.store.plan import BranchMissing  # noqa: PLC0415
    from queueapp.store.schema import SchemaMismatch  # noqa: PLC0415
    from queueapp.tui.programs import UNAVAILABLE, Found  # noqa: PLC0415

    database = str(settings.database.path or settings.database)
    if settings.database.path is not None and not settings.database.path.exists():
        return Found(database=database)
    try:
        opened = open_branch(settings)
        try:
            return Found(database=database, branch=opened.plan())
        finally:
            opened.store.close()
    except BranchMissing:
        return Found(database=database)
    except SchemaMismatch as mismatch:
        return Found(database=database, trouble=str(mismatch))
    except StoreUnavailable:
        return Found(database=database, trouble=UNAVAILABLE)


def _choose(settings: "Settings") -> "Start | None":
    from queueapp.language import available_languages, load_language  # noqa: PLC0415
    from queueapp.tui.launcher import Launcher  # noqa: PLC0415 - see queueapp.cli
    from queueapp.tui.persian_window import persian_in  # noqa: PLC0415
    from queueapp.tui.window_answers import ask_window  # noqa: PLC0415

    found = find(settings)
    offered = found.branch.languages if found.branch is not None else ("fa", "en")
    first = settings.language or offered[0]
    others = [code for code in available_languages() if code != first]
    zone = found.branch.zone if found.branch is not None else ZoneInfo("UTC")
    launcher = Launcher(
        found,
        languages=(first, *others),
        language_of=partial(load_language, zone=zone),
        theme=f"queue-{settings.theme}",
        window=persian_in(ask_window(), os.environ),
    )
    return launcher.run()
