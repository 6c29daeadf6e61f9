"""The branch of the demo: set up in a temporary file, lived in for an hour, and kept alive."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from queueapp.bootstrap import OpenBranch, open_branch
from queueapp.bootstrap.forecaster_keeper import ForecasterKeeper
from queueapp.config.sample_branch import telecom_office
from queueapp.config.settings import Settings, read_settings
from queueapp.demo.people import PIN, YOU, YOUR_COUNTER, People, PlainPins
from queueapp.domain.branch import Branch
from queueapp.operations.commands import ApplyBranch, SignOn
from queueapp.simulator.clock import RehearsalClock, SimulatedClock, system_clock
from queueapp.simulator.driver import SimulationThread, rehearse
from queueapp.simulator.simulation import Simulation

OPENS_AT = time(10)
"""What the branch's clock shows when the demo begins: midnight, which ends a day, is far away."""
REHEARSAL = timedelta(minutes=50)
"""How long the branch has lived by then."""


@contextmanager
def living_branch(
    speed: float, *, seed: int = 0, language: str | None = None, theme: str | None = None
) -> Iterator[tuple[OpenBranch, Settings]]:
    """A branch with people in it, ``speed`` times as fast as real time; gone at the end.

    It lives in a temporary folder, by a thread of this process and a child that computes the
    estimates.
    """
    plan = telecom_office()
    opens = datetime.combine(system_clock().date(), OPENS_AT, plan.zone).astimezone(UTC)
    clock = RehearsalClock(opens - REHEARSAL)
    with TemporaryDirectory(prefix="queueapp-demo-") as folder:
        settings = read_settings(
            db=str(Path(folder) / "demo.db"), branch=str(plan.id), language=language, theme=theme
        )
        opened = open_branch(settings, clock=clock, hasher=PlainPins())
        people = People(branch=plan, language=settings.language or plan.languages[0])
        simulation = _rehearsed(opened, plan, people, clock, opens, seed)
        opened.operations.handle(SignOn(staff=YOU, counter=YOUR_COUNTER, pin=PIN))
        running = SimulatedClock(speed=speed, epoch_real=system_clock(), epoch_simulated=opens)
        clock.follow(running)
        with _alive(opened, settings, simulation, running):
            yield opened, settings


def _rehearsed(
    opened: OpenBranch,
    plan: Branch,
    people: People,
    clock: RehearsalClock,
    until: datetime,
    seed: int,
) -> Simulation:
    """The simulation of ``people``, after everything that they did until ``until``."""
    opened.store.create_branch(opened.id)
    opened.operations.handle(ApplyBranch(branch=plan))
    for person in people.staff():
        opened.operations.handle(person)
    simulation = Simulation(
        opened.id,
        opened.store,
        opened.operations.handle,
        people.simulated(),
        begins=clock(),
        seed=seed,
    )
    rehearse(simulation, clock.put, until)
    clock.put(until)
    return simulation


@contextmanager
def _alive(
    opened: OpenBranch, settings: Settings, simulation: Simulation, clock: SimulatedClock
) -> Iterator[None]:
    thread = SimulationThread(simulation, clock)
    keeper = ForecasterKeeper(opened, settings, "--clock", str(clock))
    thread.start()
    keeper.start()
    try:
        yield
    finally:
        thread.stop()
        keeper.stop()
        opened.store.close()
