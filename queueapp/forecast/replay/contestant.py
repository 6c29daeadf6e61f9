"""Who gives estimates in a replay: the forecast of the live app, and whoever is set beside it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from queueapp.domain.branch import Branch
from queueapp.domain.desk import Desk
from queueapp.domain.estimate import Forecast
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import TicketId
from queueapp.forecast.bookings import Booking
from queueapp.forecast.learner import Learner
from queueapp.forecast.waits import predict

OURS = "queueapp"
"""The name of the live app's forecast among the predictors."""
WARMS_UP = timedelta(days=25)
"""So long before the first score ours is asked already: calibration looks at no older promises."""


class Contestant(Protocol):
    """Told everything as it happens, never before; asked while people wait."""

    def ticket_changed(self, before: Ticket | None, after: Ticket, now: datetime) -> None:
        """A ticket moved."""

    def desk_changed(self, desk: Desk, now: datetime) -> None:
        """A desk has a new state."""

    def plan_changed(self, branch: Branch, now: datetime) -> None:
        """The branch is another one now."""

    def booked(self, booking: Booking) -> None:
        """An appointment became known."""

    def estimate(
        self, ticket: TicketId, live: LiveBranch, now: datetime, bookings: Sequence[Booking]
    ) -> Forecast:
        """How long ``ticket``, which waits in ``live``, will go on waiting."""


class LiveForecast:
    """The code of the live app: its learner and its simulation."""

    def __init__(self, branch: Branch, *, staffing_known: bool) -> None:
        self._staffing_known = staffing_known
        self.learner = Learner(branch, staffing_known=staffing_known)

    def ticket_changed(self, before: Ticket | None, after: Ticket, now: datetime) -> None:
        """Learn from it."""
        self.learner.ticket_changed(before, after, now)

    def desk_changed(self, desk: Desk, now: datetime) -> None:
        """Learn from it."""
        self.learner.desk_changed(desk, now)

    def plan_changed(self, branch: Branch, now: datetime) -> None:
        """Take it over."""
        self.learner.plan_changed(branch, now)

    def booked(self, booking: Booking) -> None:
        """Reckon with it."""
        self.learner.booked(booking)

    def estimate(
        self, ticket: TicketId, live: LiveBranch, now: datetime, bookings: Sequence[Booking]
    ) -> Forecast:
        """As the live app would publish it for this ticket."""
        prediction = predict(
            live,
            now,
            knowledge=self.learner.knowledge(now),
            bookings=bookings,
            only={ticket},
            staffing_known=self._staffing_known,
        )
        self.learner.predicted(prediction)
        return prediction.estimates.waiting[ticket]
