"""Customers who asked to be contacted: who they are, how long they wait, and that it is done."""

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from queueapp.cli.failures import WrongInput, plain_sentences
from queueapp.cli.opening import open_existing
from queueapp.cli.options import BranchName, Db, SettingsFile, settings_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta, tzinfo

    from queueapp.domain.rating import ContactWish

CODE_LENGTH = 8
"""Of a wish: the end of its ticket's id, which is random."""

contact_commands = typer.Typer(
    help="Customers who asked to be contacted after their visit.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(contact_commands, name="contacts")


@contact_commands.command(
    "list",
    short_help="Who waits to be contacted, and how to reach them.",
    epilog="Example: queueapp contacts list",
)
def contacts_list(db: Db = None, branch: BranchName = None, settings: SettingsFile = None) -> None:
    """Who waits to be contacted and how to reach them, whoever waits longest first."""
    with plain_sentences():
        from queueapp.store.web_store import SqlWebStore  # noqa: PLC0415 - see queueapp.cli

        opened = open_existing(settings_from(settings, db=db, branch=branch))
        with closing(opened.store):
            wishes = SqlWebStore(opened.store).contact_wishes(opened.id)
            zone, now = opened.plan().zone, opened.clock()
        if not wishes:
            typer.echo("Nobody waits to be contacted.")
        for wish in wishes:
            typer.echo("  ".join(filter(None, _told(wish, now, zone))))


@contact_commands.command(
    "done",
    short_help="Somebody was contacted: their number is deleted.",
    epilog="Example: queueapp contacts done 5f0c2a1b",
)
def contacts_done(
    code: Annotated[str, typer.Argument(metavar="CODE", help="As `list` shows it.")],
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """Somebody was contacted: their number is deleted, how long they waited is kept."""
    with plain_sentences():
        from queueapp.operations.access_commands import (  # noqa: PLC0415 - see queueapp.cli
            ConfirmContact,
        )
        from queueapp.store.web_store import SqlWebStore  # noqa: PLC0415

        opened = open_existing(settings_from(settings, db=db, branch=branch))
        with closing(opened.store):
            wish = _found(SqlWebStore(opened.store).contact_wishes(opened.id), code)
            command = ConfirmContact(ticket=wish.ticket, ordinal=wish.ordinal)
            done = opened.operations.handle(command)
        typer.echo(f"{wish.label} was contacted after {_waited(done.at - wish.at)}.")


def _told(wish: "ContactWish", now: "datetime", zone: "tzinfo") -> tuple[str, ...]:
    return (
        _code(wish),
        f"waits {_waited(now - wish.at)}",
        wish.contact,
        f"{wish.label} of {wish.at.astimezone(zone):%Y-%m-%d %H:%M}",
        f"{wish.score}/5",
        "" if wish.reason is None else wish.reason.value,
        wish.word,
    )


def _found(wishes: "Sequence[ContactWish]", code: str) -> "ContactWish":
    for wish in wishes:
        if _code(wish) == code.lower():
            return wish
    raise WrongInput(f"{code}: nobody with this code waits to be contacted.")


def _code(wish: "ContactWish") -> str:
    return wish.ticket.hex[-CODE_LENGTH:]


def _waited(wait: "timedelta") -> str:
    minutes = int(wait.total_seconds()) // 60
    hours, minutes = divmod(max(0, minutes), 60)
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if days else f"{hours} h {minutes:02d} min"
