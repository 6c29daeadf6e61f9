"""The flags about what is connected to a terminal: its printer and its voice."""

from pathlib import Path
from typing import Annotated

import typer

Printer = Annotated[
    str | None,
    typer.Option(
        "--printer",
        metavar="ADDRESS",
        help="The ticket printer: network://HOST, usb://VENDOR:PRODUCT, cups://NAME, file:///DIR.",
    ),
]
PrinterName = Annotated[
    str | None, typer.Option("--printer-name", metavar="NAME", help="What staff call the printer.")
]
PrinterWidth = Annotated[
    str | None,
    typer.Option("--printer-width", metavar="384|512|576", help="The dots of the printer's head."),
]
PrinterProfile = Annotated[
    str | None,
    typer.Option("--printer-profile", metavar="NAME", help="Its profile in python-escpos."),
]
PrinterLogo = Annotated[
    Path | None,
    typer.Option("--printer-logo", metavar="FILE", help="A picture for the head of the tickets."),
]
PrinterAnswers = Annotated[
    bool | None,
    typer.Option(
        "--printer-answers/--no-printer-answers",
        help="Whether the printer says how it is.",
        show_default=False,
    ),
]
Voice = Annotated[
    bool | None,
    typer.Option("--voice/--no-voice", help="Call out what is shown.", show_default=False),
]
VoiceClips = Annotated[
    Path | None,
    typer.Option("--voice-clips", metavar="FOLDER", help="Recordings instead of espeak-ng."),
]
VoiceRepeat = Annotated[
    int | None,
    typer.Option(
        "--voice-repeat-seconds",
        metavar="SECONDS",
        help="Say a call once more after so long, when nobody has come; 0: never.",
    ),
]
VoiceQuiet = Annotated[
    str | None,
    typer.Option(
        "--voice-quiet", metavar="HOURS", help='No sound then, such as "13:00-14:00, 20:00-08:00".'
    ),
]
VoiceEveryLanguage = Annotated[
    bool | None,
    typer.Option(
        "--voice-every-language/--no-voice-every-language",
        help="Say each call in all languages of the branch.",
        show_default=False,
    ),
]
SimulatedTime = Annotated[
    str | None, typer.Option("--clock", help="The clock of a simulated branch.")
]
