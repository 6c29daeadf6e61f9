"""Learning a branch from what happens in it, as it happens.

The learner is told, in order of time, exactly what the live feed and a log both know, and nothing
later than the present. What it knows at any moment is a
:class:`~queueapp.forecast.knowledge.Knowledge`. Each lesson costs microseconds; once a day, at the
first thing that happens in it, the days before are looked at as a whole.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from queueapp.domain.appointment import takes_appointments
from queueapp.domain.branch import Branch
from queueapp.domain.desk import SENT_FOR, Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Leg, LegState, Outcome, Ticket
from queueapp.domain.words import CounterNumber, ServiceCode, StaffCode, TicketId
from queueapp.forecast.bookings import Booking, booked_today
from queueapp.forecast.knowledge import Knowledge, known_services
from queueapp.forecast.learning.comings import ComingsLearner
from queueapp.forecast.learning.corrections import CorrectionLearner
from queueapp.forecast.learning.losses import LossLearner
from queueapp.forecast.learning.occupancy import OccupancyLearner
from queueapp.forecast.learning.presences import PresenceLearner
from queueapp.forecast.learning.quality import SHORTEST, QualityLearner
from queueapp.forecast.waits import Prediction

FORMAT = 1
"""Of the snapshot; another one is not read."""
FAR_AHEAD = timedelta(days=1)
"""A clock is put back by more than that only when it was wrong."""
_ARRIVED, _ENDED, _DESK, _CALLED = range(4)
"""In this order is learned what happened at one instant."""


class Learner:
    """Everything that is learned about one branch.

    ``staffing_known``: desks have states; otherwise who is there is inferred from calls.
    """

    def __init__(self, branch: Branch, *, staffing_known: bool = True) -> None:
        self._staffing_known = staffing_known
        self._day: date | None = None
        self._freed: dict[CounterNumber, datetime] = {}
        self._opened: dict[CounterNumber, datetime] = {}
        self._services: dict[TicketId, ServiceCode] = {}
        """Of those who wait."""
        self._seen: LiveBranch | None = None
        self._latest: datetime | None = None
        self.occupancy = OccupancyLearner(branch)
        self.losses = LossLearner(branch)
        self.comings = ComingsLearner(branch)
        self.presences = PresenceLearner(branch)
        self.quality = QualityLearner(branch)
        self.corrections = CorrectionLearner()
        self._branch = branch

    @property
    def latest(self) -> datetime | None:
        """When the last thing happened that was learned from."""
        return self._latest

    # -- what happens ----------------------------------------------------------------------------

    def plan_changed(self, branch: Branch, now: datetime) -> None:
        """The branch is another one now; what was learned of what it still has is kept."""
        self._at(now)
        for part in (self.comings, self.losses, self.presences, self.quality):
            part.plan(branch)
        if known_services(branch) != known_services(self._branch):
            self.occupancy.plan(branch)
            self.occupancy.begin_day(branch.day(now))
        self._branch = branch

    def booked(self, booking: Booking) -> None:
        """An appointment became known."""
        self.comings.booked(booking)

    def desk_changed(self, desk: Desk, now: datetime) -> None:
        """A desk has a new state; one whose clerk was sent for is closed until they come."""
        self._at(now)
        if desk.reason == SENT_FOR:
            return
        self.presences.desk_changed(desk, now, freed=self._freed.get(desk.counter))
        if desk.state is DeskState.OPEN:
            self._opened[desk.counter] = desk.since or now

    def ticket_changed(self, before: Ticket | None, after: Ticket, now: datetime) -> None:
        """A ticket was issued (``before`` is ``None``) or moved."""
        self._at(now)
        if before is None and after.arrived_at is not None:
            self._arrived(after)
        earlier = {} if before is None else {leg.ordinal: leg for leg in before.legs}
        for leg in after.legs:
            known = earlier.get(leg.ordinal)
            if known is not leg and leg.state is not LegState.WITHDRAWN:
                self._leg_moved(after, known, leg)
        if after.leg.state is LegState.WAITING:
            self._services[after.id] = after.leg.service
        else:
            self._services.pop(after.id, None)

    def predicted(self, prediction: Prediction) -> None:
        """Estimates were given; how good they were is seen when their tickets are called."""
        made_at = prediction.estimates.made_at
        hour = self._branch.local(made_at).hour
        self.quality.predicted(prediction.raw, made_at, self._services, hour)
        self.corrections.predicted(prediction.features, prediction.simulated, made_at)

    def saw(self, live: LiveBranch, now: datetime) -> None:
        """The branch is in this state: learn from what changed since it was last seen.

        The first time nothing is learned: nobody knows when what is seen then happened.
        """
        last, self._seen = self._seen, live
        if last is None or live.appointments is not last.appointments:
            self._expect(live, now)
        if last is None:
            self._begin_with(live, now)
            return
        if live.branch is not last.branch:
            self.plan_changed(live.branch, now)
        for number, desk in live.desks.items():
            if last.desks.get(number) != desk:
                self.desk_changed(desk, now)
        for ticket in live.tickets.values():
            known = last.tickets.get(ticket.id)
            if known is not ticket:
                self.ticket_changed(known, ticket, now)

    def recall(
        self,
        tickets: Iterable[Ticket],
        desks: Iterable[Desk] = (),
        *,
        after: datetime | None,
        until: datetime,
    ) -> None:
        """Learn from the past: what happened to ``tickets`` (in any order) in this time.

        ``desks``: every state that a desk was in, in order of time.
        """
        happened: list[tuple[datetime, int, Callable[[], None]]] = [
            (desk.since, _DESK, partial(self.desk_changed, desk, desk.since))
            for desk in desks
            if desk.since is not None
        ]
        for ticket in tickets:
            happened.append((ticket.arrived_at, _ARRIVED, partial(self._arrived, ticket)))
            for leg in ticket.legs:
                if leg.state is LegState.WITHDRAWN:
                    continue
                if leg.called_at is not None:
                    happened.append((leg.called_at, _CALLED, partial(self._called, ticket, leg)))
                if leg.ended_at is not None:
                    happened.append((leg.ended_at, _ENDED, partial(self._ended, ticket, leg)))
        happened.sort(key=lambda entry: entry[:2])
        if after is not None and _is_far_ahead(after, until):
            after = None  # Nothing had happened then: a clock said so for a moment.
        for at, _, learn in happened:
            if at > until or (after is not None and at <= after):
                continue
            self._at(at)
            learn()

    # -- what is known ---------------------------------------------------------------------------

    def knowledge(self, now: datetime) -> Knowledge:
        """Everything that is known at ``now``."""
        self._at(now)
        return Knowledge(
            services=tuple(service.code for service in known_services(self._branch)),
            categories=tuple(category.code for category in self._branch.categories),
            occupancy=self.occupancy.knowledge(),
            losses=self.losses.knowledge(),
            comings=self.comings.knowledge(now),
            slips=self.presences.knowledge(),
            calibration=self.quality.knowledge(),
            correction=self.corrections.knowledge(),
            slower=self.occupancy.slower(),
        )

    def to_json(self) -> str:
        """A snapshot that survives a restart."""
        return json.dumps(
            {
                "format": FORMAT,
                "staffing_known": self._staffing_known,
                "day": None if self._day is None else self._day.isoformat(),
                "latest": None if self._latest is None else self._latest.isoformat(),
                "freed": [[number, at.isoformat()] for number, at in self._freed.items()],
                "occupancy": self.occupancy.to_json(),
                "losses": self.losses.to_json(),
                "comings": self.comings.to_json(),
                "presences": self.presences.to_json(),
                "quality": self.quality.to_json(),
                "corrections": self.corrections.to_json(),
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, branch: Branch, text: str) -> "Learner":
        """The learner that gave ``text``; raises ``ValueError`` when it is of another format."""
        stored: dict[str, Any] = json.loads(text)
        if stored.get("format") != FORMAT:
            raise ValueError(f"a snapshot of format {stored.get('format')}, not {FORMAT}")
        learner = cls(branch, staffing_known=stored["staffing_known"])
        learner._read(stored)
        return learner

    def _read(self, stored: dict[str, Any]) -> None:
        if stored["day"] is None:
            return
        self._day = date.fromisoformat(stored["day"])
        self._latest = datetime.fromisoformat(stored["latest"])
        self._freed = {
            CounterNumber(number): datetime.fromisoformat(at) for number, at in stored["freed"]
        }
        self.occupancy.read(stored["occupancy"], self._day)
        self.losses.read(stored["losses"])
        self.comings.read(stored["comings"])
        self.presences.read(stored["presences"])
        self.quality.read(stored["quality"], self._day)
        self.corrections.read(stored["corrections"])

    # -- lessons ---------------------------------------------------------------------------------

    def _at(self, now: datetime) -> None:
        """Notice a new day, or that a clock which ran far ahead is right again."""
        day = self._branch.day(now)
        if self._latest is None or self._day is None or _is_far_ahead(self._latest, now):
            self._day, self._latest = day, now
        self._latest = max(self._latest, now)
        if day <= self._day:
            return
        last, self._day = self._day, day
        self._freed.clear()
        self._opened.clear()
        self.comings.begin_day(day, last)
        self.presences.begin_day(last)
        self.losses.begin_day()
        self.occupancy.begin_day(day)
        self.quality.begin_day(day)
        self.corrections.begin_day()

    def _expect(self, live: LiveBranch, now: datetime) -> None:
        """Who is booked today, as long as the branch keeps appointments itself."""
        if not takes_appointments(live.branch):
            return
        self._at(now)
        today = live.branch.day(now)
        self.comings.expect(b for b in booked_today(live) if live.branch.day(b.at) == today)

    def _begin_with(self, live: LiveBranch, now: datetime) -> None:
        self.plan_changed(live.branch, now)
        for desk in live.desks.values():
            self.presences.desk_changed(desk, now)
        for ticket in live.tickets.values():
            if ticket.leg.state is LegState.WAITING:
                self._services[ticket.id] = ticket.leg.service

    def _arrived(self, ticket: Ticket) -> None:
        first = ticket.legs[0]
        self.comings.arrived(first.service, first.category, ticket.arrived_at)
        if ticket.appointment_at is not None:
            self.comings.appeared(first.service, ticket.appointment_at, ticket.arrived_at)

    def _leg_moved(self, ticket: Ticket, known: Leg | None, leg: Leg) -> None:
        was_called = known is not None and known.called_at is not None
        was_held = None if known is None else known.held_at
        if not was_called and leg.called_at is not None:
            self._called(ticket, leg)
        if was_held is None and leg.held_at is not None:
            self.losses.held()
            self._free(leg, leg.held_at)
        if was_held is not None and leg.held_at is None and leg.state is LegState.SERVING:
            held = ((self._latest or was_held) - was_held).total_seconds()
            self.losses.resumed(max(held, 0.0))
        if (known is None or known.ended_at is None) and leg.ended_at is not None:
            self._ended(ticket, leg)

    def _called(self, ticket: Ticket, leg: Leg) -> None:
        assert leg.called_at is not None
        self.quality.called(ticket.id, leg.called_at)
        self.corrections.called(ticket.id, leg.called_at, shortest=SHORTEST)
        if leg.counter is None:
            return
        self.presences.called(leg.counter, leg.called_at)
        freed = self._freed.get(leg.counter)
        opened = self._opened.get(leg.counter)
        if freed is None or freed > leg.called_at or (opened is not None and opened > freed):
            return
        waits_since = leg.counts_from
        if not self._staffing_known:
            # An idle counter may have been away: only that it did not help is known.
            if (leg.called_at - waits_since).total_seconds() >= 1:
                self.occupancy.called_after((leg.called_at - freed).total_seconds(), was_idle=False)
            return
        free_since = max(freed, waits_since)
        self.occupancy.called_after(
            (leg.called_at - free_since).total_seconds(), was_idle=waits_since > freed
        )

    def _ended(self, ticket: Ticket, leg: Leg) -> None:
        assert leg.ended_at is not None
        if leg.called_at is None:
            if leg.outcome is Outcome.CANCELLED:
                self.losses.left(max((leg.ended_at - leg.counts_from).total_seconds(), 0.0))
            if leg.outcome is not Outcome.TRANSFERRED:
                self.quality.gone(ticket.id)
                self.corrections.gone(ticket.id)
            return
        wait = max((leg.called_at - leg.counts_from).total_seconds(), 0.0)
        lasted = (leg.ended_at - leg.called_at).total_seconds()
        came = leg.outcome in {Outcome.SERVED, Outcome.TRANSFERRED}
        if came or leg.outcome is Outcome.NO_SHOW:
            self.losses.answered(wait, came=came)
        freed = None if leg.counter is None else self._freed.get(leg.counter)
        was_alone = freed is None or freed <= leg.called_at
        if came and was_alone:
            clerk = leg.staff or StaffCode(f"#{leg.counter}")
            self.occupancy.finished(leg.service, clerk, self._branch.day(leg.called_at), lasted)
        if came:
            self.losses.visited(leg.service)
            self.presences.visited()
            following = next((n for n in ticket.legs if n.ordinal > leg.ordinal), None)
            if following is not None and following.called_at is None:
                self.losses.went_on(leg.service, following.service)
        elif leg.outcome is Outcome.NO_SHOW:
            self.losses.missed_for(lasted)
        self._free(leg, leg.ended_at)

    def _free(self, leg: Leg, at: datetime) -> None:
        if leg.counter is not None:
            self._freed[leg.counter] = max(at, self._freed.get(leg.counter, at))


def _is_far_ahead(moment: datetime, now: datetime) -> bool:
    return moment - now > FAR_AHEAD
