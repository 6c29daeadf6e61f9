"""The flags that several commands share, and how they become settings."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from queueapp.cli.log import log_to

if TYPE_CHECKING:
    from queueapp.config.settings import Settings

Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="ADDRESS",
        help="The database: a file, or postgresql://user@host/name. Default: a file of your own.",
    ),
]
BranchName = Annotated[
    str | None, typer.Option("--branch", metavar="NAME", help="Which branch, if there are several.")
]
SettingsFile = Annotated[
    Path | None,
    typer.Option("--settings", metavar="FILE", help="A settings file instead of your own."),
]
LanguageCode = Annotated[
    str | None, typer.Option("--language", metavar="fa|en", help="The language of this screen.")
]
LogFile = Annotated[
    Path | None,
    typer.Option("--log-file", metavar="FILE", help="Where to write what went wrong."),
]
Theme = Annotated[
    str | None,
    typer.Option(
        "--theme",
        metavar="dark|light|contrast|contrast-light",
        help="Dark or light colours, calm or with the highest contrast.",
    ),
]
LargeText = Annotated[
    bool | None,
    typer.Option("--large-text", help="More room and larger numbers, for tired eyes."),
]


def settings_from(settings_file: Path | None, **flags: object) -> "Settings":
    """The settings that these flags, the environment and the settings file give.

    What goes wrong from now on is written to the log file that they name.
    """
    from queueapp.config.settings import read_settings  # noqa: PLC0415 - see queueapp.cli

    settings = read_settings(settings_file, **flags)
    log_to(settings.log_file)
    return settings
