"""Time in a simulated branch."""

from dataclasses import dataclass
from datetime import datetime

from queueapp.operations.clock import Clock, system_clock


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
    """A clock that is put by hand from moment to moment, until it follows another one."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self._followed: Clock | None = None

    def __call__(self) -> datetime:
        """The moment it was put at, or the time of the clock that it follows."""
        return self._moment if self._followed is None else self._followed()

    def put(self, moment: datetime) -> None:
        """Show ``moment`` from now on."""
        self._moment = moment

    def follow(self, clock: Clock) -> None:
        """End the rehearsal: show what ``clock`` shows."""
        self._followed = clock
