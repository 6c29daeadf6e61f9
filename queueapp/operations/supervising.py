"""What a supervisor does: move tickets, open and close services, change counters."""

from dataclasses import replace
from datetime import timedelta

from queueapp.domain import ticket
from queueapp.domain.branch import BreakMove
from queueapp.domain.desk import SENT_FOR, Desk, DeskState
from queueapp.domain.hours import is_planned_break, may_move_break
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.remote import are_remote_paused
from queueapp.domain.staff import Permission
from queueapp.domain.ticket import IN_HAND
from queueapp.operations.commands import (
    CancelTicket,
    MovePlannedBreak,
    MoveTicket,
    PauseRemoteTickets,
    ResumeRemoteTickets,
    SendForClerk,
    SetCounterServices,
    SetServiceOpen,
)
from queueapp.operations.desks import free_kept_counter, require_closed
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


def pause_remote_tickets(transaction: Transaction, command: PauseRemoteTickets) -> Done:
    """Give tickets for a service in the hall only; who has one already keeps it."""
    branch, now = transaction.branch, transaction.now
    service = branch.offered_service(command.service)
    if not are_remote_paused(branch, service, now):
        transaction.save_branch(branch.with_service(replace(service, remote_paused_at=now)))
    return Done(facts={"service": command.service})


def resume_remote_tickets(transaction: Transaction, command: ResumeRemoteTickets) -> Done:
    """Give tickets for a service by phone and through other systems again."""
    service = transaction.branch.offered_service(command.service)
    transaction.save_branch(
        transaction.branch.with_service(replace(service, remote_paused_at=None))
    )
    return Done(facts={"service": command.service})


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


def send_for_clerk(transaction: Transaction, command: SendForClerk) -> Done:
    """Keep a closed counter for a clerk who is on the way: paused until they sign on there.

    A clerk who was on the way to another counter comes to this one instead.
    """
    transaction.branch.counter(command.counter)
    require_closed(transaction, transaction.desk(command.counter))
    transaction.staff(command.clerk).require(Permission.SERVE)
    freed = free_kept_counter(transaction, command.clerk, besides=command.counter)
    transaction.save_desk(
        Desk(
            counter=command.counter,
            state=DeskState.PAUSED,
            staff=command.clerk,
            since=transaction.now,
            reason=SENT_FOR,
            expected_end=transaction.now + timedelta(minutes=command.minutes),
        )
    )
    return Done(facts={"counter": command.counter, "clerk": command.clerk, "freed": freed})


def move_planned_break(transaction: Transaction, command: MovePlannedBreak) -> Done:
    """Plan a break of today at another time; the roster of other days stays as it is."""
    branch = transaction.branch
    today = branch.day(transaction.now)
    counter = branch.counter(command.counter)
    move = BreakMove(
        day=today, counter=counter.number, planned=command.planned, starts=command.starts
    )
    if not is_planned_break(branch, move):
        raise Refused(
            Reason.BREAK_UNKNOWN,
            counter=counter.number,
            planned=command.planned.isoformat("minutes"),
        )
    if not may_move_break(branch, move, transaction.now):
        raise Refused(Reason.BREAK_IMPOSSIBLE)
    of_today = tuple(each for each in branch.break_moves if each.day == today)
    transaction.save_branch(replace(branch, break_moves=of_today).with_break_move(move))
    return Done(
        facts={"counter": counter.number, "break": f"{command.planned} -> {command.starts}"}
    )
