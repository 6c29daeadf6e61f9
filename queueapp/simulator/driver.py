"""What moves a simulation on: a rehearsal as fast as it goes, or a thread that keeps time."""

import threading
import time
from collections.abc import Callable
from datetime import datetime

from queueapp.operations.ports import StoreUnavailable
from queueapp.simulator.clock import SimulatedClock
from queueapp.simulator.simulation import Simulation

LONGEST_REST_S = 0.5
SHORTEST_REST_S = 0.02
"""Real seconds between two looks at the agenda."""
AGAIN_AFTER_FAILURE_S = 0.5


def rehearse(
    simulation: Simulation,
    put_clock: Callable[[datetime], None],
    until: datetime,
    is_over: Callable[[], bool] = lambda: False,
) -> None:
    """Live through everything that is due before ``until``, the clock put at each moment.

    ``is_over`` ends it before its time. A database that is away is waited for.
    """
    while (moment := simulation.next_at) is not None and moment < until and not is_over():
        put_clock(moment)
        try:
            simulation.step(moment)
        except StoreUnavailable:
            time.sleep(AGAIN_AFTER_FAILURE_S)


class SimulationThread:
    """Steps a simulation in time with ``clock`` until it is stopped."""

    def __init__(self, simulation: Simulation, clock: SimulatedClock) -> None:
        self._simulation = simulation
        self._clock = clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="simulation", daemon=True)

    def start(self) -> None:
        """Let the branch live."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, and wait until the step that is under way has ended."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        rest = 0.0
        while not self._stopping.wait(rest):
            try:
                self._simulation.step(self._clock())
                rest = self._until_next()
            except StoreUnavailable:
                rest = AGAIN_AFTER_FAILURE_S

    def _until_next(self) -> float:
        if self._simulation.next_at is None:
            return LONGEST_REST_S
        due = self._simulation.next_at - self._clock()
        seconds = due.total_seconds() / self._clock.speed
        return min(max(seconds, SHORTEST_REST_S), LONGEST_REST_S)
