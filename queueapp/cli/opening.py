"""Opens a branch that is there already; a mistyped address makes no database."""

from typing import TYPE_CHECKING

from queueapp.cli.failures import WrongInput

if TYPE_CHECKING:
    from queueapp.bootstrap import OpenBranch
    from queueapp.config.settings import Settings


def open_existing(settings: "Settings") -> "OpenBranch":
    """The branch that ``settings`` name; raises what ``open_branch`` does, and ``WrongInput``."""
    path = settings.database.path
    if path is not None and not path.exists():
        raise WrongInput(
            f"There is no database at {path}:"
            " run `queueapp init` first, or name the right one with --db."
        )
    from queueapp.bootstrap import open_branch  # noqa: PLC0415 - see queueapp.cli

    return open_branch(settings)
