"""Whole days of a branch, played through the real operations as fast as they go."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from queueapp.domain.live import Changes, LiveBranch
from queueapp.domain.words import BranchId
from queueapp.operations.commands import ApplyBranch, Command, StartDay
from queueapp.operations.ports import Receipt
from queueapp.simulator.agenda import Agenda
from queueapp.simulator.branch_view import BranchView, LiveSource
from queueapp.simulator.clerks import ClerkAtCounter
from queueapp.simulator.crowd import Crowd, opening_of, visitors_of
from queueapp.simulator.day_clerk import DayClerk
from queueapp.simulator.day_figures import DayFigures, figures_of
from queueapp.simulator.hall import Hall
from queueapp.simulator.luck import Luck

ADVICE_EVERY = timedelta(minutes=10)
"""How often the supervisor of a simulated day looks for advice."""


class Supervisor(Protocol):
    """Somebody who looks at the branch now and then and steers it."""

    def steer(self, live: LiveBranch, now: datetime) -> Sequence[Command]:
        """What is to be done now; often nothing."""

    def watch(self, live: LiveBranch, now: datetime) -> None:
        """See what has just happened."""


class SimulatedDays:
    """A branch whose days are played one after the other.

    Visitors, their luck and the clerks' depend on ``seed`` and the day alone. ``put_clock`` moves
    the clock that ``source`` and ``handle`` go by. Nobody else may act in the branch.
    """

    def __init__(
        self,
        branch: BranchId,
        source: LiveSource,
        handle: Callable[[Command], Receipt],
        clerks: Sequence[ClerkAtCounter],
        *,
        put_clock: Callable[[datetime], None],
        seed: int = 0,
        crowd: Crowd | None = None,
        supervisor: Supervisor | None = None,
    ) -> None:
        hand = OnlyHand(source, handle)
        self._view = BranchView(hand, branch, hand.handle)
        self._clerks = clerks
        self._put_clock = put_clock
        self._seed = seed
        self._crowd = crowd or Crowd()
        self._supervisor = supervisor
        self._plan = source.live(branch).branch
        """As it was at the beginning: whoever changes it does so for a day."""

    def play(self, day: date) -> DayFigures | None:
        """Play ``day``, from before the first clerk comes to when the last has left.

        ``None`` when nobody is planned to work. Play days in order.
        """
        opening = opening_of(self._plan, day)
        if opening is None:
            return None
        agenda = Agenda()
        self._put_clock(opening[0] - timedelta(minutes=1))
        self._view.do(StartDay())
        if self._view.look().branch.counters != self._plan.counters:
            self._view.do(ApplyBranch(branch=self._plan))
        hall = Hall(view=self._view, agenda=agenda, day=day)
        clerks = [self._clerk(person, hall) for person in self._clerks]
        hall.clerks.extend(clerks)
        for visitor in visitors_of(self._plan, day, self._crowd, self._seed):
            hall.expect(visitor)
        changes: list[Command] = []
        if self._supervisor is not None:
            self._expect_supervisor(self._supervisor, hall, opening, changes)
        while (moment := agenda.next_at) is not None:
            self._put_clock(moment)
            agenda.do_due(moment)
            if self._supervisor is not None:
                self._supervisor.watch(self._view.look(), moment)
        return figures_of(
            self._view.look(),
            [clerk.figures for clerk in clerks],
            turned_away=hall.turned_away,
            steered=len(changes),
        )

    def _clerk(self, person: ClerkAtCounter, hall: Hall) -> DayClerk:
        behaviour = self._crowd.behaviour
        own = Luck(self._seed, f"clerk {person.staff}")
        return DayClerk(
            person,
            hall,
            pace=own.factor(behaviour.clerks.pace),
            unfamiliar=self._crowd.unfamiliar,
            luck=Luck(self._seed, f"clerk {person.staff} on {hall.day}"),
            behaviour=behaviour,
        )

    def _expect_supervisor(
        self,
        supervisor: Supervisor,
        hall: Hall,
        opening: tuple[datetime, datetime],
        done: list[Command],
    ) -> None:
        """Let ``supervisor`` look now and then; ``done`` collects what was carried out."""
        opens, ends = opening

        def look(now: datetime) -> None:
            commands = supervisor.steer(self._view.look(), now)
            done.extend(command for command in commands if hall.do(command) is not None)
            if commands:
                hall.wake_all(now)
            if now + ADVICE_EVERY < ends:
                hall.agenda.add(now + ADVICE_EVERY, look)

        hall.agenda.add(opens + ADVICE_EVERY, look)


class OnlyHand:
    """A branch in which nobody else acts: it changes by our own commands alone."""

    def __init__(self, source: LiveSource, handle: Callable[[Command], Receipt]) -> None:
        self._source = source
        self._handle = handle
        self._has_moved = False

    def handle(self, command: Command) -> Receipt:
        """Carry ``command`` out."""
        self._has_moved = True
        return self._handle(command)

    def live(self, branch: BranchId) -> LiveBranch:
        """The branch as it is."""
        return self._source.live(branch)

    def changes(self, live: LiveBranch) -> Changes | None:
        """What our commands since then changed."""
        if not self._has_moved:
            return None
        self._has_moved = False
        return self._source.changes(live)
