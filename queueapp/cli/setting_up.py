"""Setting a branch up: its file, its database, its staff."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from queueapp.cli.failures import WrongInput, plain_sentences
from queueapp.cli.opening import open_existing
from queueapp.cli.options import BranchName, Db, SettingsFile, settings_from

if TYPE_CHECKING:
    from queueapp.bootstrap import OpenBranch

BRANCH_FILE = Path("branch.toml")
BranchFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="The file that describes the branch.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
branch_commands = typer.Typer(help="The file that describes the branch.", no_args_is_help=True)
db_commands = typer.Typer(help="The database.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(epilog="Example: queueapp init")(init)
    app.add_typer(branch_commands, name="branch")
    app.add_typer(db_commands, name="db")


def init(
    file: BranchFile = BRANCH_FILE,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """Set a branch up: its file branch.toml and its database.

    A sample is written if there is neither file nor branch yet. An existing branch becomes what
    the file says.
    """
    with plain_sentences():
        from queueapp.bootstrap import open_branch  # noqa: PLC0415 - see queueapp.cli
        from queueapp.config.branch_file import read_branch  # noqa: PLC0415
        from queueapp.config.sample_branch import sample_branch_toml  # noqa: PLC0415
        from queueapp.operations.commands import ApplyBranch  # noqa: PLC0415

        chosen = settings_from(settings, db=db, branch=branch)
        plan = read_branch(file) if file.exists() else None
        opened = open_branch(chosen)
        if plan is None:
            # The sample would take the place of the services and counters of a living office.
            _expect_no_branch(opened, file)
            file.write_text(sample_branch_toml(), encoding="utf-8")
            _say(f"Wrote {file}: change it to describe your office.")
            plan = read_branch(file)
        opened.store.create_branch(opened.id)
        opened.operations.handle(ApplyBranch(branch=plan))
        _say(f"The branch is ready in {chosen.database}.")
        if not opened.store.live(opened.id).staff:
            _say("Next: queueapp staff add 1 --name Sara --role supervisor")
        _say("Then: queueapp kiosk, queueapp counter 1, queueapp board – each in a terminal.")
        flags = [flag for flag, given in (("--db", db), ("--branch", branch)) if given is not None]
        if flags:
            _say(f"Give each of them {' and '.join(flags)} as here, or put that into the settings.")


def _expect_no_branch(opened: "OpenBranch", file: Path) -> None:
    from queueapp.store.plan import BranchMissing  # noqa: PLC0415 - see queueapp.cli

    with suppress(BranchMissing):
        opened.plan()
        raise WrongInput(
            f"There is no {file} here, but the branch is in the database already, and the sample"
            " would take its place. Nothing was changed: start the terminals, or run this where"
            f" the branch's own {file.name} is."
        )


@branch_commands.command("check", epilog="Example: queueapp branch check branch.toml")
def branch_check(file: BranchFile = BRANCH_FILE) -> None:
    """Read branch.toml and say every mistake in it, by line."""
    with plain_sentences():
        from queueapp.config.branch_file import read_branch  # noqa: PLC0415 - see queueapp.cli

        plan = read_branch(file)
        _say(
            f"{file} is right: {len(plan.services)} services, {len(plan.counters)} counters,"
            f" {len(plan.categories)} categories."
        )


@branch_commands.command("apply", epilog="Example: queueapp branch apply --yes")
def branch_apply(
    file: BranchFile = BRANCH_FILE,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
    *,
    yes: Yes = False,
) -> None:
    """Show what would change and apply it; the branch goes on running."""
    with plain_sentences():
        from queueapp.config.branch_difference import describe_difference  # noqa: PLC0415
        from queueapp.config.branch_file import read_branch  # noqa: PLC0415
        from queueapp.operations.commands import ApplyBranch  # noqa: PLC0415

        plan = read_branch(file)
        opened = _opened(db, branch, settings)
        changes = describe_difference(opened.plan(), plan)
        if not changes:
            _say("Nothing to change: the branch is as the file says.")
            return
        _say(*changes)
        if not yes and not typer.confirm("Apply this?"):
            _say("Nothing was changed.")
            raise typer.Exit(1)
        opened.operations.handle(ApplyBranch(branch=plan))
        _say("Applied. Every terminal shows it now.")


@branch_commands.command(
    "holidays",
    short_help="Write the official holidays of Iran to a file.",
    epilog="Example: queueapp branch holidays holidays.toml",
)
def branch_holidays(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to write; it must not exist yet.")
    ],
) -> None:
    """Write the official holidays of Iran to a file that you can change.

    Name it in branch.toml, holidays = "holidays.toml", and run branch check and branch apply. Days
    that follow the moon must be compared with the official calendar each year.
    """
    with plain_sentences():
        from queueapp.config.holidays import iran_holidays_toml  # noqa: PLC0415 - see queueapp.cli

        if file.exists():
            raise WrongInput(f"There is a file {file} already; nothing was written.")
        file.write_text(iran_holidays_toml(), encoding="utf-8")
        _say(f'Wrote {file}. Name it in branch.toml: holidays = "{file.name}"')


@db_commands.command(
    "upgrade", epilog="Example: queueapp db upgrade --db postgresql://queue@db.example.com/queue"
)
def db_upgrade(db: Db = None, branch: BranchName = None, settings: SettingsFile = None) -> None:
    """Make the tables, or bring them up to date. SQLite does this by itself."""
    with plain_sentences():
        from queueapp.store import schema  # noqa: PLC0415 - see queueapp.cli
        from queueapp.store.store import SqlStore  # noqa: PLC0415

        chosen = settings_from(settings, db=db, branch=branch)
        store = SqlStore(chosen.db)
        schema.upgrade(store.writing)
        _say(f"{chosen.database} is up to date (layout {schema.NEWEST}).")


def _opened(db: str | None, branch: str | None, settings: Path | None) -> "OpenBranch":
    return open_existing(settings_from(settings, db=db, branch=branch))


def _say(*lines: str) -> None:
    for line in lines:
        typer.echo(line)
