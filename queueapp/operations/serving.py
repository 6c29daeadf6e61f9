"""What a clerk does with customers: call, start, finish, hold, send on, take back."""

from queueapp.domain import routing, ticket
from queueapp.domain.branch import Branch
from queueapp.domain.desk import DeskState
from queueapp.domain.live import candidate_of
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.routing import Pick, PickReason
from queueapp.domain.ticket import IN_HAND, Ticket
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.operations.commands import (
    AddService,
    CallNext,
    CallTicket,
    DeskCommand,
    Finish,
    Hold,
    NoShow,
    Recall,
    Reinstate,
    Resume,
    StartService,
    Transfer,
    Undo,
)
from queueapp.operations.done import Done
from queueapp.operations.ports import Transaction

UNDOABLE = frozenset(
    kind.__name__
    for kind in (
        CallNext,
        CallTicket,
        StartService,
        Finish,
        Hold,
        Resume,
        Transfer,
        AddService,
        NoShow,
    )
)


def call_next(transaction: Transaction, command: CallNext) -> Done:
    """Call whoever is next by the branch's policy."""
    _require_free_desk(transaction, command)
    chosen = routing.pick(
        transaction.branch,
        transaction.branch.counter(command.counter),
        transaction.heads(command.counter),
        transaction.now,
    )
    if chosen is None:
        raise Refused(Reason.NOBODY_WAITING, counter=command.counter)
    return _call(transaction, command, transaction.ticket(chosen.candidate.ticket), chosen)


def call_ticket(transaction: Transaction, command: CallTicket) -> Done:
    """Call the ticket that the clerk chose, whatever this counter serves."""
    _require_free_desk(transaction, command)
    wanted = transaction.ticket(command.ticket)
    candidate = candidate_of(wanted)
    urgency = routing.urgency(transaction.branch, candidate, transaction.now)
    by_hand = Pick(candidate=candidate, urgency=urgency, reason=PickReason.BY_HAND)
    return _call(transaction, command, wanted, by_hand)


def recall(transaction: Transaction, command: Recall) -> Done:
    """Call the customer in hand once more."""
    before = _in_hand(transaction, command.counter)
    return _saved(transaction, before, ticket.recall(before))


def start_service(transaction: Transaction, command: StartService) -> Done:
    """The called customer has come."""
    before = _in_hand(transaction, command.counter)
    return _saved(transaction, before, ticket.start(before, at=transaction.now))


def finish(transaction: Transaction, command: Finish) -> Done:
    """The customer in hand is served."""
    if command.outcome_code is not None:
        transaction.branch.outcome_choice(command.outcome_code)
    before = _in_hand(transaction, command.counter)
    after = ticket.finish(
        before, at=transaction.now, outcome_code=command.outcome_code, note=command.note
    )
    return _saved(transaction, before, after)


def hold(transaction: Transaction, command: Hold) -> Done:
    """Put the customer in hand aside."""
    before = _in_hand(transaction, command.counter)
    return _saved(transaction, before, ticket.hold(before, at=transaction.now, note=command.note))


def resume(transaction: Transaction, command: Resume) -> Done:
    """Take a held ticket back in hand, here."""
    _require_free_desk(transaction, command)
    before = transaction.ticket(command.ticket)
    after = ticket.resume(before, counter=command.counter, staff=command.staff, at=transaction.now)
    return _saved(transaction, before, after)


def transfer(transaction: Transaction, command: Transfer) -> Done:
    """Send the customer in hand on, number and place kept."""
    before = _in_hand(transaction, command.counter)
    return send_on(transaction, before, command.to_service, command.to_counter, note=command.note)


def add_service(transaction: Transaction, command: AddService) -> Done:
    """Finish what was done and go on with a further service on the same ticket."""
    service = transaction.branch.offered_service(command.service)
    counter = transaction.branch.counter(command.counter)
    if command.here and service.code not in counter.services:
        raise Refused(Reason.SERVICE_NOT_SERVED_HERE, counter=counter.number, service=service.name)
    before = _in_hand(transaction, command.counter)
    after = ticket.add_service(
        before,
        service=service.code,
        at=transaction.now,
        here=command.here,
        note=command.note,
    )
    return _saved(transaction, before, after)


def no_show(transaction: Transaction, command: NoShow) -> Done:
    """The called customer did not come."""
    before = _in_hand(transaction, command.counter)
    return _saved(transaction, before, ticket.no_show(before, at=transaction.now))


def reinstate(transaction: Transaction, command: Reinstate) -> Done:
    """Bring a missed or cancelled ticket back, with its place kept."""
    before = transaction.ticket(command.ticket)
    if before.day != transaction.day:
        raise Refused(Reason.TICKET_UNKNOWN, ticket=before.label)
    after = ticket.reinstate(before, at=transaction.now)
    _require_still_offered(transaction.branch, after)
    return _saved(transaction, before, after)


def undo(transaction: Transaction, command: Undo) -> Done:
    """Take back the clerk's last action at this desk.

    Harmless means: the ticket has not moved since, nobody has rated what would be taken back, and
    the desk's hand is free for a ticket that comes back into it.
    """
    last = transaction.last_action(command.counter)
    if last is None or last.kind not in UNDOABLE or last.staff != command.staff:
        raise Refused(Reason.NOTHING_TO_UNDO, counter=command.counter)
    if transaction.branch.day(last.at) != transaction.day:
        raise Refused(Reason.NOTHING_TO_UNDO, counter=command.counter)
    before = transaction.ticket(last.ticket)
    after = ticket.undo(before, before=last.before, after=last.after)
    _require_still_offered(transaction.branch, after)
    if any(transaction.rating(before.id, leg.ordinal) for leg in last.after):
        raise Refused(Reason.UNDO_RATED, ticket=before.label)
    if after.leg.state in IN_HAND:
        _require_empty_hand(transaction, command.counter, apart_from=after)
    return _saved(transaction, before, after)


def send_on(
    transaction: Transaction,
    before: Ticket,
    to_service: ServiceCode | None,
    to_counter: CounterNumber | None,
    note: str = "",
) -> Done:
    """Transfer a ticket after checking that the place it is sent to exists and takes it."""
    service = transaction.branch.offered_service(to_service or before.leg.service)
    if to_counter is not None:
        transaction.branch.counter(to_counter)
    elif service.code == before.leg.service and before.leg.for_counter is None:
        raise Refused(Reason.SERVICE_SAME, ticket=before.label, service=service.name)
    after = ticket.transfer(
        before, at=transaction.now, service=service.code, counter=to_counter, note=note
    )
    return _saved(transaction, before, after)


def _call(
    transaction: Transaction, command: CallNext | CallTicket, before: Ticket, chosen: Pick
) -> Done:
    after = ticket.call(
        before,
        counter=command.counter,
        staff=command.staff,
        at=transaction.now,
        start=transaction.branch.call_is_start,
    )
    transaction.save_ticket(before, after)
    return Done(ticket=after, pick=chosen)


def _saved(transaction: Transaction, before: Ticket, after: Ticket) -> Done:
    transaction.save_ticket(before, after)
    return Done(ticket=after)


def _require_still_offered(branch: Branch, back: Ticket) -> None:
    """Nobody comes back into a line that the branch has given up since: no counter would call."""
    branch.offered_service(back.leg.service)
    branch.category(back.leg.category)
    if back.leg.for_counter is not None:
        branch.counter(back.leg.for_counter)


def _in_hand(transaction: Transaction, counter: CounterNumber) -> Ticket:
    in_hand = transaction.in_hand(counter)
    if in_hand is None:
        raise Refused(Reason.TICKET_NOT_IN_HAND, counter=counter)
    return in_hand


def _require_free_desk(transaction: Transaction, command: DeskCommand) -> None:
    if transaction.desk(command.counter).state is DeskState.PAUSED:
        raise Refused(Reason.DESK_PAUSED, counter=command.counter)
    _require_empty_hand(transaction, command.counter)


def _require_empty_hand(
    transaction: Transaction, counter: CounterNumber, apart_from: Ticket | None = None
) -> None:
    in_hand = transaction.in_hand(counter)
    if in_hand is not None and (apart_from is None or in_hand.id != apart_from.id):
        raise Refused(Reason.TICKET_IN_HAND, ticket=in_hand.label, counter=counter)
