"""What happens to desks: signing on, pausing, opening again, closing."""

from dataclasses import replace
from datetime import timedelta

from queueapp.domain import ticket
from queueapp.domain.desk import SENT_FOR, Desk, DeskState
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.operations.commands import CloseDesk, OpenDesk, PauseDesk, SignOn
from queueapp.operations.done import Done
from queueapp.operations.ports import Transaction


def sign_on(transaction: Transaction, command: SignOn) -> Done:
    """Open the counter for a clerk whose PIN was right, or bring them back to their desk.

    A counter that is kept elsewhere for a clerk who was sent for is kept no longer: they are here.
    """
    transaction.branch.counter(command.counter)
    freed = free_kept_counter(transaction, command.staff, besides=command.counter)
    desk = transaction.desk(command.counter)
    if desk.staff != command.staff:
        require_closed(transaction, desk)
    if desk.state is DeskState.CLOSED or desk.reason == SENT_FOR:
        transaction.save_desk(
            Desk(
                counter=command.counter,
                state=DeskState.OPEN,
                staff=command.staff,
                since=transaction.now,
            )
        )
    return Done(
        ticket=transaction.in_hand(command.counter), facts={} if freed is None else {"freed": freed}
    )


def free_kept_counter(
    transaction: Transaction, staff: StaffCode, *, besides: CounterNumber
) -> CounterNumber | None:
    """Keep a counter no longer for ``staff``, who was sent for, unless it is ``besides``.

    It is freed before they come to another: nobody is at two desks at any moment. Refused where
    they are signed on.
    """
    elsewhere = transaction.desk_of(staff)
    if elsewhere is None or elsewhere.counter == besides:
        return None
    if elsewhere.reason != SENT_FOR or transaction.in_hand(elsewhere.counter) is not None:
        raise Refused(
            Reason.STAFF_ELSEWHERE,
            staff=transaction.staff(staff).name,
            counter=elsewhere.counter,
        )
    transaction.save_desk(Desk(counter=elsewhere.counter, since=transaction.now))
    return elsewhere.counter


def require_closed(transaction: Transaction, desk: Desk) -> None:
    """Refuse while somebody is at ``desk``, or is on the way there."""
    if desk.staff is None:
        return
    raise Refused(
        Reason.COUNTER_KEPT if desk.reason == SENT_FOR else Reason.COUNTER_TAKEN,
        counter=desk.counter,
        staff=transaction.staff(desk.staff).name,
    )


def open_desk(transaction: Transaction, command: OpenDesk) -> Done:
    """End a pause; nobody but the clerk who was sent for opens the counter that is kept for them.

    Open without a clerk, it would be counted on, and calls nobody.
    """
    desk = _signed_on(transaction, command)
    if desk.reason == SENT_FOR and desk.staff != command.staff:
        require_closed(transaction, desk)
    if desk.state is DeskState.OPEN:
        raise Refused(Reason.DESK_ALREADY_OPEN, counter=command.counter)
    transaction.save_desk(
        replace(desk, state=DeskState.OPEN, since=transaction.now, reason="", expected_end=None)
    )
    return Done()


def pause_desk(transaction: Transaction, command: PauseDesk) -> Done:
    """Call nobody to this desk for a while; a customer in hand stays in hand."""
    desk = _signed_on(transaction, command)
    if desk.state is DeskState.PAUSED:
        raise Refused(Reason.DESK_ALREADY_PAUSED, counter=command.counter)
    transaction.save_desk(
        replace(
            desk,
            state=DeskState.PAUSED,
            since=transaction.now,
            reason=command.reason,
            expected_end=transaction.now + timedelta(minutes=command.minutes),
        )
    )
    return Done(facts={"reason": command.reason, "minutes": command.minutes})


def close_desk(transaction: Transaction, command: CloseDesk) -> Done:
    """Sign off; whoever is in hand must be finished first.

    A supervisor who closes somebody else's desk need not wait for that clerk, who may have gone
    home: the customer in hand goes on hold, from where any desk takes them back.
    """
    desk = _signed_on(transaction, command)
    in_hand = transaction.in_hand(command.counter)
    if in_hand is not None and desk.staff == command.staff:
        raise Refused(Reason.TICKET_IN_HAND, ticket=in_hand.label, counter=command.counter)
    held = None
    if in_hand is not None:
        held = ticket.hold(in_hand, at=transaction.now)
        transaction.save_ticket(in_hand, held)
    transaction.save_desk(Desk(counter=command.counter, since=transaction.now))
    return Done(ticket=held, facts={"staff": desk.staff})


def _signed_on(transaction: Transaction, command: OpenDesk | PauseDesk | CloseDesk) -> Desk:
    desk = transaction.desk(command.counter)
    if desk.state is DeskState.CLOSED:
        raise Refused(Reason.DESK_CLOSED, counter=command.counter)
    return desk
