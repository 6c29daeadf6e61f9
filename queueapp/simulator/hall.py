"""The hall of a simulated day: visitors come, and clerks are told that somebody waits."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from queueapp.domain.branch import Branch
from queueapp.domain.ticket import Channel
from queueapp.domain.words import CounterNumber, ServiceCode, TicketId
from queueapp.operations.commands import Command, IssueTicket, LeaveQueue
from queueapp.operations.ports import Receipt
from queueapp.simulator.agenda import Agenda
from queueapp.simulator.branch_view import BranchView
from queueapp.simulator.crowd import DOORS_CLOSE_BEFORE, Visitor, opening_of


class AtWork(Protocol):
    """A clerk, as far as the hall needs to know."""

    counter: CounterNumber
    idle_since: datetime | None
    """``None``: busy, on a break or not here."""
    serves_until: datetime | None
    """The planned end of the last shift; ``None`` once gone home."""

    def look(self, now: datetime) -> None:
        """Look whether there is something to do."""


@dataclass
class Hall:
    """What happens on one day, apart from the clerks' own work."""

    view: BranchView
    agenda: Agenda
    day: date
    clerks: list[AtWork] = field(default_factory=list)
    visitors: dict[TicketId, Visitor] = field(default_factory=dict)
    turned_away: int = 0
    """Who found the doors closed, the service closed or full, or nobody left to serve them."""

    @property
    def branch(self) -> Branch:
        """The plan as it is now: a supervisor may have changed it."""
        return self.view.look().branch

    @property
    def doors_close(self) -> datetime | None:
        """When nobody else is let in."""
        opening = opening_of(self.branch, self.day)
        return None if opening is None else opening[1] - DOORS_CLOSE_BEFORE

    def expect(self, visitor: Visitor) -> None:
        """Put a visitor's arrival on the agenda."""
        self.agenda.add(visitor.arrives, lambda now: self._arrive(visitor, now))

    def do(self, command: Command) -> Receipt | None:
        """Carry ``command`` out; ``None`` when it is refused."""
        return self.view.do(command)

    def wake(self, service: ServiceCode, now: datetime) -> None:
        """Tell whoever has been idle longest and serves ``service`` that somebody waits."""
        idle = [clerk for clerk in self.clerks if clerk.idle_since is not None]
        for clerk in sorted(idle, key=lambda each: (each.idle_since, each.counter)):
            if service in self.branch.counter(clerk.counter).services:
                clerk.look(now)
                return

    def wake_all(self, now: datetime) -> None:
        """The plan has changed: let everybody look."""
        for clerk in self.clerks:
            clerk.look(now)

    def needs(self, counter: CounterNumber) -> bool:
        """Whether somebody waits whom nobody would serve when ``counter`` closed now."""
        live = self.view.look()
        others = [
            live.branch.counter(clerk.counter).services
            for clerk in self.clerks
            if clerk.counter != counter and clerk.serves_until is not None
        ]
        return any(
            not any(ticket.leg.service in services for services in others)
            for ticket in live.waiting
            if ticket.leg.service in live.branch.counter(counter).services
        )

    def _arrive(self, visitor: Visitor, now: datetime) -> None:
        if not self._is_served_today(visitor.service):
            self.turned_away += 1
            return
        receipt = self.do(
            IssueTicket(
                service=visitor.service,
                category=visitor.category,
                category_reason=visitor.reason,
                appointment_at=visitor.appointment_at,
                language=visitor.language,
                channel=Channel.KIOSK,
            )
        )
        if receipt is None or receipt.ticket is None:
            self.turned_away += 1
            return
        self.visitors[receipt.ticket] = visitor
        if visitor.patience is not None:
            leaving = LeaveQueue(ticket=receipt.ticket, token=receipt.token)
            self.agenda.add(now + visitor.patience, lambda _now: self._leave(leaving))
        self.wake(visitor.service, now)

    def _leave(self, leaving: LeaveQueue) -> None:
        self.do(leaving)

    def _is_served_today(self, service: ServiceCode) -> bool:
        return any(
            clerk.serves_until is not None
            and service in self.branch.counter(clerk.counter).services
            for clerk in self.clerks
        )
