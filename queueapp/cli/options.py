"""The flags that several commands share, and how they become settings."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
    typer.Option("--settings", metavar="FILE", help="A file with settings, instead of your own."),
]
LanguageCode = Annotated[
    str | None, typer.Option("--language", metavar="fa|en", help="The language of this screen.")
]
Theme = Annotated[
    str | None, typer.Option("--theme", metavar="dark|light", help="Dark or light colours.")
]


def settings_from(settings_file: Path | None, **flags: object) -> "Settings":
    """The settings that these flags, the environment and the settings file give."""
    from queueapp.config.settings import read_settings  # noqa: PLC0415 - see queueapp.cli

    return read_settings(settings_file, **flags)
