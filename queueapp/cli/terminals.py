"""The terminals: kiosk, board, rating, counter and supervisor."""

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from queueapp.cli import device_options as d
from queueapp.cli.failures import WrongInput, plain_sentences
from queueapp.cli.opening import open_existing
from queueapp.cli.options import (
    BranchName,
    Db,
    LanguageCode,
    LargeText,
    LogFile,
    SettingsFile,
    Theme,
    settings_from,
)
from queueapp.domain.printing import PrinterName
from queueapp.domain.typed import plain
from queueapp.domain.words import CounterNumber

if TYPE_CHECKING:
    from textual.screen import Screen

    from queueapp.bootstrap import OpenBranch
    from queueapp.bootstrap.child_keeper import ChildKeeper
    from queueapp.config.settings import Settings
    from queueapp.tui.terminal import Terminal

TheCounter = Annotated[str, typer.Argument(metavar="N", help="The number of the counter.")]
RatedCounter = Annotated[
    str, typer.Option("--counter", metavar="N", help="The counter whose service is rated.")
]
IdleSeconds = Annotated[
    int | None,
    typer.Option(
        "--kiosk-idle-seconds",
        metavar="SECONDS",
        help="Go back to the start after so long without a touch (5 to 600).",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the terminals to the command line."""
    for command, example in (
        (kiosk, "queueapp kiosk --language fa"),
        (board, "queueapp board"),
        (rate, "queueapp rate --counter 3"),
        (counter, "queueapp counter 3"),
        (supervisor, "queueapp supervisor --theme light"),
    ):
        app.command(epilog=f"Example: {example}")(command)
    app.command(hidden=True)(forecaster)


def kiosk(
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
    language: LanguageCode = None,
    theme: Theme = None,
    large_text: LargeText = None,
    log_file: LogFile = None,
    kiosk_idle_seconds: IdleSeconds = None,
    *,
    printer: d.Printer = None,
    printer_name: d.PrinterName = None,
    printer_width: d.PrinterWidth = None,
    printer_profile: d.PrinterProfile = None,
    printer_logo: d.PrinterLogo = None,
    printer_answers: d.PrinterAnswers = None,
) -> None:
    """Where customers take their tickets.

    The screen is locked: staff leave it with Ctrl+X (or Ctrl+B), then q, their code and PIN.
    """
    with plain_sentences():
        chosen = settings_from(
            settings,
            db=db,
            branch=branch,
            language=language,
            theme=theme,
            large_text=large_text,
            log_file=log_file,
            kiosk_idle_seconds=kiosk_idle_seconds,
            printer=printer,
            printer_name=printer_name,
            printer_width=printer_width,
            printer_profile=printer_profile,
            printer_logo=printer_logo,
            printer_answers=printer_answers,
        )
        has_printer = chosen.printer is not None

        def home(opened: "OpenBranch") -> "Screen[Any]":
            from kiosk.welcome_screen import WelcomeScreen  # noqa: PLC0415 - see queueapp.cli
            from queueapp.bootstrap.joining import join_codes  # noqa: PLC0415

            return WelcomeScreen(
                idle_seconds=chosen.kiosk_idle_seconds,
                language=chosen.language,
                printer=PrinterName(chosen.printer_known_as) if has_printer else None,
                join_code=join_codes(opened),
            )

        from queueapp.bootstrap.device_keepers import printer_keeper  # noqa: PLC0415

        devices = [printer_keeper(chosen)] if has_printer else []
        run(chosen, home, is_locked=True, devices=devices)


def board(
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
    language: LanguageCode = None,
    theme: Theme = None,
    large_text: LargeText = None,
    log_file: LogFile = None,
    *,
    voice: d.Voice = None,
    voice_clips: d.VoiceClips = None,
    voice_repeat_seconds: d.VoiceRepeat = None,
    voice_quiet: d.VoiceQuiet = None,
    voice_every_language: d.VoiceEveryLanguage = None,
) -> None:
    """The screen in the hall: who is called where, and the waits.

    With --voice it also calls them out.
    """
    with plain_sentences():
        chosen = settings_from(
            settings,
            db=db,
            branch=branch,
            language=language,
            theme=theme,
            large_text=large_text,
            log_file=log_file,
            voice=voice,
            voice_clips=voice_clips,
            voice_repeat_seconds=voice_repeat_seconds,
            voice_quiet=voice_quiet,
            voice_every_language=voice_every_language,
        )

        def home(_opened: "OpenBranch") -> "Screen[Any]":
            from kiosk.board_screen import BoardScreen  # noqa: PLC0415 - see queueapp.cli

            return BoardScreen()

        from queueapp.bootstrap.device_keepers import voice_keeper  # noqa: PLC0415

        run(chosen, home, devices=[voice_keeper(chosen)] if chosen.voice else [])


def rate(
    number: RatedCounter,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
    language: LanguageCode = None,
    theme: Theme = None,
    large_text: LargeText = None,
    log_file: LogFile = None,
) -> None:
    """Five faces beside a counter: one tap says how it was.

    The screen is locked like the kiosk.
    """
    with plain_sentences():
        chosen = settings_from(
            settings,
            db=db,
            branch=branch,
            language=language,
            theme=theme,
            large_text=large_text,
            log_file=log_file,
        )

        def home(opened: "OpenBranch") -> "Screen[Any]":
            from kiosk.rate_screen import RateScreen  # noqa: PLC0415 - see queueapp.cli

            return RateScreen(counter=_existing(opened, number))

        run(chosen, home, is_locked=True)


def counter(
    number: TheCounter,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
    language: LanguageCode = None,
    theme: Theme = None,
    large_text: LargeText = None,
    log_file: LogFile = None,
) -> None:
    """A clerk's desk: call the next customer with one key."""
    with plain_sentences():
        chosen = settings_from(
            settings,
            db=db,
            branch=branch,
            language=language,
            theme=theme,
            large_text=large_text,
            log_file=log_file,
        )

        def home(opened: "OpenBranch") -> "Screen[Any]":
            from counters.desk_screen import counter_home  # noqa: PLC0415 - see queueapp.cli

            return counter_home(_existing(opened, number))

        run(chosen, home)


def supervisor(
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
    language: LanguageCode = None,
    theme: Theme = None,
    large_text: LargeText = None,
    log_file: LogFile = None,
) -> None:
    """The wall: every wait, counter and rating, and what to do."""
    with plain_sentences():
        chosen = settings_from(
            settings,
            db=db,
            branch=branch,
            language=language,
            theme=theme,
            large_text=large_text,
            log_file=log_file,
        )

        def home(_opened: "OpenBranch") -> "Screen[Any]":
            from counters.supervisor import supervisor_home  # noqa: PLC0415 - see queueapp.cli

            return supervisor_home()

        run(chosen, home)


def forecaster(clock: d.SimulatedTime = None) -> None:
    """Compute the estimates of one branch; terminals start it themselves."""
    from queueapp.bootstrap import open_branch  # noqa: PLC0415 - see queueapp.cli
    from queueapp.bootstrap.forecaster import run_forecaster  # noqa: PLC0415
    from queueapp.simulator.clock import SimulatedClock  # noqa: PLC0415

    simulated = None if clock is None else SimulatedClock.read(clock)
    with plain_sentences():
        run_forecaster(open_branch(settings_from(None), clock=simulated), sys.stdin.buffer)


def run(
    settings: "Settings",
    home: "Callable[[OpenBranch], Screen[Any]]",
    *,
    is_locked: bool = False,
    devices: "Sequence[ChildKeeper]" = (),
) -> None:
    """Open the branch and show the terminal whose first screen ``home`` makes.

    ``devices`` are kept running beside it.
    """
    from queueapp.tui.environment import require_terminal, scrub_environment  # noqa: PLC0415

    require_terminal()
    gc.disable()  # what is loaded now stays; later queueapp.tui.collecting looks between keys
    if is_locked:
        scrub_environment()
    from queueapp.bootstrap.forecaster_keeper import ForecasterKeeper  # noqa: PLC0415

    opened = open_existing(settings)
    from queueapp.tui.showing import show  # noqa: PLC0415 - Textual takes a while

    with ExitStack() as at_the_end:
        at_the_end.callback(opened.store.close)
        terminal = _terminal(opened, settings, home, is_locked=is_locked)
        # Not before: whoever mistyped a counter need not wait until these have ended.
        for keeper in (ForecasterKeeper(opened, settings), *devices):
            keeper.start()
            at_the_end.callback(keeper.stop)
        code = show(terminal)
    if code:
        raise typer.Exit(code)


def _terminal(
    opened: "OpenBranch",
    settings: "Settings",
    home: "Callable[[OpenBranch], Screen[Any]]",
    *,
    is_locked: bool,
) -> "Terminal":
    from queueapp.bootstrap import terminal_context  # noqa: PLC0415 - see queueapp.cli
    from queueapp.tui.terminal import LockedTerminal, Terminal  # noqa: PLC0415

    first = home(opened)
    kind = LockedTerminal if is_locked else Terminal
    return kind(terminal_context(opened, settings), lambda: first)


def _existing(opened: "OpenBranch", typed: str) -> CounterNumber:
    """The counter that was typed, in any digits, after making sure that the branch has it."""
    plan = opened.plan()
    number = plain(typed)
    if not number.isdecimal():
        numbers = ", ".join(str(each.number) for each in plan.counters)
        raise WrongInput(f"{typed} is no number of a counter: type one of {numbers}.")
    return plan.counter(CounterNumber(int(number))).number
