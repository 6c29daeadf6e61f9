"""Slows down whoever guesses codes."""

import time
from collections.abc import Callable

FREE = 3
"""So many slips of the finger cost nothing."""
FIRST_PAUSE = 5.0
LONGEST_PAUSE = 60.0
"""Seconds. At this pace the figures of a code take centuries."""
FORGOTTEN_AFTER = 600.0
"""Without a wrong code for so long, whoever was there has gone."""


class WrongCodes:
    """How many wrong codes one kiosk has seen in a row, and how long it takes no further one."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._count = 0
        self._last = 0.0

    def wait(self) -> float:
        """Seconds until another code is looked at; 0: now."""
        if self._count < FREE:
            return 0.0
        passed = self._seconds() - self._last
        if passed > FORGOTTEN_AFTER:
            self._count = 0
            return 0.0
        pause = min(FIRST_PAUSE * float(2 ** (self._count - FREE)), LONGEST_PAUSE)
        return max(0.0, pause - passed)

    def was_wrong(self) -> None:
        """One more."""
        self._count += 1
        self._last = self._seconds()

    def was_right(self) -> None:
        """Whoever was there has an appointment."""
        self._count = 0
