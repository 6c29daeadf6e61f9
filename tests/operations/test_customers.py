"""What customers do: take a ticket, leave, rate."""

from datetime import time, timedelta

import pytest

from queueapp.domain.branch import OpeningHours, Span, Weekday
from queueapp.domain.holidays import Holiday
from queueapp.domain.rating import RatingReason
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import Channel, LegState, Outcome
from queueapp.domain.words import CategoryCode, Revision, ServiceCode, Text, TicketId
from queueapp.operations.commands import AddService, ApplyBranch, LeaveQueue, SetServiceOpen
from queueapp.operations.ports import Receipt
from tests.domain.samples import (
    APPOINTMENT,
    BILLS,
    COMPLAINTS,
    FIRST,
    LINES,
    MINA,
    PRIORITY,
    SARA,
    TODAY,
    a_branch,
    a_service,
    a_ticket_id,
    at,
)
from tests.operations.office import Office


def leave(issued: Receipt, token: str | None = None) -> LeaveQueue:
    assert issued.ticket is not None
    return LeaveQueue(ticket=issued.ticket, token=issued.token if token is None else token)


def test_numbers_count_up_without_gaps_for_each_letter(office: Office) -> None:
    labels = [office.issue(service).label for service in (BILLS, LINES, BILLS, COMPLAINTS, BILLS)]
    assert labels == ["A001", "B001", "A002", "ش001", "A003"]


def test_a_ticket_waits_from_the_moment_it_was_issued(office: Office) -> None:
    issued = office.issue(channel=Channel.PHONE)
    ticket = office.ticket(issued)
    assert ticket.day == TODAY
    assert ticket.arrived_at == issued.at == at(0)
    assert ticket.token == issued.token
    assert ticket.channel is Channel.PHONE
    assert ticket.leg.state is LegState.WAITING
    assert ticket.leg.accrues_from == at(0)


def test_whoever_comes_after_the_clock_was_put_back_stands_behind_who_came_before(
    office: Office,
) -> None:
    office.issue()
    office.later(minutes=5)
    office.issue()
    office.later(minutes=-4)
    late = office.issue()
    office.later(seconds=1)
    last = office.issue()
    assert [ticket.label for ticket in office.live.waiting_for(BILLS)] == [
        "A001",
        "A002",
        "A003",
        "A004",
    ]
    assert at(5) < office.ticket(late).arrived_at < office.ticket(last).arrived_at < at(5.01)
    assert [office.call().label, office.start().label, office.finish().label] == ["A001"] * 3
    assert office.call().label == "A002"


def test_a_clock_that_was_wrong_by_hours_makes_nobody_wait_for_hours(office: Office) -> None:
    office.later(minutes=180)
    office.issue()
    office.later(minutes=-180)
    assert office.ticket(office.issue()).arrived_at == at(0)


def test_a_service_that_the_branch_does_not_have_is_refused(office: Office) -> None:
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.issue(ServiceCode("Z"))
    with office.refuses(Reason.CATEGORY_UNKNOWN):
        office.issue(category=CategoryCode("nobody"))


def test_a_service_closed_by_hand_takes_nobody_and_its_number_is_not_used_up(
    office: Office,
) -> None:
    office.issue()
    office.do(SetServiceOpen(staff=MINA, service=BILLS, is_open=False))
    with office.refuses(Reason.SERVICE_CLOSED):
        office.issue()
    office.do(SetServiceOpen(staff=MINA, service=BILLS, is_open=True))
    assert office.issue().label == "A002"


def test_a_service_is_closed_outside_its_hours(office: Office) -> None:
    until_one = OpeningHours(
        weekday=Weekday.TUESDAY, span=Span(starts=time(8, 0), ends=time(13, 0))
    )
    office.do(ApplyBranch(branch=a_branch().with_service(a_service(opening=(until_one,)))))
    office.issue()
    office.later(minutes=60)
    with office.refuses(Reason.SERVICE_CLOSED):
        office.issue()


def test_a_full_service_takes_the_next_customer_when_one_was_called(office: Office) -> None:
    office.do(ApplyBranch(branch=a_branch().with_service(a_service(capacity=2))))
    office.issue()
    office.issue()
    with office.refuses(Reason.SERVICE_FULL):
        office.issue()
    with pytest.raises(Refused, match="full for now: please come again a little later"):
        office.issue()
    office.call()
    assert office.issue().label == "A003"


def test_priority_needs_its_reason_and_goes_first(office: Office) -> None:
    office.issue()
    with office.refuses(Reason.CATEGORY_NEEDS_REASON):
        office.issue(category=PRIORITY)
    elderly = office.issue(category=PRIORITY, category_reason="Elderly")
    assert office.ticket(elderly).category_reason == "Elderly"
    assert office.call().ticket == elderly.ticket


def test_an_appointment_needs_its_time_and_counts_from_it(office: Office) -> None:
    with office.refuses(Reason.APPOINTMENT_NEEDS_SLOT):
        office.issue(category=APPOINTMENT)
    booked = office.issue(category=APPOINTMENT, appointment_at=at(30))
    walk_in = office.issue()
    assert office.leg(booked).accrues_from == at(30)
    assert office.call().ticket == walk_in.ticket


def test_an_appointment_time_counts_for_appointments_only(office: Office) -> None:
    pushy = office.issue(appointment_at=at(-60))
    assert office.leg(pushy).accrues_from == at(0)
    assert office.ticket(pushy).appointment_at is None


# -- leaving --------------------------------------------------------------------------------------


def test_a_customer_leaves_with_the_token_of_the_ticket(office: Office) -> None:
    issued = office.issue()
    with office.refuses(Reason.TICKET_UNKNOWN):
        office.do(leave(issued, token="guessed"))
    with office.refuses(Reason.TICKET_UNKNOWN):
        office.do(leave(issued, token="حدس"))
    office.do(leave(issued))
    assert office.leg(issued).outcome is Outcome.CANCELLED
    with office.refuses(Reason.NOBODY_WAITING):
        office.call()


def test_a_called_customer_may_leave_and_the_desk_is_free_but_a_served_one_may_not(
    office: Office,
) -> None:
    leaving = office.issue()
    staying = office.issue()
    office.call()
    office.do(leave(leaving))
    assert office.serve().ticket == staying.ticket
    with office.refuses(Reason.TICKET_ALREADY_STARTED):
        office.do(leave(staying))
    office.finish()
    with office.refuses(Reason.TICKET_FINISHED):
        office.do(leave(staying))


def test_nobody_leaves_with_a_ticket_that_does_not_exist(office: Office) -> None:
    unknown = a_ticket_id(at(0), BILLS, 77)
    with office.refuses(Reason.TICKET_UNKNOWN):
        office.do(leave(Receipt(revision=Revision(1), at=at(0), ticket=TicketId(unknown))))


# -- rating ---------------------------------------------------------------------------------------


def test_a_visit_is_rated_once_and_may_be_changed_for_half_a_minute(office: Office) -> None:
    issued = office.issue()
    with office.refuses(Reason.RATING_NOT_SERVED):
        office.rate(issued, 5)
    office.serve()
    office.finish()
    with office.refuses(Reason.RATING_OUT_OF_RANGE):
        office.rate(issued, 6)
    office.rate(issued, 2, reason=RatingReason.UNFRIENDLY)
    first_said = office.later(seconds=30) - timedelta(seconds=30)
    office.rate(issued, 4)

    [rating] = office.live.ratings.values()
    assert (rating.score, rating.reason, rating.at) == (4, None, first_said)
    office.later(seconds=1)
    with office.refuses(Reason.RATING_EXISTS):
        office.rate(issued, 1)


def test_a_ticket_with_two_services_has_a_rating_for_each(office: Office) -> None:
    issued = office.issue()
    office.serve()
    office.do(AddService(counter=FIRST, staff=SARA, service=LINES, here=True))
    office.rate(issued, 5)
    office.later(minutes=5)
    office.finish()
    office.rate(issued, 1, reason=RatingReason.WAITED_TOO_LONG)
    assert {ordinal: said.score for (_, ordinal), said in office.live.ratings.items()} == {
        1: 5,
        2: 1,
    }


@pytest.mark.parametrize("channel", list(Channel))
def test_a_rating_remembers_where_it_was_given(office: Office, channel: Channel) -> None:
    issued = office.issue()
    office.serve()
    office.finish()
    office.rate(issued, 3, channel=channel)
    [rating] = office.live.ratings.values()
    assert rating.channel is channel


def test_on_a_holiday_nobody_gets_a_ticket_and_is_told_its_name(office: Office) -> None:
    ashura = Text({"en": "Ashura", "fa": "عاشورا"})
    office.do(ApplyBranch(branch=a_branch(holidays=(Holiday(name=ashura, day=TODAY),))))
    with office.refuses(Reason.SERVICE_RESTS):
        office.issue(BILLS)
    with pytest.raises(Refused, match="closed today: Ashura"):
        office.issue(BILLS)


def test_on_the_weekend_nobody_gets_a_ticket(office: Office) -> None:
    office.do(ApplyBranch(branch=a_branch(weekend=(Weekday(TODAY.weekday()),))))
    with office.refuses(Reason.SERVICE_CLOSED):
        office.issue(BILLS)
