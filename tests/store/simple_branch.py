"""What a branch ought to do, told as simply as can be: the model of the state machine."""

from dataclasses import dataclass, field

from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import IN_HAND, UNFINISHED, LegState, Outcome
from queueapp.domain.words import CounterNumber, ServiceCode, StaffCode, TicketId
from tests.domain.samples import a_branch

SERVED_AT = {counter.number: counter.services for counter in a_branch().counters}


@dataclass
class Customer:
    """Where one ticket stands."""

    service: ServiceCode
    state: LegState = LegState.WAITING
    at: CounterNumber | None = None
    """The counter where it is, or was last, in hand."""
    sent_to: CounterNumber | None = None
    outcome: Outcome | None = None

    def moves(self, state: LegState, at: CounterNumber | None = None) -> None:
        """Go on; what was true of the state before is so no longer."""
        self.state, self.outcome = state, None
        self.at = at or self.at

    def ends(self, outcome: Outcome) -> None:
        """The end of the visit, for now."""
        self.state, self.outcome = LegState.ENDED, outcome

    def may_go_to(self, service: ServiceCode, counter: CounterNumber | None) -> bool:
        """To another line: also from one counter's to that of all."""
        return counter is not None or self.sent_to is not None or service != self.service

    def waits(self, service: ServiceCode, sent_to: CounterNumber | None = None) -> None:
        """Wait, perhaps once more."""
        self.service, self.sent_to, self.outcome = service, sent_to, None
        self.state, self.at = LegState.WAITING, None


@dataclass
class SimpleBranch:
    """Who is where."""

    customers: dict[TicketId, Customer] = field(default_factory=dict)
    clerks: dict[CounterNumber, StaffCode] = field(default_factory=dict)
    paused: set[CounterNumber] = field(default_factory=set)
    closed: set[ServiceCode] = field(default_factory=set)

    def in_hand(self, counter: CounterNumber) -> TicketId | None:
        for ticket, customer in self.customers.items():
            if customer.state in IN_HAND and customer.at == counter:
                return ticket
        return None

    def busy(self) -> dict[CounterNumber, TicketId]:
        """Every desk that has somebody in hand, with whom."""
        return {at: ticket for at in self.clerks if (ticket := self.in_hand(at))}

    def may_sign_on(self, staff: StaffCode, counter: CounterNumber) -> bool:
        elsewhere = [at for at, clerk in self.clerks.items() if clerk == staff and at != counter]
        return not elsewhere and self.clerks.get(counter, staff) == staff

    def is_free(self, counter: CounterNumber) -> bool:
        return counter not in self.paused and self.in_hand(counter) is None

    def callable_at(self, counter: CounterNumber) -> set[TicketId]:
        return {
            ticket
            for ticket, customer in self.customers.items()
            if customer.state is LegState.WAITING
            and (
                customer.sent_to == counter
                or (customer.sent_to is None and customer.service in SERVED_AT[counter])
            )
        }

    def start_day(self) -> None:
        """Only who is being served is still there in the morning, and their clerk."""
        self.customers = {
            ticket: customer
            for ticket, customer in self.customers.items()
            if customer.state is LegState.SERVING
        }
        self.clerks = {at: clerk for at, clerk in self.clerks.items() if self.in_hand(at)}
        self.paused &= self.clerks.keys()

    def look_again(self, ticket: TicketId, live: LiveBranch) -> None:
        """Take over what an undo made of a ticket."""
        leg = live.ticket(ticket).leg
        self.customers[ticket] = Customer(
            leg.service, leg.state, leg.counter, leg.for_counter, leg.outcome
        )

    def told(self) -> dict[TicketId, tuple[object, ...]]:
        """Every customer as a picture must show them."""
        return {
            ticket: (customer.state, customer.service, customer.outcome, customer.sent_to)
            for ticket, customer in self.customers.items()
        }

    def desks(self) -> dict[CounterNumber, tuple[StaffCode, bool]]:
        return {at: (clerk, at in self.paused) for at, clerk in self.clerks.items()}


def seen(live: LiveBranch) -> dict[TicketId, tuple[object, ...]]:
    """Every customer as a picture shows them."""
    return {
        ticket.id: (
            ticket.leg.state,
            ticket.leg.service,
            ticket.leg.outcome,
            ticket.leg.for_counter,
        )
        for ticket in live.tickets.values()
        if ticket.day == live.day or ticket.leg.state in UNFINISHED
    }
