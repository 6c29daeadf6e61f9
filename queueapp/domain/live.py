"""The live picture of a branch: everything a screen shows, as one immutable value.

A terminal holds a :class:`LiveBranch` and replaces it whenever the branch moved. It knows the
present day only: who waits, who is in hand, what was finished today. Nothing older weighs on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from types import MappingProxyType

from queueapp.domain import routing
from queueapp.domain.appointment import Appointment, AppointmentId
from queueapp.domain.branch import Branch
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.estimate import Estimates, Forecast, NoEstimate
from queueapp.domain.numbering import label_order
from queueapp.domain.printing import Printer, PrinterName
from queueapp.domain.rating import Rating
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Staff
from queueapp.domain.ticket import IN_HAND, UNFINISHED, Leg, LegState, Outcome, Ticket
from queueapp.domain.words import (
    CategoryCode,
    CounterNumber,
    Revision,
    ServiceCode,
    StaffCode,
    TicketId,
)

LegKey = tuple[TicketId, int]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a feed read since a revision, to be laid over a :class:`LiveBranch`."""

    revision: Revision
    day: date
    branch: Branch | None = None
    """The plan, when it changed."""
    staff: Iterable[Staff] | None = None
    """All staff, when they changed."""
    tickets: Iterable[Ticket] = ()
    """Whole tickets of which any leg changed."""
    desks: Iterable[Desk] = ()
    ratings: Iterable[Rating] = ()
    printers: Iterable[Printer] | None = None
    """All printers, when anything about one changed."""
    estimates: Estimates | None = None
    appointments: Iterable[Appointment] = ()
    """Those of the day of which anything changed; on a new day, all of it."""


@dataclass(frozen=True, kw_only=True)
class LiveBranch:
    """A branch at one revision."""

    branch: Branch
    revision: Revision
    day: date
    """The service day, in the branch's time zone."""
    staff: Mapping[StaffCode, Staff] = field(default_factory=dict)
    tickets: Mapping[TicketId, Ticket] = field(default_factory=dict)
    """The tickets of ``day``, finished ones too, and any older one that is not finished."""
    desks: Mapping[CounterNumber, Desk] = field(default_factory=dict)
    ratings: Mapping[LegKey, Rating] = field(default_factory=dict)
    printers: Mapping[PrinterName, Printer] = field(default_factory=dict)
    estimates: Estimates | None = None
    appointments: Mapping[AppointmentId, Appointment] = field(default_factory=dict)
    """Those of ``day``, whatever has become of them."""

    def after(self, changes: Changes) -> "LiveBranch":
        """The picture with ``changes`` laid over it, without what an earlier day has finished."""
        known = {**self.tickets, **{ticket.id: ticket for ticket in changes.tickets}}
        said = {**self.ratings, **{(r.ticket, r.ordinal): r for r in changes.ratings}}
        tickets = {
            ticket.id: ticket
            for ticket in known.values()
            if ticket.day == changes.day or ticket.leg.state in UNFINISHED
        }
        ratings = {key: rating for key, rating in said.items() if key[0] in tickets}
        return replace(
            self,
            branch=changes.branch or self.branch,
            revision=changes.revision,
            day=changes.day,
            staff=(
                self.staff
                if changes.staff is None
                else {person.code: person for person in changes.staff}
            ),
            tickets=MappingProxyType(tickets),
            desks={**self.desks, **{desk.counter: desk for desk in changes.desks}},
            ratings=MappingProxyType(ratings),
            printers=(
                self.printers
                if changes.printers is None
                else {printer.name: printer for printer in changes.printers}
            ),
            estimates=changes.estimates or self.estimates,
            appointments=self._appointments_after(changes),
        )

    def _appointments_after(self, changes: Changes) -> Mapping[AppointmentId, Appointment]:
        """The same mapping as before where nothing about appointments happened."""
        changed = {each.id: each for each in changes.appointments}
        if not changed and changes.day == self.day:
            return self.appointments
        branch = changes.branch or self.branch
        known = {**self.appointments, **changed}
        return MappingProxyType(
            {key: each for key, each in known.items() if branch.day(each.starts_at) == changes.day}
        )

    @cached_property
    def began(self) -> datetime:
        """Midnight, when ``day`` began in the branch's time zone; aware, UTC."""
        return self.branch.moment(self.day)

    # -- tickets ---------------------------------------------------------------------------------

    @cached_property
    def waiting(self) -> tuple[Ticket, ...]:
        """Everybody who waits, first come first."""
        return tuple(
            sorted(
                (t for t in self.tickets.values() if t.leg.state is LegState.WAITING),
                key=lambda ticket: (ticket.leg.accrues_from, ticket.id),
            )
        )

    @cached_property
    def _by_service(self) -> dict[ServiceCode, tuple[Ticket, ...]]:
        lines: dict[ServiceCode, list[Ticket]] = {}
        for ticket in self.waiting:
            lines.setdefault(ticket.leg.service, []).append(ticket)
        return {service: tuple(line) for service, line in lines.items()}

    @cached_property
    def _in_hand(self) -> dict[CounterNumber, Ticket]:
        return {
            ticket.leg.counter: ticket
            for ticket in self.tickets.values()
            if ticket.leg.state in IN_HAND and ticket.leg.counter is not None
        }

    @cached_property
    def held(self) -> tuple[Ticket, ...]:
        """Everybody on hold, longest first."""
        on_hold = (t for t in self.tickets.values() if t.leg.state is LegState.HELD)
        return tuple(sorted(on_hold, key=lambda t: (t.leg.held_at or t.arrived_at, t.id)))

    @cached_property
    def called(self) -> tuple[tuple[Ticket, Leg], ...]:
        """Every leg that was called today, the latest call first."""
        legs = (
            (ticket, leg)
            for ticket in self.tickets.values()
            for leg in ticket.legs
            if leg.called_at is not None and leg.state is not LegState.WITHDRAWN
        )
        return tuple(sorted(legs, key=lambda pair: (pair[1].called_at, pair[0].id), reverse=True))

    @cached_property
    def waits(self) -> Mapping[ServiceCode, tuple[tuple[datetime, timedelta], ...]]:
        """When each leg was called today and after what wait, by service, the latest call first."""
        waits: dict[ServiceCode, list[tuple[datetime, timedelta]]] = {}
        for _, leg in self.called:
            if leg.called_at is not None and leg.called_at >= self.began:
                wait = max(leg.called_at - leg.counts_from, timedelta(0))
                waits.setdefault(leg.service, []).append((leg.called_at, wait))
        return {service: tuple(calls) for service, calls in waits.items()}

    @cached_property
    def served(self) -> tuple[tuple[Ticket, Leg], ...]:
        """Every leg that was served today, in order of its end."""
        legs = (
            (ticket, leg)
            for ticket in self.tickets.values()
            for leg in ticket.legs
            if leg.outcome is Outcome.SERVED and leg.ended_at is not None
        )
        return tuple(sorted(legs, key=lambda pair: (pair[1].ended_at, pair[0].id)))

    def waiting_for(self, service: ServiceCode) -> tuple[Ticket, ...]:
        """Who waits for ``service``, first come first."""
        return self._by_service.get(service, ())

    def longest_wait(self, service: ServiceCode) -> datetime | None:
        """Since when the wait of ``service``'s longest waiting counts; ``None``: nobody waits."""
        return min((t.leg.counts_from for t in self.waiting_for(service)), default=None)

    def in_hand(self, counter: CounterNumber) -> Ticket | None:
        """The customer at ``counter``, called or being served."""
        return self._in_hand.get(counter)

    def last_served(self, counter: CounterNumber) -> tuple[Ticket, Leg] | None:
        """The leg that ``counter`` finished last, today."""
        for ticket, leg in reversed(self.served):
            if leg.counter == counter:
                return ticket, leg
        return None

    def ticket(self, ticket: TicketId) -> Ticket:
        """The ticket with this id; refused when it is not of today."""
        try:
            return self.tickets[ticket]
        except KeyError:
            raise Refused(Reason.TICKET_UNKNOWN, ticket="") from None

    def find(self, letter: ServiceCode | None, number: int) -> tuple[Ticket, ...]:
        """Today's tickets with this number, of any letter (in their order) when none is given."""
        found = (
            ticket
            for ticket in self.tickets.values()
            if ticket.number == number
            and ticket.day == self.day
            and (letter is None or ticket.letter == letter)
        )
        return tuple(sorted(found, key=lambda ticket: label_order(ticket.letter, ticket.number)))

    def place(self, ticket: TicketId, now: datetime) -> int:
        """1 for the next of its service, by the branch's policy; refused unless it waits."""
        asked = self.ticket(ticket)
        if asked.leg.state is not LegState.WAITING:
            raise Refused(Reason.TICKET_NOT_WAITING, ticket=asked.label)
        own = routing.precedence(self.branch, candidate_of(asked), now)
        return 1 + sum(
            routing.precedence(self.branch, candidate_of(other), now) < own
            for other in self.waiting_for(asked.leg.service)
        )

    # -- desks -----------------------------------------------------------------------------------

    def desk(self, counter: CounterNumber) -> Desk:
        """The desk at ``counter``; closed when nobody ever signed on there."""
        return self.desks.get(counter) or Desk(counter=counter)

    def idle_since(self, counter: CounterNumber) -> datetime | None:
        """Since when ``counter`` could call somebody; ``None`` unless it is open and free."""
        desk = self.desk(counter)
        if desk.state is not DeskState.OPEN or desk.since is None or self.in_hand(counter):
            return None
        freed = (
            leg.held_at or leg.ended_at
            for ticket in self.tickets.values()
            for leg in ticket.legs
            if leg.counter == counter
        )
        return max((desk.since, *(moment for moment in freed if moment is not None)))

    def next_for(self, counter: CounterNumber, now: datetime) -> list[routing.Pick]:
        """Everybody whom ``counter`` may call, the next one first, with the reasons."""
        return routing.ranked(
            self.branch,
            self.branch.counter(counter),
            [candidate_of(ticket) for ticket in self.waiting],
            now,
        )

    # -- estimates -------------------------------------------------------------------------------

    def forecast_arriving(
        self, service: ServiceCode, category: CategoryCode, now: datetime
    ) -> Forecast:
        """The wait of somebody who takes a ticket now, from now on."""
        return arriving_forecast(self.estimates, service, category, now)

    def forecast_waiting(self, ticket: TicketId, now: datetime) -> Forecast:
        """The wait that is left for ``ticket``, from the moment its estimate was made."""
        if self.estimates is None or not self.estimates.is_fresh(now):
            return NoEstimate.NO_BASIS
        return self.estimates.waiting.get(ticket, NoEstimate.NO_BASIS)


def candidate_of(ticket: Ticket) -> routing.Candidate:
    """What routing needs to know of a waiting ticket."""
    leg = ticket.leg
    return routing.Candidate(
        ticket=ticket.id,
        service=leg.service,
        category=leg.category,
        accrues_from=leg.accrues_from,
        for_counter=leg.for_counter,
        not_before=leg.not_before,
    )


def arriving_forecast(
    estimates: Estimates | None, service: ServiceCode, category: CategoryCode, now: datetime
) -> Forecast:
    """The forecast for somebody arriving at ``now``, or why there is none."""
    if estimates is None or not estimates.is_fresh(now):
        return NoEstimate.NO_BASIS
    return estimates.arriving.get((service, category), NoEstimate.NO_BASIS)
