"""The command line: every subcommand, each in the module of its subject.

Modules behind a command are imported when the command runs, so that ``--help`` answers at once and
a terminal loads only what it shows.
"""

from typing import Annotated

import typer

from queueapp.cli import (
    advise,
    appointments,
    bench,
    contacts,
    demo,
    devices,
    doctor,
    export,
    launcher,
    replay,
    setting_up,
    simulate,
    staff,
    terminals,
    web,
)

app = typer.Typer(
    name="queueapp",
    epilog="Try it: queueapp demo. Set up your own office: queueapp init.",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
setting_up.register(app)
staff.register(app)
terminals.register(app)
devices.register(app)
demo.register(app)
doctor.register(app)
export.register(app)
bench.register(app)
simulate.register(app)
advise.register(app)
web.register(app)
appointments.register(app)
contacts.register(app)
replay.register(app)


def _tell_version(wanted: bool) -> None:  # noqa: FBT001 - how Typer calls it
    if not wanted:
        return
    from importlib.metadata import version  # noqa: PLC0415 - see above

    typer.echo(f"queueapp {version('queueapp')}")
    raise typer.Exit


@app.callback(invoke_without_command=True)
def queueapp(
    context: typer.Context,
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show which version this is.", callback=_tell_version, is_eager=True
        ),
    ] = False,
) -> None:
    """The front-desk queue in a terminal: tickets, honest waits, calls and ratings."""
    if context.invoked_subcommand is None:
        launcher.launch(context.get_help())
