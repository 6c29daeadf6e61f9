"""Who works here: put people on the staff, take them off, give them a new PIN."""

import getpass
import sys
from typing import Annotated

import typer

from queueapp.cli.failures import WrongInput, plain_sentences
from queueapp.cli.opening import open_existing
from queueapp.cli.options import BranchName, Db, SettingsFile, settings_from
from queueapp.domain.typed import persian_letters, plain

Pin = Annotated[
    str | None,
    typer.Option("--pin", metavar="PIN", help="4 to 12 digits; asked for when it is left out."),
]
StaffCodeArgument = Annotated[
    str,
    typer.Argument(metavar="CODE", help="What the person types to sign on, such as 12 or sara."),
]

LONGEST = 40
"""Letters of a code or a name."""

staff_commands = typer.Typer(help="Who works here.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(staff_commands, name="staff")


@staff_commands.command(
    "add", epilog="Example: queueapp staff add 12 --name Sara --role supervisor"
)
def staff_add(
    code: StaffCodeArgument,
    name: Annotated[str, typer.Option("--name", help="The name that colleagues see.")],
    role: Annotated[
        str,
        typer.Option("--role", metavar="clerk|supervisor|administrator", help="What they may do."),
    ] = "clerk",
    pin: Pin = None,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """Put somebody on the staff."""
    with plain_sentences():
        from queueapp.domain.staff import Role  # noqa: PLC0415 - see queueapp.cli
        from queueapp.domain.words import StaffCode  # noqa: PLC0415
        from queueapp.operations.commands import AddStaff  # noqa: PLC0415

        if role not in set(Role):
            raise WrongInput(f"--role: must be one of {', '.join(Role)}, not {role!r}.")
        code, name = _short("CODE", plain(code)), _short("--name", persian_letters(name).strip())
        if " " in code:
            raise WrongInput("CODE: must be one word, for it is typed at every sign-in.")
        opened = open_existing(settings_from(settings, db=db, branch=branch))
        opened.operations.handle(
            AddStaff(
                code=StaffCode(code),
                name=name,
                role=Role(role),
                pin=plain(pin or _ask_pin(name)),
            )
        )
        typer.echo(f"{name} signs on as {code}.")


@staff_commands.command("reset-pin", epilog="Example: queueapp staff reset-pin 12")
def staff_reset_pin(
    code: StaffCodeArgument,
    pin: Pin = None,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """Give somebody a new PIN; a lock after wrong PINs ends with it."""
    with plain_sentences():
        from queueapp.domain.words import StaffCode  # noqa: PLC0415 - see queueapp.cli
        from queueapp.operations.commands import ResetPin  # noqa: PLC0415

        opened = open_existing(settings_from(settings, db=db, branch=branch))
        opened.operations.handle(
            ResetPin(code=StaffCode(plain(code)), pin=plain(pin or _ask_pin(code)))
        )
        typer.echo(f"{code} has a new PIN.")


@staff_commands.command(
    "list",
    short_help="Say who is on the staff and where they are signed on.",
    epilog="Example: queueapp staff list",
)
def staff_list(db: Db = None, branch: BranchName = None, settings: SettingsFile = None) -> None:
    """Say who is on the staff, what they may do and where they are signed on."""
    with plain_sentences():
        opened = open_existing(settings_from(settings, db=db, branch=branch))
        live = opened.store.live(opened.id)
        if not live.staff:
            typer.echo(
                "Nobody is on the staff yet: queueapp staff add 1 --name Sara --role supervisor"
            )
            return
        at = {desk.staff: desk.counter for desk in live.desks.values() if desk.staff}
        width = max(len(code) for code in live.staff)
        for person in sorted(live.staff.values(), key=lambda each: each.code):
            place = f", counter {at[person.code]}" if person.code in at else ""
            typer.echo(f"{person.code:{width}}  {person.name} ({person.role}{place})")


@staff_commands.command("remove", epilog="Example: queueapp staff remove 12")
def staff_remove(
    code: StaffCodeArgument,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """Take somebody off the staff; not while they are signed on.

    What they did stays in the records under their code.
    """
    with plain_sentences():
        from queueapp.domain.words import StaffCode  # noqa: PLC0415 - see queueapp.cli
        from queueapp.operations.commands import RemoveStaff  # noqa: PLC0415

        opened = open_existing(settings_from(settings, db=db, branch=branch))
        opened.operations.handle(RemoveStaff(code=StaffCode(plain(code))))
        typer.echo(f"{plain(code)} is not on the staff any more.")


def _ask_pin(name: str) -> str:
    if not sys.stdin.isatty():
        raise WrongInput("--pin: give the PIN here, for nobody can be asked for it.")
    while True:
        pin = getpass.getpass(f"PIN for {name} (4 to 12 digits): ")
        if pin == getpass.getpass("The same again: "):
            return pin
        typer.echo("The two were not the same; once more.")


def _short(what: str, typed: str) -> str:
    if not typed or len(typed) > LONGEST or not typed.isprintable():
        raise WrongInput(f"{what}: must be 1 to {LONGEST} letters or figures.")
    return typed
