"""The time, as whoever needs it is given it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Tells the time whenever it is asked: aware, UTC."""


def system_clock() -> datetime:
    """The clock of this machine, aware, UTC."""
    return datetime.now(UTC)
