"""What went wrong, in a sentence on the screen instead of a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def plain_sentences() -> Iterator[None]:
    """Turn every failure that a person can do something about into its sentence and exit code 1."""
    from queueapp.config.problems import BranchFileError  # noqa: PLC0415 - see queueapp.cli
    from queueapp.config.settings import SettingsError  # noqa: PLC0415
    from queueapp.domain.refusal import Refused  # noqa: PLC0415
    from queueapp.operations.ports import StoreUnavailable  # noqa: PLC0415
    from queueapp.store.plan import BranchMissing  # noqa: PLC0415
    from queueapp.store.schema import SchemaMismatch  # noqa: PLC0415
    from queueapp.tui.environment import NotATerminalError  # noqa: PLC0415

    try:
        yield
    except StoreUnavailable as error:
        _fail(
            "The database does not answer, so nothing was done."
            " Check that it runs and that --db is right.",
            str(error).strip(),
        )
    except (
        BranchFileError,
        BranchMissing,
        NotATerminalError,
        Refused,
        SchemaMismatch,
        SettingsError,
    ) as error:
        _fail(str(error))


def _fail(*sentences: str) -> None:
    for text in sentences:
        print(text, file=sys.stderr)  # noqa: T201 - this is the command line
    raise typer.Exit(1)
