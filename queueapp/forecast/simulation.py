"""The queue ahead, played through many times at once.

Each replicate is one way the rest of the day may go. In every step each replicate goes on to the
moment when its next counter becomes free, and that counter takes whom routing gives it; all
replicates take their steps together, as arrays.

Whoever would arrive now is followed too, without ever taking a counter's time: a newcomer is
called at the first moment when a counter would choose them before everybody who waits.

Nobody else arrives during the simulation: how many people come, and who of them goes first, has
to be learned from the branch's days. They will stand in the same lines, from when they come.
"""

from dataclasses import dataclass

import numpy as np

from queueapp.forecast.arrays import Flags, Numbers, Places, Seconds
from queueapp.forecast.durations import Durations
from queueapp.forecast.presence import Presence
from queueapp.forecast.queue import Queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """When everybody is called, in seconds from the forecast's moment; ``inf``: not today."""

    waiting: Seconds
    """Shape (replicates, tickets)."""
    newcomers: Seconds
    """Shape (replicates, newcomers)."""


def simulate(
    queue: Queue,
    presence: Presence,
    durations: Durations,
    *,
    free_at: Seconds,
    chances: Numbers,
) -> Calls:
    """Play the queue through.

    ``free_at``: when each counter is done with the customer in hand, shape (replicates, counters).
    ``chances``: the luck of each ticket's service, shape (replicates, tickets).
    """
    run = _Run(queue, presence, durations, free_at, chances)
    while run.step():
        pass
    return Calls(waiting=run.waiting, newcomers=run.newcomers)


class _Run:
    """The state of all replicates between two steps."""

    def __init__(
        self,
        queue: Queue,
        presence: Presence,
        durations: Durations,
        free_at: Seconds,
        chances: Numbers,
    ) -> None:
        replicates, counters = free_at.shape
        self._queue = queue
        self._presence = presence
        self._durations = durations
        self._chances = chances
        rows, columns = (grid.ravel() for grid in np.indices(free_at.shape))
        calls = presence.next_call(rows, columns, free_at.ravel())
        self._next_call = calls.reshape(replicates, counters)
        self._positions = np.zeros((replicates, len(queue.members)), dtype=np.intp)
        self._heads = np.tile(queue.members[:, 0], (replicates, 1))
        self.waiting = np.full(chances.shape, np.inf)
        self.newcomers = np.full((replicates, len(queue.newcomers)), np.inf)

    def step(self) -> bool:
        """One counter of each replicate becomes free and calls; ``False`` when none ever will."""
        if not self._next_call.size:
            return False
        counters = self._next_call.argmin(axis=1)
        moments = self._next_call[np.arange(len(counters)), counters]
        rows = np.flatnonzero(np.isfinite(moments))
        if not rows.size:
            return False
        counters, moments = counters[rows], moments[rows]
        standing = self._queue.standing(self._heads[rows], counters, moments)
        asked = np.isinf(self.newcomers[rows])
        chosen = self._queue.newcomers_chosen(standing, counters, moments, asked)
        self._call_newcomers(rows, moments, chosen)
        lines = self._queue.choose(standing)
        calling = lines >= 0
        # Nobody comes any more, so a counter that finds nobody now is not needed again.
        self._next_call[rows[~calling], counters[~calling]] = np.inf
        self._call(rows[calling], counters[calling], moments[calling], lines[calling])
        return True

    def _call_newcomers(self, rows: Places, moments: Seconds, chosen: Flags) -> None:
        places, newcomers = np.nonzero(chosen)
        self.newcomers[rows[places], newcomers] = moments[places]

    def _call(self, rows: Places, counters: Places, moments: Seconds, lines: Places) -> None:
        """The heads of ``lines`` go to ``counters``, which are busy with them from then on."""
        tickets = self._heads[rows, lines]
        self.waiting[rows, tickets] = moments
        self._positions[rows, lines] += 1
        self._heads[rows, lines] = self._queue.members[lines, self._positions[rows, lines]]
        busy = self._durations.occupancy(
            self._queue.ticket_services[tickets], counters, self._chances[rows, tickets]
        )
        self._next_call[rows, counters] = self._presence.next_call(rows, counters, moments + busy)
