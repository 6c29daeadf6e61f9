"""The processes behind a terminal's devices; terminals start them themselves."""

import sys

import typer

from queueapp.cli.device_options import SimulatedTime
from queueapp.cli.failures import plain_sentences
from queueapp.cli.options import settings_from


def register(app: typer.Typer) -> None:
    """Add them to the command line, unseen."""
    for command in (printer, voice):
        app.command(hidden=True)(command)


def printer(clock: SimulatedTime = None) -> None:
    """Print the tickets of one kiosk; the kiosk starts it itself."""
    from queueapp.bootstrap import open_branch  # noqa: PLC0415 - see queueapp.cli
    from queueapp.bootstrap.printing import run_printer  # noqa: PLC0415
    from queueapp.simulator.clock import SimulatedClock  # noqa: PLC0415

    simulated = None if clock is None else SimulatedClock.read(clock)
    with plain_sentences():
        settings = settings_from(None)
        address = settings.printer_address
        if address is not None:
            run_printer(open_branch(settings, clock=simulated), settings, address, sys.stdin.buffer)


def voice(clock: SimulatedTime = None) -> None:
    """Call out what one board shows; the board starts it itself."""
    from queueapp.bootstrap import open_branch  # noqa: PLC0415 - see queueapp.cli
    from queueapp.bootstrap.speaking import run_voice  # noqa: PLC0415
    from queueapp.simulator.clock import SimulatedClock  # noqa: PLC0415

    simulated = None if clock is None else SimulatedClock.read(clock)
    with plain_sentences():
        settings = settings_from(None)
        run_voice(open_branch(settings, clock=simulated), settings, sys.stdin.buffer)
