"""The demo: a busy office that lives by itself."""

from typing import Annotated

import typer

from queueapp.cli.device_options import Printer, Voice
from queueapp.cli.failures import plain_sentences
from queueapp.cli.options import LanguageCode, LargeText, Theme

Speed = Annotated[
    float,
    typer.Option(
        "--speed",
        metavar="TIMES",
        min=0.1,
        max=60,
        help="How many times faster than life; 1 is as fast as life.",
    ),
]


Web = Annotated[
    bool, typer.Option("--web", help="Serve the ticket's page: the codes on the kiosk open it.")
]


def register(app: typer.Typer) -> None:
    """Add the demo to the command line."""
    app.command(epilog="Example: queueapp demo --speed 20")(demo)


def demo(
    speed: Speed = 10,
    language: LanguageCode = None,
    theme: Theme = None,
    *,
    large_text: LargeText = None,
    printer: Printer = None,
    voice: Voice = None,
    web: Web = False,
) -> None:
    """A busy office that lives by itself, to look around in.

    Every terminal is behind a function key; the office is deleted when you leave.
    """
    with plain_sentences():
        from queueapp.tui.environment import require_terminal  # noqa: PLC0415 - see queueapp.cli

        require_terminal()
        from queueapp.demo.run import run_demo  # noqa: PLC0415

        code = run_demo(
            speed,
            language=language,
            theme=theme,
            large_text=large_text,
            printer=printer,
            voice=bool(voice),
            web=web,
        )
    if code:
        raise typer.Exit(code)
