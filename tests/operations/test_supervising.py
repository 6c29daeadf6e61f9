"""What a supervisor does: move and cancel tickets, open and close services, change counters."""

from queueapp.domain.refusal import Reason
from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.operations import commands as c
from tests.domain.samples import (
    BILLS,
    COMPLAINTS,
    FIRST,
    LINES,
    MINA,
    REZA,
    SARA,
    SECOND,
    THIRD,
    at,
)
from tests.operations.office import AtDesk, Office

SARAS = AtDesk(staff=SARA, counter=FIRST)


def test_a_waiting_ticket_is_moved_with_its_place(office: Office) -> None:
    issued = office.issue(COMPLAINTS)
    office.later(minutes=3)
    office.issue(LINES)
    assert issued.ticket is not None
    office.do(c.MoveTicket(staff=MINA, ticket=issued.ticket, to_service=LINES))
    assert office.leg(issued).accrues_from == at(0)
    assert office.call().ticket == issued.ticket


def test_a_held_ticket_is_sent_to_one_counter(office: Office) -> None:
    office.sign_on(REZA, THIRD)
    issued = office.issue()
    office.serve()
    office.do(c.Hold(**SARAS))
    assert issued.ticket is not None
    office.do(c.MoveTicket(staff=MINA, ticket=issued.ticket, to_counter=THIRD))
    assert office.call(REZA, THIRD).ticket == issued.ticket


def test_a_ticket_in_hand_or_finished_is_not_moved(office: Office) -> None:
    issued = office.issue()
    assert issued.ticket is not None
    move = c.MoveTicket(staff=MINA, ticket=issued.ticket, to_service=LINES)
    office.call()
    with office.refuses(Reason.TICKET_AT_ANOTHER_COUNTER):
        office.do(move)
    office.start()
    office.finish()
    with office.refuses(Reason.TICKET_FINISHED):
        office.do(move)


def test_a_ticket_is_moved_to_a_place_that_exists(office: Office) -> None:
    issued = office.issue()
    assert issued.ticket is not None
    with office.refuses(Reason.SERVICE_SAME):
        office.do(c.MoveTicket(staff=MINA, ticket=issued.ticket, to_service=BILLS))
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.do(c.MoveTicket(staff=MINA, ticket=issued.ticket, to_service=ServiceCode("Z")))
    with office.refuses(Reason.COUNTER_UNKNOWN):
        office.do(c.MoveTicket(staff=MINA, ticket=issued.ticket, to_counter=CounterNumber(9)))


def test_who_was_sent_to_one_counter_can_go_back_to_the_line_of_all(office: Office) -> None:
    issued = office.issue()
    assert issued.ticket is not None
    office.do(c.MoveTicket(staff=MINA, ticket=issued.ticket, to_counter=SECOND))
    with office.refuses(Reason.NOBODY_WAITING):
        office.call()
    office.do(c.MoveTicket(staff=MINA, ticket=issued.ticket))
    assert office.call().ticket == issued.ticket


def test_a_supervisor_closes_the_ticket_of_somebody_who_left(office: Office) -> None:
    issued = office.issue()
    assert issued.ticket is not None
    cancel = c.CancelTicket(staff=MINA, ticket=issued.ticket)
    office.do(cancel)
    assert office.leg(issued).outcome is Outcome.CANCELLED
    office.do(c.Reinstate(staff=SARA, ticket=issued.ticket))
    office.serve()
    with office.refuses(Reason.TICKET_ALREADY_STARTED):
        office.do(c.CancelTicket(staff=MINA, ticket=issued.ticket))


def test_who_waits_for_a_closed_service_is_still_served(office: Office) -> None:
    issued = office.issue()
    office.do(c.SetServiceOpen(staff=MINA, service=BILLS, is_open=False))
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.do(c.SetServiceOpen(staff=MINA, service=ServiceCode("Z"), is_open=False))
    assert office.call().ticket == issued.ticket


def test_a_counter_serves_what_the_supervisor_says(office: Office) -> None:
    office.issue(BILLS)
    complaint = office.issue(COMPLAINTS)
    office.do(c.SetCounterServices(staff=MINA, counter=FIRST, services=(COMPLAINTS, COMPLAINTS)))
    assert office.live.branch.counter(FIRST).services == (COMPLAINTS,)
    assert office.call().ticket == complaint.ticket
    office.do(c.NoShow(**SARAS))
    with office.refuses(Reason.NOBODY_WAITING):
        office.call()


def test_a_counter_serves_something_that_exists(office: Office) -> None:
    with office.refuses(Reason.COUNTER_NEEDS_SERVICE):
        office.do(c.SetCounterServices(staff=MINA, counter=FIRST, services=()))
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.do(
            c.SetCounterServices(staff=MINA, counter=SECOND, services=(BILLS, ServiceCode("Z")))
        )
    with office.refuses(Reason.COUNTER_UNKNOWN):
        office.do(c.SetCounterServices(staff=MINA, counter=CounterNumber(9), services=(BILLS,)))


def test_a_supervisor_may_serve_at_a_free_counter(office: Office) -> None:
    issued = office.issue()
    office.sign_on(MINA, SECOND)
    office.serve(MINA, SECOND)
    assert office.leg(issued).state is LegState.SERVING
    assert office.leg(issued).staff == MINA
