"""Simulated customers: they come, take a ticket, sometimes give up, and rate."""

from datetime import datetime

from queueapp.domain.appointment import takes_appointments
from queueapp.domain.branch import Branch, Category, Service
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import BAD_SCORE
from queueapp.domain.ticket import Channel, Outcome, Ticket
from queueapp.domain.words import CounterNumber, TicketId
from queueapp.operations.commands import IssueTicket, LeaveQueue, RateService
from queueapp.operations.ports import Receipt
from queueapp.simulator.agenda import Agenda
from queueapp.simulator.behaviour import CustomerBehaviour
from queueapp.simulator.branch_view import BranchView
from queueapp.simulator.crowd import slot_after
from queueapp.simulator.luck import Luck


class Customers:
    """Everybody who comes for one service."""

    def __init__(
        self,
        service: Service,
        *,
        per_hour: float,
        behaviour: CustomerBehaviour,
        view: BranchView,
        agenda: Agenda,
        luck: Luck,
    ) -> None:
        self._service = service.code
        self._per_hour = per_hour * behaviour.rush
        self._behaviour = behaviour
        self._view = view
        self._agenda = agenda
        self._luck = luck

    def expect(self, now: datetime) -> None:
        """Put the next one on the agenda."""
        self._agenda.add(now + self._luck.until_next(self._per_hour), self._arrive)

    def _arrive(self, now: datetime) -> None:
        live = self._view.look()
        if self._comes_in(live):
            self._take_ticket(live.branch, now)
        self.expect(now)

    def _comes_in(self, live: LiveBranch) -> bool:
        customers, waiting = self._behaviour, len(live.waiting)
        room = customers.waiting_at_most - waiting
        wanted = room / (customers.waiting_at_most - customers.waiting)
        # Drawn even when the answer is known, so that later draws do not depend on it.
        comes = self._luck.happens(wanted / customers.rush)
        counters = len(live.branch.counters_serving(self._service))
        line = len(live.waiting_for(self._service))
        return comes and line < customers.in_line_at_most * counters

    def _take_ticket(self, branch: Branch, now: datetime) -> None:
        category = self._category(branch)
        receipt = self._view.do(
            IssueTicket(
                service=self._service,
                category=category.code,
                category_reason=self._reason(branch, category),
                appointment_at=slot_after(now, self._behaviour.early * self._luck.share())
                if category.by_appointment
                else None,
                language=self._luck.usually_first(branch.languages, self._behaviour.first_language),
                channel=Channel.KIOSK,
            )
        )
        if receipt is not None and self._luck.happens(self._behaviour.gives_up):
            self._agenda.add(
                now + self._luck.duration(self._behaviour.gives_up_after),
                lambda _now: self._leave(receipt),
            )

    def _category(self, branch: Branch) -> Category:
        priority = [c for c in branch.categories if c.reasons]
        appointment = [c for c in branch.categories if c.by_appointment]
        if takes_appointments(branch):  # then whoever has one has booked it
            appointment = []
        draw = self._luck.share()
        if appointment and draw < self._behaviour.appointment:
            return appointment[0]
        if priority and draw > 1 - self._behaviour.priority:
            return self._luck.one_of(priority)
        return branch.usual_category

    def _reason(self, branch: Branch, category: Category) -> str:
        if not category.reasons:
            return ""
        return self._luck.one_of(category.reasons).in_language(branch.languages[0])

    def _leave(self, receipt: Receipt) -> None:
        if receipt.ticket is not None:
            self._view.do(LeaveQueue(ticket=receipt.ticket, token=receipt.token))


class Raters:
    """Customers whom a counter has just served."""

    def __init__(
        self, behaviour: CustomerBehaviour, view: BranchView, agenda: Agenda, luck: Luck
    ) -> None:
        self._behaviour = behaviour
        self._view = view
        self._agenda = agenda
        self._luck = luck

    def ask(self, ticket: TicketId, counter: CounterNumber, now: datetime) -> None:
        """Show the faces of ``counter`` to a customer who was served there."""
        if self._luck.happens(self._behaviour.rates):
            thought_over = now + self._luck.duration(self._behaviour.thinks)
            self._agenda.add(thought_over, lambda _now: self._rate(ticket, counter))

    def _rate(self, ticket: TicketId, counter: CounterNumber) -> None:
        live = self._view.look()
        served = live.tickets.get(ticket)
        if served is None:
            return
        late = _waited_too_long(live, served, counter)
        weights = self._behaviour.scores_late if late else self._behaviour.scores
        score = 1 + self._luck.weighted(weights)
        complains = score <= BAD_SCORE and self._luck.happens(self._behaviour.complains)
        self._view.do(
            RateService(
                ticket=ticket,
                score=score,
                reason=self._luck.one_of(self._behaviour.complaints) if complains else None,
                channel=Channel.COUNTER,
            )
        )


def _waited_too_long(live: LiveBranch, ticket: Ticket, counter: CounterNumber) -> bool:
    for leg in reversed(ticket.legs):
        if leg.outcome is Outcome.SERVED and leg.counter == counter and leg.called_at:
            return leg.called_at - leg.counts_from > live.branch.service(leg.service).target
    return False
