"""What the forecaster says beside the estimates: the rest of the day, what would help, how sure."""

from dataclasses import dataclass
from datetime import datetime

from queueapp.domain.accuracy import PastAccuracy
from queueapp.domain.advice import Advice, Range


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfHourAhead:
    """What is expected of half an hour that has not passed yet."""

    starts: datetime
    """Aware, at a full or a half hour of the branch's clock."""
    arrivals: Range
    """People who come."""
    waits: Range
    """Seconds until the call, of those who come in it."""
    planned: int
    """How many counters are planned to be open."""
    needed: int | None = None
    """How many it would take so that 8 of 10 are called within their target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The forecaster's view of the rest of the day, made now and then."""

    made_at: datetime
    ahead: tuple[HalfHourAhead, ...] = ()
    advice: tuple[Advice, ...] = ()
    """The best first; empty: nothing helps, or nothing is wrong."""
    slower: float | None = None
    """Visits take longer than usual by this share (below zero: shorter), if that is clear."""
    accuracy: PastAccuracy | None = None
