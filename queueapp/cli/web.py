"""The web part, and the keys with which other systems use it."""

from typing import TYPE_CHECKING, Annotated

import typer

from queueapp.cli.failures import WrongInput, plain_sentences
from queueapp.cli.opening import open_existing
from queueapp.cli.options import (
    BranchName,
    Db,
    LanguageCode,
    LogFile,
    SettingsFile,
    settings_from,
)

if TYPE_CHECKING:
    from queueapp.domain.access import Scope

WebHost = Annotated[
    str | None, typer.Option("--web-host", metavar="ADDRESS", help="Where to listen.")
]
WebPort = Annotated[int | None, typer.Option("--web-port", metavar="PORT", help="The port there.")]
TrustedProxies = Annotated[
    str | None,
    typer.Option(
        "--web-trusted-proxies",
        metavar="NETWORKS",
        help="Whose word about a client's address is taken.",
    ),
]
RequestsPerSecond = Annotated[
    float | None,
    typer.Option(
        "--web-requests-per-second",
        metavar="N",
        help="How many requests one address may send in the long run.",
    ),
]
KeyId = Annotated[str, typer.Argument(metavar="KEY", help="The key's id, as `list` shows it.")]

key_commands = typer.Typer(help="Keys with which other systems come in.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(
        short_help="The ticket's page on the phone, and the HTTP API.",
        epilog="Example: queueapp web --web-port 8080",
    )(web)
    app.add_typer(key_commands, name="api-key")


def web(  # noqa: PLR0917 - Typer reads the flags from here
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
    language: LanguageCode = None,
    log_file: LogFile = None,
    web_host: WebHost = None,
    web_port: WebPort = None,
    web_trusted_proxies: TrustedProxies = None,
    web_requests_per_second: RequestsPerSecond = None,
) -> None:
    """The ticket's page on the phone, and the API for other systems.

    It serves HTTP on this machine; put a proxy with a certificate in front of it.
    """
    with plain_sentences():
        chosen = settings_from(
            settings,
            db=db,
            branch=branch,
            language=language,
            log_file=log_file,
            web_host=web_host,
            web_port=web_port,
            web_trusted_proxies=web_trusted_proxies,
            web_requests_per_second=web_requests_per_second,
        )
        opened = open_existing(chosen)
        from queueapp.bootstrap.forecaster_keeper import ForecasterKeeper  # noqa: PLC0415
        from queueapp.bootstrap.web import web_context  # noqa: PLC0415 - see queueapp.cli
        from queueapp.web.application import WebApplication  # noqa: PLC0415
        from queueapp.web.server import serve  # noqa: PLC0415

        keeper = ForecasterKeeper(opened, chosen)
        keeper.start()
        try:
            application = WebApplication(web_context(opened, chosen))
            typer.echo(f"Serving at http://{chosen.web_host}:{chosen.web_port} – Ctrl+C ends it.")
            serve(application, chosen.web_host, chosen.web_port)
        finally:
            keeper.stop()
            opened.store.close()


@key_commands.command(
    "create", epilog='Example: queueapp api-key create --owner "Web site" --scope tickets'
)
def create_key(
    owner: Annotated[str, typer.Option("--owner", help="Who answers for it, in words.")],
    scope: Annotated[
        list[str], typer.Option("--scope", metavar="SCOPE", help="What it is good for; repeat it.")
    ],
    staff: Annotated[
        str | None,
        typer.Option("--staff", metavar="CODE", help="The staff member as whom it serves."),
    ] = None,
    db: Db = None,
    branch: BranchName = None,
    settings: SettingsFile = None,
) -> None:
    """Make a key; it is shown once and never again."""
    with plain_sentences():
        from queueapp.domain.access import new_key  # noqa: PLC0415 - see queueapp.cli
        from queueapp.domain.words import StaffCode  # noqa: PLC0415
        from queueapp.operations.access_commands import CreateApiKey  # noqa: PLC0415

        scopes = _scopes(scope)
        opened = open_existing(settings_from(settings, db=db, branch=branch))
        key_id, key, secret_hash = new_key()
        opened.operations.handle(
            CreateApiKey(
                key_id=key_id,
                owner=owner,
                scopes=scopes,
                staff=None if staff is None else StaffCode(staff),
                secret_hash=secret_hash,
            )
        )
        typer.echo(key)


@key_commands.command("list", epilog="Example: queueapp api-key list")
def list_keys(db: Db = None, branch: BranchName = None, settings: SettingsFile = None) -> None:
    """Every key: its id, owner, scopes, and whether it is still good."""
    with plain_sentences():
        opened = open_existing(settings_from(settings, db=db, branch=branch))
        from queueapp.store.web_store import SqlWebStore  # noqa: PLC0415 - see queueapp.cli

        zone = opened.plan().zone
        for key in SqlWebStore(opened.store).api_keys(opened.id):
            made = f"{key.created_at.astimezone(zone):%Y-%m-%d}"
            state = "good"
            if key.revoked_at is not None:
                state = f"revoked {key.revoked_at.astimezone(zone):%Y-%m-%d}"
            person = "" if key.staff is None else f"  as {key.staff}"
            scopes = ",".join(sorted(key.scopes))
            typer.echo(f"{key.id}  {made}  {state}  {scopes}{person}  {key.owner}")


@key_commands.command("revoke", epilog="Example: queueapp api-key revoke 5f0c2a1b")
def revoke_key(
    key: KeyId, db: Db = None, branch: BranchName = None, settings: SettingsFile = None
) -> None:
    """End a key for good; within a second nobody can use it."""
    with plain_sentences():
        from queueapp.operations.access_commands import RevokeApiKey  # noqa: PLC0415

        opened = open_existing(settings_from(settings, db=db, branch=branch))
        opened.operations.handle(RevokeApiKey(key_id=key))
        typer.echo(f"{key} is revoked.")


def _scopes(written: list[str]) -> "frozenset[Scope]":
    from queueapp.domain.access import Scope  # noqa: PLC0415 - see queueapp.cli

    for word in written:
        if word not in set(Scope):
            raise WrongInput(f"--scope: must be one of {', '.join(Scope)}, not {word!r}.")
    return frozenset(Scope(word) for word in written)
