"""What a supervisor does: move tickets, open and close services, change counters."""

from dataclasses import replace

from queueapp.domain import ticket
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import IN_HAND
from queueapp.operations.commands import (
    CancelTicket,
    MoveTicket,
    SetCounterServices,
    SetServiceOpen,
)
from queueapp.operations.done import Done
from queueapp.operations.ports import Transaction
from queueapp.operations.serving import send_on


def move_ticket(transaction: Transaction, command: MoveTicket) -> Done:
    """Send a ticket that nobody has in hand elsewhere, number and place kept."""
    before = transaction.ticket(command.ticket)
    if before.leg.state in IN_HAND:
        raise Refused(
            Reason.TICKET_AT_ANOTHER_COUNTER, ticket=before.label, counter=before.leg.counter
        )
    return send_on(transaction, before, command.to_service, command.to_counter)


def cancel_ticket(transaction: Transaction, command: CancelTicket) -> Done:
    """Close the ticket of somebody who left."""
    before = transaction.ticket(command.ticket)
    after = ticket.cancel(before, at=transaction.now)
    transaction.save_ticket(before, after)
    return Done(ticket=after)


def set_service_open(transaction: Transaction, command: SetServiceOpen) -> Done:
    """Open or close a service; who waits already is still served."""
    service = transaction.branch.offered_service(command.service)
    transaction.save_branch(
        transaction.branch.with_service(replace(service, is_open=command.is_open))
    )
    return Done(facts={"service": command.service, "is_open": command.is_open})


def set_counter_services(transaction: Transaction, command: SetCounterServices) -> Done:
    """Change what a counter serves, best first."""
    counter = transaction.branch.counter(command.counter)
    if not command.services:
        raise Refused(Reason.COUNTER_NEEDS_SERVICE, counter=counter.number)
    for code in command.services:
        transaction.branch.offered_service(code)
    changed = replace(counter, services=tuple(dict.fromkeys(command.services)))
    transaction.save_branch(transaction.branch.with_counter(changed))
    return Done(facts={"services": " ".join(changed.services)})
