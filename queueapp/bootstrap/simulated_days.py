"""Days of a branch that is set up in a temporary file, played through the real operations."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from queueapp.bootstrap import open_branch
from queueapp.config.settings import read_settings
from queueapp.domain.branch import Branch, Policy
from queueapp.domain.staff import Role
from queueapp.domain.words import StaffCode
from queueapp.operations.commands import AddStaff, ApplyBranch
from queueapp.simulator.clerks import ClerkAtCounter
from queueapp.simulator.clock import RehearsalClock
from queueapp.simulator.crowd import Crowd
from queueapp.simulator.day_figures import DayFigures
from queueapp.simulator.days import SimulatedDays, Supervisor
from queueapp.simulator.plain_pins import PlainPins

PIN = "1234"
SUPERVISOR = StaffCode("supervisor")
FIRST_DAY = date(2026, 1, 3)
"""A Saturday, when an Iranian week begins."""
NIGHT = timedelta(days=1)
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@contextmanager
def simulated_days(
    plan: Branch,
    *,
    policy: Policy | None = None,
    seed: int = 0,
    crowd: Crowd | None = None,
    supervisor: Supervisor | None = None,
) -> Iterator[SimulatedDays]:
    """``plan`` with its people, ready to be played; gone at the end.

    What ``supervisor`` does is carried out as by somebody on the staff with the code
    :data:`SUPERVISOR`.
    """
    plan = plan if policy is None else replace(plan, policy=policy)
    begins = plan.moment(FIRST_DAY)
    clock = RehearsalClock(begins)
    # Every command is kept safe before the next; where the system has a disk in memory, at once.
    where = IN_MEMORY if IN_MEMORY.is_dir() else None
    with TemporaryDirectory(prefix="queueapp-days-", dir=where) as folder:
        settings = read_settings(db=str(Path(folder) / "days.db"), branch=str(plan.id))
        opened = open_branch(settings, clock=clock, hasher=PlainPins())
        try:
            opened.store.create_branch(opened.id)
            handle = opened.operations.handle
            handle(ApplyBranch(branch=plan))
            clerks = [
                ClerkAtCounter(
                    staff=StaffCode(str(counter.number)), pin=PIN, counter=counter.number
                )
                for counter in plan.counters
            ]
            for clerk in clerks:
                handle(AddStaff(code=clerk.staff, name=clerk.staff, role=Role.CLERK, pin=PIN))
            handle(AddStaff(code=SUPERVISOR, name=SUPERVISOR, role=Role.SUPERVISOR, pin=PIN))
            yield SimulatedDays(
                opened.id,
                opened.store,
                handle,
                clerks,
                put_clock=lambda moment: clock.put(moment.astimezone(UTC)),
                seed=seed,
                crowd=crowd,
                supervisor=supervisor,
            )
        finally:
            opened.store.close()


def advised_supervisor(plan: Branch) -> Supervisor:
    """Somebody who follows the advice of a forecaster that learns from the days as they go."""
    from queueapp.simulator.advised import AdvisedSupervisor  # noqa: PLC0415 - it loads numpy

    return AdvisedSupervisor(plan, SUPERVISOR)


def play_days(days: SimulatedDays, count: int) -> Iterator[DayFigures]:
    """The first ``count`` days on which anybody works, one after the other.

    Ends early for a branch whose roster has nobody on any day of the week.
    """
    day, closed = FIRST_DAY, 0
    while count and closed < len("MTWTFSS"):
        played = days.play(day)
        day += NIGHT
        if played is None:
            closed += 1
            continue
        closed, count = 0, count - 1
        yield played
