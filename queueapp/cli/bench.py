"""Figures that can be measured anywhere: a table, or one JSON object with ``--json``."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from queueapp.cli.failures import plain_sentences
from queueapp.cli.options import Db, SettingsFile, settings_from

Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")]

bench_commands = typer.Typer(
    help="Measure this machine and database; your branch is not touched.",
    short_help="Measure this machine and database, not your branch.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(bench_commands, name="bench")


@bench_commands.command(
    "desk",
    short_help="Many terminals issue tickets and race to call them.",
    epilog="Example: queueapp bench desk --processes 8 --tickets 400",
)
def bench_desk(
    processes: Annotated[int, typer.Option(min=1, help="How many terminals at once.")] = 8,
    tickets: Annotated[int, typer.Option(min=1, help="How many tickets in all.")] = 400,
    db: Db = None,
    settings: SettingsFile = None,
    *,
    as_json: Json = False,
) -> None:
    """Many terminals issue tickets, then race to call, start and finish them."""
    with plain_sentences():
        from queueapp.benchmarks import desk  # noqa: PLC0415 - see queueapp.cli

        chosen = settings_from(settings, db=db)
        _print(desk.measure(chosen, processes=processes, tickets=tickets), as_json=as_json)


@bench_commands.command("sync", epilog="Example: queueapp bench sync")
def bench_sync(
    commits: Annotated[int, typer.Option(min=1, help="How many changes are followed.")] = 200,
    db: Db = None,
    settings: SettingsFile = None,
    *,
    as_json: Json = False,
) -> None:
    """How soon another terminal shows what happened at this one."""
    with plain_sentences():
        from queueapp.benchmarks import sync  # noqa: PLC0415 - see queueapp.cli

        _print(sync.measure(settings_from(settings, db=db), commits=commits), as_json=as_json)


@bench_commands.command(
    "history",
    short_help="Whether years of history slow the next call down.",
    epilog="Example: queueapp bench history --tickets 100000",
)
def bench_history(
    tickets: Annotated[int, typer.Option(min=1000, help="Finished tickets to lay in first.")] = (
        1_000_000
    ),
    calls: Annotated[int, typer.Option(min=10, help="How many calls are measured.")] = 500,
    db: Db = None,
    settings: SettingsFile = None,
    *,
    as_json: Json = False,
) -> None:
    """Whether calling the next customer takes longer after years of history."""
    with plain_sentences():
        from queueapp.benchmarks import history  # noqa: PLC0415 - see queueapp.cli

        chosen = settings_from(settings, db=db)
        _print(history.measure(chosen, tickets=tickets, calls=calls), as_json=as_json)


@bench_commands.command(
    "start",
    short_help="How soon each terminal is there, and its memory.",
    epilog="Example: queueapp bench start --json",
)
def bench_start(db: Db = None, settings: SettingsFile = None, *, as_json: Json = False) -> None:
    """How soon each terminal is on the screen, and how much memory it holds."""
    with plain_sentences():
        from queueapp.benchmarks import start  # noqa: PLC0415 - see queueapp.cli

        _print(start.measure(settings_from(settings, db=db)), as_json=as_json)


@bench_commands.command(
    "forecast",
    short_help="What estimates, learning and advice cost.",
    epilog="Example: queueapp bench forecast --json",
)
def bench_forecast(
    refreshes: Annotated[int, typer.Option(min=1, help="How many are measured.")] = 40,
    legs: Annotated[int, typer.Option(min=0, help="Legs of history to start from.")] = 1_000_000,
    db: Db = None,
    settings: SettingsFile = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON list instead of a table.")] = (
        False
    ),
) -> None:
    """What it costs to estimate everybody's wait, to learn from a visit, and to start."""
    with plain_sentences():
        from queueapp.benchmarks import forecast  # noqa: PLC0415 - see queueapp.cli

        chosen = settings_from(settings, db=db)
        rows = forecast.measure(chosen, refreshes=refreshes, legs=legs)
        if as_json:
            typer.echo(json.dumps(rows))
        else:
            _print({"size": rows}, as_json=False)


@bench_commands.command(
    "render",
    short_help="What a full screen costs in Persian and in English.",
    epilog="Example: queueapp bench render --json",
)
def bench_render(db: Db = None, settings: SettingsFile = None, *, as_json: Json = False) -> None:
    """What a full Persian screen costs beside an English one, and how soon a key is answered."""
    with plain_sentences():
        from queueapp.benchmarks import render  # noqa: PLC0415 - see queueapp.cli

        _print(render.measure(settings_from(settings, db=db)), as_json=as_json)


@bench_commands.command(
    "web",
    short_help="How soon phones and other systems are told.",
    epilog="Example: queueapp bench web --json",
)
def bench_web(
    phones: Annotated[int, typer.Option(min=1, max=5000, help="How many phones follow.")] = 1000,
    counters: Annotated[int, typer.Option(min=1, max=200, help="How many counters work.")] = 30,
    seconds: Annotated[float, typer.Option(min=1, max=300, help="How long they work.")] = 30,
    tickets: Annotated[
        int, typer.Option(min=1, max=100_000, help="For each number of clients.")
    ] = 400,
    db: Db = None,
    settings: SettingsFile = None,
    *,
    as_json: Json = False,
) -> None:
    """How soon phones are told, and how fast other systems can issue and call."""
    with plain_sentences():
        from queueapp.benchmarks import web  # noqa: PLC0415 - see queueapp.cli

        chosen = settings_from(settings, db=db)
        figures = web.measure(
            chosen, phones=phones, counters=counters, seconds=seconds, tickets=tickets
        )
        _print(figures, as_json=as_json)


def _print(figures: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(figures))
        return
    rows = list(_rows(figures))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        typer.echo(f"{name.ljust(width)}  {value}")


def _rows(figures: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in figures.items():
        if isinstance(value, Mapping):
            rows += _rows(value, f"{prefix}{name} ")
        elif isinstance(value, list):
            for place, each in enumerate(value, 1):
                rows += _rows(each, f"{prefix}{name} {place} ")
        else:
            rows.append((f"{prefix}{name}", str(value)))
    return rows
