"""What a supervisor does: move and cancel tickets, open and close services, change counters."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from queueapp.domain.branch import Branch, Shift, Span, Weekday
from queueapp.domain.desk import SENT_FOR, Desk, DeskState
from queueapp.domain.hours import shifts_on
from queueapp.domain.refusal import Reason
from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.operations import commands as c
from queueapp.operations.access_commands import ConfirmContact
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
    TODAY,
    a_branch,
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


def test_a_clerk_who_is_sent_for_finds_the_desk_kept_and_opens_it_by_signing_on(
    office: Office,
) -> None:
    office.do(c.SendForClerk(staff=MINA, counter=THIRD, clerk=REZA, minutes=5))
    kept = office.desk(THIRD)
    assert (kept.state, kept.staff, kept.reason) == (DeskState.PAUSED, REZA, SENT_FOR)
    assert kept.expected_end == at(5)
    office.sign_on(REZA, THIRD)
    assert (office.desk(THIRD).state, office.desk(THIRD).reason) == (DeskState.OPEN, "")


def test_a_clerk_who_is_on_the_way_is_sent_to_another_counter_instead(office: Office) -> None:
    office.do(c.SendForClerk(staff=MINA, counter=THIRD, clerk=REZA, minutes=5))
    office.later(minutes=2)
    office.do(c.SendForClerk(staff=MINA, counter=SECOND, clerk=REZA, minutes=5))
    assert office.desk(THIRD) == Desk(counter=THIRD, since=at(2))
    assert (office.desk(SECOND).staff, office.desk(SECOND).expected_end) == (REZA, at(7))
    assert {"counter": SECOND, "clerk": REZA, "freed": THIRD} in office.rows()["event"][-1]
    office.sign_on(REZA, SECOND)
    with office.refuses(Reason.STAFF_ELSEWHERE):
        office.do(c.SendForClerk(staff=MINA, counter=THIRD, clerk=REZA, minutes=5))


def test_a_counter_that_is_kept_for_one_clerk_is_kept_for_no_other_before_it_is_closed(
    office: Office,
) -> None:
    office.do(c.SendForClerk(staff=MINA, counter=THIRD, clerk=REZA, minutes=5))
    with office.refuses(Reason.COUNTER_KEPT):
        office.do(c.SendForClerk(staff=MINA, counter=THIRD, clerk=MINA, minutes=5))
    with office.refuses(Reason.COUNTER_KEPT):
        office.do(c.SendForClerk(staff=MINA, counter=THIRD, clerk=REZA, minutes=5))
    with office.refuses(Reason.COUNTER_KEPT):
        office.sign_on(MINA, THIRD)
    office.do(c.CloseDesk(staff=MINA, counter=THIRD))
    office.do(c.SendForClerk(staff=MINA, counter=THIRD, clerk=MINA, minutes=5))
    assert office.desk(THIRD).staff == MINA


def test_a_counter_does_not_open_before_the_clerk_who_was_sent_for_is_there(
    office: Office,
) -> None:
    office.do(c.SendForClerk(staff=MINA, counter=THIRD, clerk=REZA, minutes=5))
    with office.refuses(Reason.COUNTER_KEPT):
        office.do(c.OpenDesk(staff=MINA, counter=THIRD))
    office.do(c.OpenDesk(staff=REZA, counter=THIRD))
    assert office.desk(THIRD).state is DeskState.OPEN


def test_nobody_is_sent_for_who_is_at_a_desk_or_to_a_desk_that_is_taken(office: Office) -> None:
    with office.refuses(Reason.STAFF_ELSEWHERE):
        office.do(c.SendForClerk(staff=MINA, counter=THIRD, clerk=SARA, minutes=5))
    with office.refuses(Reason.COUNTER_TAKEN):
        office.do(c.SendForClerk(staff=MINA, counter=FIRST, clerk=REZA, minutes=5))
    with office.refuses(Reason.NOT_PERMITTED):
        office.do(c.SendForClerk(staff=REZA, counter=THIRD, clerk=REZA, minutes=5))


def test_the_history_says_who_contacted_a_customer_and_only_a_supervisor_may(
    office: Office,
) -> None:
    issued = office.issue()
    office.serve()
    office.finish()
    office.rate(issued, 1, contact="0912 111")
    assert issued.ticket is not None
    with office.refuses(Reason.NOT_PERMITTED):
        office.do(ConfirmContact(ticket=issued.ticket, ordinal=1, staff=REZA))
    office.do(ConfirmContact(ticket=issued.ticket, ordinal=1, staff=MINA))
    assert {"ConfirmContact", MINA} <= set(map(str, office.rows()["event"][-1]))


def test_a_break_is_moved_today_and_no_other_day(office: Office) -> None:
    pause = Span(starts=time(13), ends=time(13, 30))
    plan = with_break(office, pause)
    moving = c.MovePlannedBreak(staff=MINA, counter=FIRST, planned=time(13), starts=time(13, 40))
    office.do(moving)
    branch = office.live.branch
    [shift] = shifts_on(branch, branch.counter(FIRST), TODAY)
    assert shift.breaks == (Span(starts=time(13, 40), ends=time(14, 10)),)
    next_week = TODAY + timedelta(days=7)
    assert shifts_on(branch, branch.counter(FIRST), next_week) == plan.counter(FIRST).roster


def test_a_break_is_moved_again_by_the_time_that_the_roster_says(office: Office) -> None:
    with_break(office, Span(starts=time(13), ends=time(13, 30)))
    for starts in (time(13, 40), time(14)):
        office.do(c.MovePlannedBreak(staff=MINA, counter=FIRST, planned=time(13), starts=starts))
    assert [move.starts for move in office.live.branch.break_moves] == [time(14)]


@pytest.mark.parametrize(
    "starts",
    [
        pytest.param(time(11), id="it is noon already"),
        pytest.param(time(15, 45), id="past the end of the shift"),
        pytest.param(time(14, 15), id="into the other break"),
    ],
)
def test_a_break_cannot_be_moved_to_where_it_does_not_fit(office: Office, starts: time) -> None:
    first, second = (
        Span(starts=time(13), ends=time(13, 30)),
        Span(starts=time(14, 30), ends=time(15)),
    )
    with_break(office, first, second)
    with office.refuses(Reason.BREAK_IMPOSSIBLE):
        office.do(c.MovePlannedBreak(staff=MINA, counter=FIRST, planned=time(13), starts=starts))


def test_a_break_that_nobody_planned_is_not_moved(office: Office) -> None:
    with office.refuses(Reason.BREAK_UNKNOWN):
        office.do(c.MovePlannedBreak(staff=MINA, counter=FIRST, planned=time(13), starts=time(14)))


def with_break(office: Office, *breaks: Span) -> Branch:
    """The plan with a Tuesday at the first counter from eight to four, with ``breaks``."""
    shift = Shift(weekday=Weekday.TUESDAY, span=Span(starts=time(8), ends=time(16)), breaks=breaks)
    plan = a_branch()
    plan = plan.with_counter(replace(plan.counter(FIRST), roster=(shift,)))
    office.do(c.ApplyBranch(branch=plan))
    return plan
