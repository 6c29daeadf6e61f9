"""What customers do: take a ticket, give it up, rate."""

import secrets
from datetime import datetime

from uuid_utils.compat import uuid7

from queueapp.domain import letting_pass, rating, ticket
from queueapp.domain.branch import Category
from queueapp.domain.estimate import Estimate
from queueapp.domain.hours import is_service_open, why_closed
from queueapp.domain.live import arriving_forecast, candidate_of
from queueapp.domain.numbering import arrival_behind
from queueapp.domain.printing import Print
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.remote import REMOTE, are_remote_paused
from queueapp.domain.ticket import Leg, LegState, Promise, Ticket
from queueapp.domain.words import TicketId
from queueapp.operations.commands import (
    IssueTicket,
    LeaveQueue,
    LetPass,
    RateService,
    TakePlaceBack,
)
from queueapp.operations.done import Done
from queueapp.operations.ports import Transaction

TOKEN_BYTES = 12
"""96 random bits: nobody guesses another customer's ticket."""


def issue_ticket(transaction: Transaction, command: IssueTicket) -> Done:
    """A number for whoever comes while the service takes customers and has room."""
    branch, now = transaction.branch, transaction.now
    service = branch.offered_service(command.service)
    if not is_service_open(branch, service, now):
        raise why_closed(branch, service, now)
    if command.channel in REMOTE and are_remote_paused(branch, service, now):
        raise Refused(Reason.REMOTE_PAUSED, service=service.name)
    _check_category(branch.category(command.category), command)
    if service.capacity is not None and transaction.count_waiting(service.code) >= service.capacity:
        raise Refused(Reason.SERVICE_FULL, service=service.name)
    return give_number(transaction, command)


def give_number(transaction: Transaction, command: IssueTicket) -> Done:
    """Give the next number of the service's letter, with the promise that was on show.

    Whoever calls this has looked whether the service may take somebody.
    """
    branch, now = transaction.branch, transaction.now
    service, category = branch.service(command.service), branch.category(command.category)
    day = branch.day(now)
    place = command.appointment_at if category.by_appointment else None
    not_before = _not_before(transaction, command)
    number, before = transaction.next_number(day, service.code)
    arrived_at = arrival_behind(before, now)
    issued = Ticket(
        id=TicketId(uuid7()),
        day=day,
        letter=service.code,
        number=number,
        category_reason=command.category_reason,
        appointment_at=place,
        language=command.language,
        channel=command.channel,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        arrived_at=arrived_at,
        legs=(
            Leg(
                ordinal=1,
                service=service.code,
                category=category.code,
                state=LegState.WAITING,
                accrues_from=place or arrived_at,
                waiting_since=now,
                not_before=not_before,
                promise=_promise(transaction, command, max(now, place or now, not_before or now)),
            ),
        ),
    )
    transaction.add_ticket(issued)
    if command.printer is not None:
        transaction.printing.add(
            Print(ticket=issued.id, ordinal=1, printer=command.printer, asked_at=now)
        )
    return Done(ticket=issued, token=issued.token)


def leave_queue(transaction: Transaction, command: LeaveQueue) -> Done:
    """Cancel a ticket for whoever holds its token."""
    before = _own_ticket(transaction, command)
    after = ticket.cancel(before, at=transaction.now)
    transaction.save_ticket(before, after)
    return Done(ticket=after)


def let_pass(transaction: Transaction, command: LetPass) -> Done:
    """Move a ticket right behind the next few people of its line."""
    before = _own_ticket(transaction, command)
    if before.leg.state is not LegState.WAITING:
        raise Refused(Reason.TICKET_NOT_WAITING, ticket=before.label)
    place = letting_pass.place_after(
        transaction.branch,
        candidate_of(before),
        [
            candidate_of(other)
            for other in transaction.unfinished()
            if other.leg.state is LegState.WAITING and other.leg.service == before.leg.service
        ],
        command.count,
        transaction.now,
    )
    after = letting_pass.let_pass(before, to=place)
    transaction.save_ticket(before, after)
    return Done(ticket=after, facts={"count": command.count})


def take_place_back(transaction: Transaction, command: TakePlaceBack) -> Done:
    """Undo every letting pass of a ticket that still waits."""
    before = _own_ticket(transaction, command)
    after = letting_pass.take_place_back(before)
    transaction.save_ticket(before, after)
    return Done(ticket=after)


def rate_service(transaction: Transaction, command: RateService) -> Done:
    """Bind one rating to the last served leg; a second tap soon after changes it."""
    rated = transaction.ticket(command.ticket)
    given = rating.rate(
        rated,
        score=command.score,
        reason=command.reason,
        channel=command.channel,
        at=transaction.now,
        earlier=transaction.rating(rated.id, rating.rateable_leg(rated)),
    )
    transaction.save_rating(given)
    typed = rating.customer_words(given, command.word, command.contact, transaction.now)
    if typed is not None:
        transaction.access.save_words(typed)
    return Done(
        ticket=rated,
        facts={"score": given.score, "reason": given.reason and given.reason.value},
    )


def _check_category(category: Category, command: IssueTicket) -> None:
    if category.needs_reason and not command.category_reason:
        raise Refused(Reason.CATEGORY_NEEDS_REASON)
    if category.by_appointment and command.appointment_at is None:
        raise Refused(Reason.APPOINTMENT_NEEDS_SLOT)


def _own_ticket(transaction: Transaction, command: LeaveQueue | LetPass | TakePlaceBack) -> Ticket:
    """The ticket, for whoever holds its token; to anybody else there is none."""
    found = transaction.ticket(command.ticket)
    # A token may be any text that somebody sent: also letters that UTF-8 does not have.
    sent = command.token.encode("utf-8", "surrogatepass")
    if not secrets.compare_digest(found.token.encode(), sent):
        raise Refused(Reason.TICKET_UNKNOWN, ticket=found.label)
    return found


def _not_before(transaction: Transaction, command: IssueTicket) -> datetime | None:
    distance = transaction.branch.phone.distance
    return transaction.now + distance if command.from_afar and distance else None


def _promise(transaction: Transaction, command: IssueTicket, due: datetime) -> Promise | None:
    """What is on show for who arrives now; nobody is promised a call before their ``due`` time.

    Whoever is early for an appointment may be called before it, and nothing on show says when.
    """
    forecast = arriving_forecast(
        transaction.estimates(), command.service, command.category, transaction.now
    )
    if not isinstance(forecast, Estimate):
        return None
    if command.appointment_at is not None and due > transaction.now:
        return None
    least = (due - transaction.now).total_seconds()
    return Promise(
        p10=max(forecast.p10, least),
        p50=max(forecast.p50, least),
        p80=max(forecast.p80, least),
        p90=max(forecast.p90, least),
        made_at=transaction.now,
    )
