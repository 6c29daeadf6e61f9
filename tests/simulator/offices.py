"""A simulated office over a real store, and what was seen in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from queueapp.config.sample_branch import telecom_office
from queueapp.domain.branch import Branch
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import StaffCode
from queueapp.operations.operations import Operations
from queueapp.simulator.behaviour import Behaviour
from queueapp.simulator.clerks import ClerkAtCounter
from queueapp.simulator.clock import RehearsalClock
from queueapp.simulator.driver import rehearse
from queueapp.simulator.simulation import Simulation
from queueapp.store.store import SqlStore
from tests.databases import PIN, open_sample

NINE = datetime.fromisoformat("2026-11-22T09:00+03:30")


class Office:
    """A branch whose people all are simulated, moved on by hand."""

    def __init__(
        self, folder: Path, *, seed: int, opens: datetime, behaviour: Behaviour | None
    ) -> None:
        self.plan: Branch = telecom_office()
        self.clock = RehearsalClock(opens)
        codes = tuple(f"clerk{counter.number}" for counter in self.plan.counters)
        url = f"sqlite:///{folder / f'office-{seed}-{id(self)}.db'}"
        self.store: SqlStore
        self.operations: Operations
        self.store, self.operations = open_sample(url, self.plan, staff=codes, clock=self.clock)
        self.relieved: set[StaffCode] = set()
        """Clerks whose place somebody real has taken."""
        clerks = [
            ClerkAtCounter(staff=StaffCode(code), pin=PIN, counter=counter.number)
            for code, counter in zip(codes, self.plan.counters, strict=True)
        ]
        self.simulation = Simulation(
            self.plan.id,
            self.store,
            self.operations.handle,
            clerks,
            begins=opens,
            seed=seed,
            behaviour=behaviour,
            is_relieved=lambda staff: staff in self.relieved,
        )

    def live_until(self, moment: datetime) -> LiveBranch:
        """Let everybody live until ``moment``; the picture then."""
        rehearse(self.simulation, self.clock.put, moment)
        self.clock.put(moment)
        return self.store.live(self.plan.id)

    def live_for(self, span: timedelta) -> LiveBranch:
        """Let everybody live for ``span``; the picture then."""
        return self.live_until(self.clock() + span)


@contextmanager
def office(
    folder: Path, *, seed: int = 1, opens: datetime = NINE, behaviour: Behaviour | None = None
) -> Iterator[Office]:
    """An office that is closed again at the end."""
    opened = Office(folder, seed=seed, opens=opens, behaviour=behaviour)
    try:
        yield opened
    finally:
        opened.store.close()


def story(live: LiveBranch) -> list[tuple[object, ...]]:
    """Everything that happened, without the ids, which are new each time."""
    legs = [
        (ticket.label, leg.ordinal, leg.state, leg.called_at, leg.ended_at, leg.counter)
        for ticket in live.tickets.values()
        for leg in ticket.legs
    ]
    ratings = [(rating.at, rating.score) for rating in live.ratings.values()]
    return [*sorted(legs, key=lambda leg: leg[:2]), *sorted(ratings)]
