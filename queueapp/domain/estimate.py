"""What is predicted about a wait: always a range with its chances, or a reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from queueapp.domain.outlook import Outlook
from queueapp.domain.words import CategoryCode, Revision, ServiceCode, TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A predicted wait from now on, in seconds: with P80, 8 of 10 wait no longer."""

    p10: float
    p50: float
    p80: float
    p90: float


class NoEstimate(StrEnum):
    """Why there is no number to show; each is shown as words."""

    SERVICE_CLOSED = "service_closed"
    NOBODY_SERVES = "nobody_serves"
    """No desk that serves it is open, and none is planned to open today."""
    NOT_BEFORE_CLOSING = "not_before_closing"
    """The desks that serve it may well close first."""
    NO_BASIS = "no_basis"
    """The forecast is not running, or its last word is too old."""


Forecast = Estimate | NoEstimate

FRESH_FOR = timedelta(seconds=60)
"""An older estimate is not shown to anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """The forecaster's last word about a branch."""

    made_at: datetime
    revision: Revision
    """The branch as it was when this was computed."""
    waiting: Mapping[TicketId, Forecast] = field(default_factory=dict)
    """For every waiting ticket, how long from ``made_at`` until it is called."""
    arriving: Mapping[tuple[ServiceCode, CategoryCode], Forecast] = field(default_factory=dict)
    """For somebody who would take a ticket now."""
    outlook: Outlook | None = None
    """What was said last about the rest of the day."""

    def is_fresh(self, now: datetime) -> bool:
        """Whether this may be shown at ``now``; also after the clock was put back, not for long."""
        return abs(now - self.made_at) <= FRESH_FOR
