"""What a clerk does with customers: call, start, finish, hold, send on, take back."""

import pytest

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.routing import PickReason
from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import CounterNumber, OutcomeCode, ServiceCode, TicketId
from queueapp.operations import commands as c
from queueapp.operations.ports import Receipt
from tests.domain.samples import (
    BILLS,
    COMPLAINTS,
    DONE,
    FIRST,
    LINES,
    PRIORITY,
    REZA,
    SARA,
    SECOND,
    THIRD,
    a_branch,
    a_counter,
    a_ticket_id,
    at,
)
from tests.operations.office import AtDesk, Office

SARAS = AtDesk(staff=SARA, counter=FIRST)
REZAS = AtDesk(staff=REZA, counter=SECOND)


def id_of(issued: Receipt) -> TicketId:
    assert issued.ticket is not None
    return issued.ticket


# -- calling --------------------------------------------------------------------------------------


def test_the_longest_waiting_is_called_and_the_receipt_says_why(office: Office) -> None:
    first = office.issue()
    office.later(minutes=4)
    office.issue()
    office.later(minutes=1)
    called = office.call()
    assert (called.ticket, called.label) == (first.ticket, "A001")
    assert (called.reason, called.percent) == (PickReason.TARGET_USED, 50)
    leg = office.leg(first)
    assert (leg.state, leg.called_at, leg.counter, leg.staff) == (
        LegState.CALLED,
        at(5),
        FIRST,
        SARA,
    )


def test_a_counter_calls_only_whom_it_serves(office: Office) -> None:
    office.issue(COMPLAINTS)
    with office.refuses(Reason.NOBODY_WAITING):
        office.call()
    line = office.issue(LINES)
    assert office.call().ticket == line.ticket


def test_one_customer_at_a_time(office: Office) -> None:
    office.issue()
    waiting = office.issue()
    office.call()
    with office.refuses(Reason.TICKET_IN_HAND):
        office.call()
    with office.refuses(Reason.TICKET_IN_HAND):
        office.do(c.CallTicket(**SARAS, ticket=id_of(waiting)))


def test_the_most_urgent_of_all_lines_is_called_at_each_counter(office: Office) -> None:
    office.sign_on(REZA, SECOND)
    bill = office.issue(BILLS)
    line = office.issue(LINES)
    elderly = office.issue(LINES, PRIORITY, category_reason="Elderly")
    office.later(minutes=6)
    assert office.call(REZA, SECOND).ticket == elderly.ticket
    assert office.call().ticket == bill.ticket
    office.do(c.NoShow(**SARAS))
    assert office.call().ticket == line.ticket


def test_a_clerk_takes_a_chosen_ticket_whatever_the_counter_serves(office: Office) -> None:
    office.issue()
    angry = office.issue(COMPLAINTS)
    taken = office.do(c.CallTicket(**SARAS, ticket=id_of(angry)))
    assert (taken.ticket, taken.reason) == (angry.ticket, PickReason.BY_HAND)


def test_a_ticket_is_not_taken_from_another_desk_nor_when_it_is_finished(office: Office) -> None:
    office.sign_on(REZA, SECOND)
    issued = office.issue()
    office.serve()
    with office.refuses(Reason.TICKET_AT_ANOTHER_COUNTER):
        office.do(c.CallTicket(**REZAS, ticket=id_of(issued)))
    office.finish()
    with office.refuses(Reason.TICKET_NOT_WAITING):
        office.do(c.CallTicket(**REZAS, ticket=id_of(issued)))
    with office.refuses(Reason.TICKET_UNKNOWN):
        office.do(c.CallTicket(**REZAS, ticket=a_ticket_id(at(0), BILLS, 9)))


def test_a_recall_counts_and_leaves_the_times_alone(office: Office) -> None:
    issued = office.issue()
    with office.refuses(Reason.TICKET_NOT_IN_HAND):
        office.do(c.Recall(**SARAS))
    office.call()
    office.later(seconds=20)
    office.do(c.Recall(**SARAS))
    assert (office.leg(issued).recalls, office.leg(issued).called_at) == (1, at(0))
    office.start()
    with office.refuses(Reason.TICKET_ALREADY_STARTED):
        office.do(c.Recall(**SARAS))


def test_a_branch_may_let_call_and_start_be_one_step(office: Office) -> None:
    office.do(c.ApplyBranch(branch=a_branch(call_is_start=True)))
    issued = office.issue()
    office.call()
    leg = office.leg(issued)
    assert (leg.state, leg.called_at, leg.started_at) == (LegState.SERVING, at(0), at(0))
    with office.refuses(Reason.TICKET_ALREADY_STARTED):
        office.start()
    office.finish()
    office.do(c.Undo(**SARAS))
    assert office.leg(issued).state is LegState.SERVING


# -- serving --------------------------------------------------------------------------------------


def test_a_visit_keeps_all_its_times_its_outcome_and_its_note(office: Office) -> None:
    issued = office.issue()
    office.later(minutes=3)
    office.call()
    office.later(minutes=1)
    office.start()
    office.later(minutes=5)
    office.do(c.Finish(**SARAS, outcome_code=DONE, note="paid in cash"))
    leg = office.leg(issued)
    assert (leg.waiting_since, leg.called_at, leg.started_at, leg.ended_at) == (
        at(0),
        at(3),
        at(4),
        at(9),
    )
    assert (leg.outcome, leg.outcome_code, leg.note) == (Outcome.SERVED, DONE, "paid in cash")


def test_nothing_is_started_or_finished_with_empty_hands(office: Office) -> None:
    office.issue()
    for command in (
        c.StartService(**SARAS),
        c.Finish(**SARAS),
        c.Hold(**SARAS),
        c.NoShow(**SARAS),
        c.Transfer(**SARAS, to_service=LINES),
        c.AddService(**SARAS, service=LINES, here=False),
    ):
        with office.refuses(Reason.TICKET_NOT_IN_HAND):
            office.do(command)


def test_a_call_is_not_a_service(office: Office) -> None:
    office.issue()
    office.call()
    with office.refuses(Reason.TICKET_NOT_STARTED):
        office.finish()
    office.start()
    with office.refuses(Reason.TICKET_ALREADY_STARTED):
        office.start()
    with office.refuses(Reason.TICKET_ALREADY_STARTED):
        office.do(c.NoShow(**SARAS))
    with office.refuses(Reason.OUTCOME_UNKNOWN):
        office.do(c.Finish(**SARAS, outcome_code=OutcomeCode("magic")))


# -- holding --------------------------------------------------------------------------------------


def test_a_held_customer_frees_the_desk_and_goes_on_at_another_counter(office: Office) -> None:
    office.sign_on(REZA, SECOND)
    issued = office.issue()
    waiting = office.issue()
    office.serve()
    office.later(minutes=1)
    office.do(c.Hold(**SARAS, note="fetches a copy"))
    assert office.leg(issued).held_at == at(1)
    assert office.call().ticket == waiting.ticket
    with office.refuses(Reason.TICKET_IN_HAND):
        office.do(c.Resume(**SARAS, ticket=id_of(issued)))
    office.do(c.Resume(**REZAS, ticket=id_of(issued)))
    leg = office.leg(issued)
    assert (leg.state, leg.counter, leg.staff) == (LegState.SERVING, SECOND, REZA)
    assert (leg.started_at, leg.held_at, leg.note) == (at(0), None, "fetches a copy")


def test_only_a_held_ticket_is_taken_back(office: Office) -> None:
    waiting = office.issue()
    with office.refuses(Reason.TICKET_NOT_HELD):
        office.do(c.Resume(**SARAS, ticket=id_of(waiting)))


# -- sending on -----------------------------------------------------------------------------------


def test_a_transfer_to_a_service_keeps_number_and_place(office: Office) -> None:
    office.sign_on(REZA, THIRD)
    issued = office.issue()
    office.later(minutes=9)
    later = office.issue(COMPLAINTS)
    office.serve()
    office.do(c.Transfer(**SARAS, to_service=COMPLAINTS, note="wants the boss"))
    moved = office.ticket(issued)
    assert moved.label == "A001"
    assert moved.legs[0].outcome is Outcome.TRANSFERRED
    assert (moved.leg.service, moved.leg.accrues_from, moved.leg.waiting_since) == (
        COMPLAINTS,
        at(0),
        at(9),
    )
    assert office.call(REZA, THIRD).ticket == issued.ticket
    assert office.leg(later).state is LegState.WAITING


def test_a_transfer_to_a_counter_is_called_there_only(office: Office) -> None:
    office.sign_on(REZA, SECOND)
    issued = office.issue()
    office.call()
    office.do(c.Transfer(**SARAS, to_counter=SECOND))
    with office.refuses(Reason.NOBODY_WAITING):
        office.call()
    called = office.call(REZA, SECOND)
    assert (called.ticket, called.reason) == (issued.ticket, PickReason.SENT_HERE)


def test_a_transfer_goes_somewhere_that_exists_and_is_elsewhere(office: Office) -> None:
    office.issue()
    office.serve()
    with office.refuses(Reason.SERVICE_SAME):
        office.do(c.Transfer(**SARAS, to_service=BILLS))
    with office.refuses(Reason.SERVICE_SAME):
        office.do(c.Transfer(**SARAS))
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.do(c.Transfer(**SARAS, to_service=ServiceCode("Z")))
    with office.refuses(Reason.COUNTER_UNKNOWN):
        office.do(c.Transfer(**SARAS, to_counter=CounterNumber(9)))


def test_a_further_service_here_goes_on_at_once(office: Office) -> None:
    issued = office.issue()
    office.serve()
    office.later(minutes=4)
    office.do(c.AddService(**SARAS, service=LINES, here=True))
    ticket = office.ticket(issued)
    assert ticket.legs[0].outcome is Outcome.SERVED
    assert (ticket.leg.state, ticket.leg.service, ticket.leg.started_at) == (
        LegState.SERVING,
        LINES,
        at(4),
    )
    with office.refuses(Reason.SERVICE_NOT_SERVED_HERE):
        office.do(c.AddService(**SARAS, service=COMPLAINTS, here=True))


def test_a_further_service_elsewhere_waits_with_its_place(office: Office) -> None:
    office.sign_on(REZA, THIRD)
    issued = office.issue()
    office.later(minutes=2)
    office.issue(COMPLAINTS)
    office.serve()
    office.do(c.AddService(**SARAS, service=COMPLAINTS, here=False, note="see file"))
    assert office.live.in_hand(FIRST) is None
    assert office.leg(issued).note == "see file"
    assert office.call(REZA, THIRD).ticket == issued.ticket


def test_a_service_is_added_to_somebody_who_is_served(office: Office) -> None:
    office.issue()
    office.call()
    with office.refuses(Reason.TICKET_NOT_STARTED):
        office.do(c.AddService(**SARAS, service=LINES, here=True))


# -- missing and coming back ----------------------------------------------------------------------


def test_who_missed_the_call_comes_back_to_the_same_place(office: Office) -> None:
    missed = office.issue()
    office.later(minutes=1)
    office.issue()
    office.call()
    with office.refuses(Reason.TICKET_NOT_ENDED):
        office.do(c.Reinstate(staff=SARA, ticket=id_of(missed)))
    office.do(c.NoShow(**SARAS))
    assert office.leg(missed).outcome is Outcome.NO_SHOW
    office.later(minutes=1)
    office.do(c.Reinstate(staff=REZA, ticket=id_of(missed)))
    assert office.leg(missed).accrues_from == at(0)
    assert office.call().ticket == missed.ticket


def test_who_was_served_or_came_another_day_is_not_brought_back(office: Office) -> None:
    served = office.issue()
    office.serve()
    office.finish()
    with office.refuses(Reason.TICKET_SERVED):
        office.do(c.Reinstate(staff=SARA, ticket=id_of(served)))
    with office.refuses(Reason.TICKET_NOT_IN_HAND):  # so it is of no use to say so
        office.do(c.AddService(**SARAS, service=LINES, here=True))
    with pytest.raises(Refused, match="a new number for anything more"):
        office.do(c.Reinstate(staff=SARA, ticket=id_of(served)))
    missed = office.issue()
    office.call()
    office.do(c.NoShow(**SARAS))
    office.later(days=1)
    office.issue()
    with office.refuses(Reason.TICKET_UNKNOWN):
        office.do(c.Reinstate(staff=SARA, ticket=id_of(missed)))


def test_nobody_comes_back_into_a_service_that_was_given_up(office: Office) -> None:
    office.sign_on(REZA, THIRD)
    missed = office.issue(COMPLAINTS)
    office.call(REZA, THIRD)
    office.do(c.NoShow(staff=REZA, counter=THIRD))
    plan = a_branch()
    without = a_branch(
        services=plan.services[:2],
        counters=(*plan.counters[:2], a_counter(THIRD, services=(BILLS,))),
    )
    office.do(c.ApplyBranch(branch=without))
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.do(c.Reinstate(staff=SARA, ticket=id_of(missed)))
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.do(c.Undo(staff=REZA, counter=THIRD))
    office.issue()
    office.call()
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.do(c.Transfer(**SARAS, to_service=COMPLAINTS))
