"""A desk: one counter with a clerk signed on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from queueapp.domain.words import CounterNumber, StaffCode, sentence

SENT_FOR = sentence("Sent for")
"""The pause of a desk whose clerk a supervisor has sent for and who is not there yet."""


class DeskState(StrEnum):
    """Whether customers can be called to a desk."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a counter does now. Who is in hand is a fact of the tickets, not of the desk."""

    counter: CounterNumber
    state: DeskState = DeskState.CLOSED
    staff: StaffCode | None = None
    since: datetime | None = None
    """When the state began."""
    reason: str = ""
    expected_end: datetime | None = None
    """When a pause should be over."""
