"""An address of another system that is told what happens."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from queueapp.domain.words import Revision

FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(hours=1)
TRIES = 15
"""Over five hours with these pauses; then what could not be told is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Who is told what, and how far they have been told.

    Events are told in order, each again until it was taken: ``told`` is the last that was.
    """

    id: UUID
    owner: str
    url: str
    kinds: frozenset[str]
    """The kinds of event; empty: all."""
    secret: str = field(repr=False)
    told: Revision
    failures: int = 0
    """How often the next event was refused in a row."""
    retry_at: datetime | None = None
    left_out: int = 0
    """Events that were given up."""

    def wants(self, kind: str) -> bool:
        """Whether events of ``kind`` are told."""
        return not self.kinds or kind in self.kinds

    def is_due(self, now: datetime) -> bool:
        """Whether it may be tried at ``now``; a longer pause is from before the clock went back."""
        return self.retry_at is None or not now < self.retry_at <= now + LONGEST_RETRY

    def after_success(self, revision: Revision) -> "Webhook":
        """Everything up to ``revision`` was told."""
        return replace(self, told=revision, failures=0, retry_at=None)

    def after_failure(self, revision: Revision, now: datetime) -> "Webhook":
        """The event of ``revision`` was not taken: once more later, or given up."""
        failures = self.failures + 1
        if failures >= TRIES:
            return replace(self.after_success(revision), left_out=self.left_out + 1)
        pause = min(FIRST_RETRY * 2 ** (failures - 1), LONGEST_RETRY)
        return replace(self, failures=failures, retry_at=now + pause)
