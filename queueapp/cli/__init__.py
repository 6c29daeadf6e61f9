"""The command line: every subcommand, each in the module of its subject.

Modules behind a command are imported when the command runs, so that ``--help`` answers at once and
a terminal loads only what it shows.
"""

import typer

from queueapp.cli import bench, demo, setting_up, terminals

app = typer.Typer(
    name="queueapp",
    help="The front-desk queue in a terminal: tickets, honest waits, calls and ratings.",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
terminals.register(app)
demo.register(app)
setting_up.register(app)
bench.register(app)
