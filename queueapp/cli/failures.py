"""What went wrong, in a sentence on the screen instead of a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from queueapp.cli.log import log_failure

UNREACHABLE = (
    "The database does not answer, so nothing was done. Check that it runs and that --db is right."
)


class WrongInput(Exception):  # noqa: N818 - it names what was typed
    """Something was typed that cannot be meant; the text says what to type instead."""


@contextmanager
def plain_sentences() -> Iterator[None]:
    """Turn every failure into a sentence and exit code 1.

    What a person can do something about says so; of anything else the traceback goes to the log
    file, which the sentence names.
    """
    try:
        yield
    except (typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except Exception as error:  # nobody at a counter can read a traceback
        _fail(*(_known(error) or _unknown(error)))


def _known(error: Exception) -> tuple[str, ...]:
    """The sentences of a failure that was foreseen; empty for any other."""
    from queueapp.config.problems import BranchFileError  # noqa: PLC0415 - see queueapp.cli
    from queueapp.config.settings import SettingsError  # noqa: PLC0415
    from queueapp.domain.refusal import Refused  # noqa: PLC0415
    from queueapp.operations.ports import StoreUnavailable  # noqa: PLC0415
    from queueapp.store.plan import BranchMissing  # noqa: PLC0415
    from queueapp.store.schema import SchemaMismatch  # noqa: PLC0415
    from queueapp.tui.environment import NotATerminalError  # noqa: PLC0415

    match error:
        case StoreUnavailable():
            return (UNREACHABLE, str(error).strip())
        case (
            BranchFileError()
            | BranchMissing()
            | NotATerminalError()
            | Refused()
            | SchemaMismatch()
            | SettingsError()
            | WrongInput()
        ):
            return (str(error),)
        case OSError(filename=str() | bytes() as name, strerror=str() as why):
            return (f"{name!s} cannot be used: {why[:1].lower()}{why[1:]}.",)
    return ()


def _unknown(error: Exception) -> tuple[str, ...]:
    what = f"Something went wrong that should not have: {type(error).__name__}."
    written = log_failure(error)
    if written is None:
        return (what, "The details could not be kept: the log file cannot be written.")
    return (f"{what} The details are in {written}.",)


def _fail(*sentences: str) -> None:
    for text in sentences:
        print(text, file=sys.stderr)  # noqa: T201 - this is the command line
    raise typer.Exit(1)
