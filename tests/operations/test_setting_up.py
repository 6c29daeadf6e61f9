"""The plan is applied while the branch runs, and a new day begins cleanly."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queueapp.domain.branch import Weekday
from queueapp.domain.desk import DeskState
from queueapp.domain.holidays import Holiday, YearDay
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Permission, Role
from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import BranchId, ServiceCode, Text
from queueapp.operations import commands as c
from tests.databases import PIN
from tests.domain.samples import (
    BILLS,
    COMPLAINTS,
    FIRST,
    LINES,
    MINA,
    NORMAL,
    PRIORITY,
    REZA,
    SARA,
    SECOND,
    THIRD,
    TODAY,
    a_branch,
    a_counter,
    a_service,
    at,
)
from tests.operations.office import AtDesk, Office

SARAS = AtDesk(staff=SARA, counter=FIRST)
REZAS = AtDesk(staff=REZA, counter=SECOND)

PLAN = a_branch()
WITHOUT_COMPLAINTS = a_branch(
    services=PLAN.services[:2],
    counters=(*PLAN.counters[:2], a_counter(THIRD, services=(BILLS,))),
)
WITHOUT_PRIORITY = a_branch(categories=(PLAN.category(NORMAL),))
WITHOUT_SECOND = a_branch(counters=(PLAN.counter(FIRST), PLAN.counter(THIRD)))


# -- applying the plan ----------------------------------------------------------------------------


def test_the_plan_is_kept_as_it_was_applied(office: Office) -> None:
    assert office.live.branch == PLAN


def test_a_file_with_another_id_changes_this_branch_all_the_same(office: Office) -> None:
    office.do(c.ApplyBranch(branch=a_branch(id=BranchId("other"), auto_call=True)))
    assert (office.live.branch.id, office.live.branch.auto_call) == (PLAN.id, True)


def test_a_service_closed_by_hand_stays_closed_when_the_plan_is_applied(office: Office) -> None:
    office.do(c.SetServiceOpen(staff=MINA, service=BILLS, is_open=False))
    slower = a_service(target=timedelta(minutes=12))
    office.do(c.ApplyBranch(branch=a_branch().with_service(slower)))
    kept = office.live.branch.service(BILLS)
    assert (kept.target, kept.is_open) == (timedelta(minutes=12), False)


def test_nobody_who_waits_is_lost_by_a_new_plan(office: Office) -> None:
    complaint = office.issue(COMPLAINTS)
    with office.refuses(Reason.SERVICE_IN_USE):
        office.do(c.ApplyBranch(branch=WITHOUT_COMPLAINTS))
    assert complaint.ticket is not None
    office.do(c.CancelTicket(staff=MINA, ticket=complaint.ticket))
    office.do(c.ApplyBranch(branch=WITHOUT_COMPLAINTS))

    elderly = office.issue(category=PRIORITY, category_reason="Elderly")
    with office.refuses(Reason.CATEGORY_IN_USE):
        office.do(c.ApplyBranch(branch=WITHOUT_PRIORITY))
    office.serve()
    office.do(c.Transfer(**SARAS, to_counter=SECOND))
    with office.refuses(Reason.COUNTER_EXPECTED):
        office.do(c.ApplyBranch(branch=WITHOUT_SECOND))
    assert office.leg(elderly).for_counter == SECOND


def test_a_counter_with_a_clerk_is_not_taken_away(office: Office) -> None:
    office.sign_on(REZA, SECOND)
    with office.refuses(Reason.COUNTER_IN_USE):
        office.do(c.ApplyBranch(branch=WITHOUT_SECOND))
    office.do(c.CloseDesk(**REZAS))
    office.do(c.ApplyBranch(branch=WITHOUT_SECOND))
    with office.refuses(Reason.COUNTER_UNKNOWN):
        office.sign_on(REZA, SECOND)


def test_a_retired_service_still_names_old_tickets_and_may_come_back(office: Office) -> None:
    office.sign_on(REZA, THIRD)
    old = office.issue(COMPLAINTS)
    office.serve(REZA, THIRD)
    office.finish(REZA, THIRD)
    office.do(c.ApplyBranch(branch=WITHOUT_COMPLAINTS))
    branch = office.live.branch
    assert COMPLAINTS not in [service.code for service in branch.services]
    assert branch.service(office.leg(old).service).name.in_language("en") == "Complaints"
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.issue(COMPLAINTS)
    with office.refuses(Reason.SERVICE_UNKNOWN):
        office.do(c.SetServiceOpen(staff=MINA, service=COMPLAINTS, is_open=True))

    office.do(c.ApplyBranch(branch=PLAN))
    assert office.live.branch == PLAN
    assert office.issue(COMPLAINTS).label == "ش002"


def test_a_new_service_is_offered_at_once(office: Office) -> None:
    other = ServiceCode("D")
    more = a_branch(
        services=(*PLAN.services, replace(PLAN.service(BILLS), code=other)),
        counters=(a_counter(FIRST, services=(BILLS, other)), *PLAN.counters[1:]),
    )
    office.do(c.ApplyBranch(branch=more))
    assert office.issue(other).label == "D001"
    assert office.call().label == "D001"


# -- a new day ------------------------------------------------------------------------------------


def test_a_new_day_closes_who_is_left_and_counts_from_one_again(office: Office) -> None:
    office.sign_on(REZA, SECOND)
    held = office.issue()
    office.serve()
    office.do(c.Hold(**SARAS))
    called = office.issue()
    office.call()
    waiting = office.issue()
    left = [office.ticket(receipt) for receipt in (held, called, waiting)]

    office.later(days=1)
    assert office.issue().label == "A001"

    assert office.live.day == TODAY + timedelta(days=1)
    assert [ticket.label for ticket in office.live.tickets.values()] == ["A001"]
    assert office.desk(FIRST).state is office.desk(SECOND).state is DeskState.CLOSED
    with office.store.transaction(PLAN.id) as transaction:
        for ticket in left:
            leg = transaction.ticket(ticket.id).leg
            assert (leg.state, leg.outcome, leg.ended_at) == (
                LegState.ENDED,
                Outcome.EXPIRED,
                at(24 * 60),
            )


def test_who_is_served_over_midnight_stays_in_hand_and_is_finished(office: Office) -> None:
    late = office.issue()
    office.serve()
    office.later(days=1)
    office.issue()
    in_hand = office.live.in_hand(FIRST)
    assert in_hand is not None
    assert in_hand.id == late.ticket
    assert office.sign_on().ticket == late.ticket
    office.finish()
    assert late.ticket not in office.live.tickets
    assert office.call().label == "A001"


def test_the_day_turns_at_midnight_in_the_branch(office: Office) -> None:
    office.issue()
    office.clock.moment = at(11.5 * 60)  # half past eleven at night in Tehran
    assert office.issue().label == "A002"
    office.later(minutes=40)
    assert office.issue().label == "A001"


def test_a_clock_that_is_put_back_over_midnight_begins_no_day_twice(office: Office) -> None:
    office.clock.moment = PLAN.moment(TODAY + timedelta(days=1)) + timedelta(seconds=30)
    assert office.issue().label == "A001"
    office.sign_on()
    office.later(minutes=-2)
    assert office.issue().label == "A002"
    assert office.desk().state is DeskState.OPEN
    assert office.live.day == TODAY + timedelta(days=1)
    office.later(minutes=2)
    assert office.issue().label == "A003"
    assert len(office.live.waiting) == 3


def test_a_day_begins_once_however_many_terminals_begin_it(office: Office) -> None:
    office.later(days=1)
    office.sign_on()
    issued = office.issue()
    office.do(c.StartDay())
    assert office.desk().state is DeskState.OPEN
    assert office.call().ticket == issued.ticket


def test_signing_on_in_the_morning_finds_yesterdays_forgotten_desk_closed(office: Office) -> None:
    office.later(days=1)
    office.sign_on(REZA, FIRST)
    assert office.desk().staff == REZA
    assert office.desk().since == at(24 * 60)


def test_old_tickets_can_still_be_rated_but_not_moved(office: Office) -> None:
    served = office.issue()
    office.serve()
    office.finish()
    office.later(days=1)
    office.rate(served, 5)
    assert served.ticket is not None
    with office.refuses(Reason.TICKET_FINISHED):
        office.do(c.MoveTicket(staff=MINA, ticket=served.ticket, to_service=LINES))


def test_whoever_leaves_the_staff_cannot_sign_in_and_the_past_keeps_their_code(
    office: Office,
) -> None:
    served = office.issue()
    office.serve()
    office.finish()
    with office.refuses(Reason.COUNTER_IN_USE):
        office.do(c.RemoveStaff(code=SARA))
    office.do(c.CloseDesk(staff=SARA, counter=FIRST))
    office.do(c.RemoveStaff(code=SARA))
    assert SARA not in office.live.staff
    assert office.ticket(served).legs[0].staff == SARA
    with pytest.raises(Refused, match="wrong"):
        office.operations.sign_in(SARA, PIN, Permission.SERVE)
    with office.refuses(Reason.STAFF_MISSING):
        office.do(c.RemoveStaff(code=SARA))


def test_whoever_comes_back_gets_their_code_again(office: Office) -> None:
    office.do(c.CloseDesk(staff=SARA, counter=FIRST))
    office.do(c.RemoveStaff(code=SARA))
    office.do(c.AddStaff(code=SARA, name="Sara Azad", role=Role.CLERK, pin="8642"))
    assert office.operations.sign_in(SARA, "8642", Permission.SERVE).name == "Sara Azad"


def test_holidays_and_weekend_are_kept_as_the_file_says_them(office: Office) -> None:
    days_off = (
        Holiday(name=Text({"en": "Nature Day", "fa": "روز طبیعت"}), day=YearDay(month=1, day=13)),
        Holiday(name=Text({"en": "Ashura", "fa": "عاشورا"}), day=date(2026, 6, 25)),
    )
    plan = a_branch(weekend=(Weekday.THURSDAY, Weekday.FRIDAY), holidays=days_off)
    office.do(c.ApplyBranch(branch=plan))
    assert office.live.branch.holidays == days_off
    assert office.live.branch.weekend == (Weekday.THURSDAY, Weekday.FRIDAY)
