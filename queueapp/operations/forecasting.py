"""The forecaster: one running process per branch computes the estimates that everybody shows.

Whoever holds the branch's short lease computes and publishes; the others wait for the lease to
lapse, so another takes over within seconds when a forecaster dies. The holder also learns from
whatever happens, and saves what it learned, so that the next one goes on from there.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.estimate import FRESH_FOR, Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import BranchId, Revision
from queueapp.forecast.learner import Learner
from queueapp.forecast.steady import steadied
from queueapp.forecast.waits import predict
from queueapp.operations.forecaster_lease import LEASE, RENEW_EVERY, Leases
from queueapp.operations.outlooks import Outlooks
from queueapp.operations.ports import StoreUnavailable

AT_MOST_EVERY = 0.25
"""Real seconds between two computations: what happens in between is computed together."""
LOOK_EVERY = 0.05
"""Real seconds between two looks at the live picture."""
AGAIN_AFTER_FAILURE = 1.0
"""Real seconds until the database is tried again."""
KEEP_UP_EVERY = timedelta(seconds=10)
"""On the branch's clock: a wait moves with time even when nothing happens."""
KEEP_FRESH_EVERY = FRESH_FOR / 2
"""The same for an empty branch, whose words must not go stale."""
SAVE_EVERY = 300.0
"""Real seconds between two savings of what was learned."""
MOST_LEGS = 12_000
"""So many of the latest legs teach a forecaster that finds nothing learned: a month or two, and
what is older would hardly count."""
FROM_THE_BEGINNING = Revision(-(1 << 62))
"""Before every revision, of imported history too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a forecaster saved."""

    revision: Revision
    """Up to which everything was learned."""
    snapshot: str


class Memory(Protocol):
    """Where a forecaster keeps what it learned; every method raises ``StoreUnavailable``."""

    def learned(self, branch: BranchId) -> Learned | None:
        """What was saved last."""

    def save_learned(self, branch: BranchId, holder: str, saved: Learned) -> None:
        """Replace it, unless another than ``holder`` has the lease by now."""

    def tickets_since(self, branch: BranchId, revision: Revision, *, most: int) -> list[Ticket]:
        """The tickets that changed after ``revision``, the latest ``most`` legs of them."""

    def desks_since(self, branch: BranchId, revision: Revision, *, most: int) -> list[Desk]:
        """Each new state of a desk after ``revision``, no further back than those tickets."""

    def first_after(self, branch: BranchId, revision: Revision) -> datetime | None:
        """When the first thing after ``revision`` happened; ``None``: nothing has."""


class EstimateBoard(Leases, Protocol):
    """Where estimates are published for every terminal of the branch."""

    def publish(self, branch: BranchId, holder: str, estimates: Estimates) -> None:
        """Replace what was published before, unless another than ``holder`` has the lease by now.

        Does not raise the branch's revision: a new revision asks for new estimates.
        Raises :class:`~queueapp.operations.ports.StoreUnavailable`.
        """


class Stop(Protocol):
    """Tells a loop to end; an event of ``threading`` or ``multiprocessing`` does."""

    def wait(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds; ``True`` as soon as the loop shall end."""


class Forecaster:
    """Keeps one branch's estimates up to date while this process holds the lease.

    ``holder`` names this process, unlike any other; ``clock`` is the branch's clock (aware).
    ``real_seconds`` paces the work and never goes back. Without a ``memory`` every start begins
    from what the branch configured.
    """

    def __init__(
        self,
        board: EstimateBoard,
        branch_id: BranchId,
        holder: str,
        clock: Callable[[], datetime],
        *,
        memory: Memory | None = None,
        outlooks: Outlooks | None = None,
        real_seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._board = board
        self._memory = memory
        self._outlooks = outlooks
        self._branch_id = branch_id
        self._holder = holder
        self._clock = clock
        self._real_seconds = real_seconds
        self._holds_lease = False
        self._asked_for_lease: float | None = None
        self._computed: float | None = None
        self._last: Estimates | None = None
        self._learner: Learner | None = None
        self._learned: LiveBranch | None = None
        self._saved = real_seconds()

    def refresh(self, live: LiveBranch) -> Estimates | None:
        """Compute and publish the estimates of ``live``; ``None`` when another holds the lease."""
        if not self._hold_lease():
            return None
        self._computed = self._real_seconds()
        learner = self._learn(live)
        now = self._clock()
        prediction = predict(live, now, knowledge=learner.knowledge(now))
        learner.predicted(prediction)
        estimates = replace(
            steadied(self._last, prediction.estimates),
            outlook=self._outlooks.latest if self._outlooks else None,
        )
        self._board.publish(self._branch_id, self._holder, estimates)
        self._last = estimates
        return estimates

    def run(self, live_source: Callable[[], LiveBranch | None], stop: Stop) -> None:
        """Go on until ``stop``: new estimates soon after each change, and as time passes.

        ``live_source`` gives the latest picture of the branch, ``None`` while there is none. A
        database that went away is waited for. At the end another may take over at once.
        """
        pause = LOOK_EVERY
        while not stop.wait(pause):
            try:
                self._look(live_source())
                pause = LOOK_EVERY
            except StoreUnavailable:
                pause = AGAIN_AFTER_FAILURE
        if self._holds_lease:
            with suppress(StoreUnavailable):  # then the lease lapses by itself
                self._save()
                self._board.take_lease(self._branch_id, self._holder, timedelta(0))

    def _look(self, live: LiveBranch | None) -> None:
        if live is None or not self._hold_lease():
            return
        self._learn(live)
        if self._may_compute() and self._is_due(live):
            self.refresh(live)
        elif self._outlooks is not None:
            self._think(self._outlooks, live)
        if self._real_seconds() - self._saved >= SAVE_EVERY:
            self._save()

    def _think(self, outlooks: Outlooks, live: LiveBranch) -> None:
        """Go on with the outlook for a moment; a new one is published with the estimates."""
        learner, now = self._learn(live), self._clock()
        if outlooks.step(live, now, lambda: learner.knowledge(now)) and self._last is not None:
            self._last = replace(self._last, outlook=outlooks.latest)
            self._board.publish(self._branch_id, self._holder, self._last)

    def _learn(self, live: LiveBranch) -> Learner:
        """Learn from what happened since the last look; at first, from what was saved."""
        if self._learner is None:
            self._learner = remembered(self._memory, self._branch_id, live, self._clock())
        if live is not self._learned:
            self._learner.saw(live, self._clock())
            self._learned = live
        return self._learner

    def _save(self) -> None:
        self._saved = self._real_seconds()
        if self._memory is None or self._learner is None or self._learned is None:
            return
        learned = Learned(revision=self._learned.revision, snapshot=self._learner.to_json())
        self._memory.save_learned(self._branch_id, self._holder, learned)

    def _hold_lease(self) -> bool:
        """Whether the lease is held, renewed or asked for again when that is due."""
        now = self._real_seconds()
        if self._asked_for_lease is None or now - self._asked_for_lease >= RENEW_EVERY:
            held_before = self._holds_lease
            self._holds_lease = self._board.take_lease(self._branch_id, self._holder, LEASE)
            self._asked_for_lease = now
            if self._holds_lease and not held_before:
                # Whatever another published and learned since: ours begins anew from there.
                self._last = self._learner = self._learned = None
        return self._holds_lease

    def _may_compute(self) -> bool:
        return self._computed is None or self._real_seconds() - self._computed >= AT_MOST_EVERY

    def _is_due(self, live: LiveBranch) -> bool:
        if self._last is None or self._last.revision != live.revision:
            return True
        keep = KEEP_UP_EVERY if _is_alive(live) else KEEP_FRESH_EVERY
        # A clock that was put back makes them just as old.
        return abs(self._clock() - self._last.made_at) >= keep


def _is_alive(live: LiveBranch) -> bool:
    """Whether time alone changes the waits: somebody waits, or a desk is open or will be back."""
    return bool(live.waiting) or any(
        desk.state is not DeskState.CLOSED for desk in live.desks.values()
    )


def remembered(memory: Memory | None, branch: BranchId, live: LiveBranch, now: datetime) -> Learner:
    """What can be known up to ``live``: the last snapshot, and what happened since it was saved."""
    if memory is None:
        return Learner(live.branch)
    saved = memory.learned(branch)
    learner, revision = Learner(live.branch), FROM_THE_BEGINNING
    if saved is not None and saved.revision <= live.revision:
        try:
            learner, revision = Learner.from_json(live.branch, saved.snapshot), saved.revision
        except (ValueError, KeyError, TypeError):
            logging.getLogger(__name__).exception("what was learned cannot be read")
    missed = memory.tickets_since(branch, revision, most=MOST_LEGS)
    desks = memory.desks_since(branch, revision, most=MOST_LEGS)
    # Asked last: whatever was read above and ``live`` does not know has happened by then. A ticket
    # tells its whole way, so what is learned from ``live`` on is told apart by its time.
    unseen = memory.first_after(branch, live.revision)
    until = now if unseen is None else min(now, unseen - timedelta.resolution)
    learner.recall(missed, desks, after=learner.latest, until=until)
    return learner
