"""Time in a simulated branch."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The clock of this machine, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedClock:
    """A branch's clock that runs ``speed`` times as fast as this machine's.

    It depends on the machine's clock alone, so every process that is given the same three values
    reads the same time.
    """

    speed: float
    epoch_real: datetime
    """Aware: when the machine's clock showed this …"""
    epoch_simulated: datetime
    """… the branch's clock showed that; aware, UTC."""

    def __call__(self) -> datetime:
        """The time in the branch, aware, UTC."""
        return self.at(system_clock())

    def at(self, real: datetime) -> datetime:
        """The time in the branch when the machine's clock shows ``real``."""
        return self.epoch_simulated + (real - self.epoch_real) * self.speed

    def __str__(self) -> str:
        """What :meth:`read` reads: the three values in one argument of a command."""
        moments = (self.epoch_real, self.epoch_simulated)
        return " ".join([repr(self.speed), *(moment.isoformat() for moment in moments)])

    @classmethod
    def read(cls, written: str) -> "SimulatedClock":
        """The clock that ``str`` wrote; raises :class:`ValueError` for anything else."""
        speed, real, simulated = written.split()
        return cls(
            speed=float(speed),
            epoch_real=datetime.fromisoformat(real),
            epoch_simulated=datetime.fromisoformat(simulated),
        )


class RehearsalClock:
    """A clock that is put by hand from moment to moment during a rehearsal, and then runs."""

    def __init__(self, running: Clock) -> None:
        self._running = running
        self._put_at: datetime | None = None

    def __call__(self) -> datetime:
        """The moment it was put at; outside a rehearsal the running time."""
        return self._put_at or self._running()

    @contextmanager
    def rehearsal(self) -> Iterator[Callable[[datetime], None]]:
        """Stop the clock and give the function that puts it."""
        try:
            yield self._put
        finally:
            self._put_at = None

    def _put(self, moment: datetime) -> None:
        self._put_at = moment
