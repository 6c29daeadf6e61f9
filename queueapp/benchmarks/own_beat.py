"""When a terminal draws by itself: a wall and a desk count seconds."""

import time
from dataclasses import dataclass

from queueapp.benchmarks.start import drain
from queueapp.benchmarks.terminal_process import TerminalProcess

BEAT_S = 1.0
LISTEN_S = 3.3
NEAR_S = 0.1
"""By so much two beats may differ, on a machine that has much to do."""
ROOM_S = 0.4
"""Longer than any answer that a person would wait for; until the next beat there is so much."""


@dataclass(frozen=True, slots=True)
class OwnBeat:
    """Beats once a second; :attr:`phase` is one of its times, ``None``: it draws nothing then."""

    phase: float | None

    @classmethod
    def heard(cls, terminal: TerminalProcess, *, loudness: int) -> "OwnBeat":
        """Listen while nobody presses a key; an update below ``loudness`` bytes is none."""
        deadline = time.monotonic() + LISTEN_S
        beats: list[float] = []
        while (now := time.monotonic()) < deadline:
            update = terminal.read_update(deadline - now)
            if update.length >= loudness:
                beats.append(update.at)
        for beat in beats:
            if any(abs(other - beat - BEAT_S) < NEAR_S for other in beats):
                return cls(beat)
        return cls(None)

    def wait_for_room(self, terminal: TerminalProcess) -> None:
        """Wait until a key can be answered before the next beat; what comes meanwhile is read."""
        if self.phase is None:
            return
        left = BEAT_S - (time.monotonic() - self.phase) % BEAT_S
        if left < ROOM_S:
            drain(terminal, left + NEAR_S)
