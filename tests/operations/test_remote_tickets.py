"""A supervisor pauses tickets from outside: the hall goes on, and the next day forgets it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from queueapp.domain.refusal import Reason
from queueapp.domain.remote import are_remote_paused, remote_share
from queueapp.domain.ticket import Channel
from queueapp.domain.words import ServiceCode
from queueapp.operations import commands as c
from tests.domain.samples import BILLS, LINES, MINA, NOON, a_branch, a_live_branch, a_ticket, at
from tests.operations.office import Office

PAUSE = c.PauseRemoteTickets(staff=MINA, service=BILLS)
RESUME = c.ResumeRemoteTickets(staff=MINA, service=BILLS)


def is_paused(office: Office) -> bool:
    branch = office.live.branch
    return are_remote_paused(branch, branch.service(BILLS), office.clock())


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.API])
def test_while_they_are_paused_tickets_come_from_the_hall_only(
    office: Office, channel: Channel
) -> None:
    already = office.issue(channel=channel)
    office.do(PAUSE)
    with office.refuses(Reason.REMOTE_PAUSED):
        office.issue(channel=channel)
    assert office.issue(channel=Channel.KIOSK).label == "A002"
    assert office.issue(channel=Channel.COUNTER).label == "A003"
    assert office.issue(LINES, channel=channel).label == "B001", "the other services go on"
    assert office.call().ticket == already.ticket, "who has a ticket keeps it"


def test_they_are_given_again_when_the_supervisor_says_so(office: Office) -> None:
    office.do(PAUSE)
    office.do(RESUME)
    assert not is_paused(office)
    office.issue(channel=Channel.PHONE)


def test_the_pause_ends_with_the_day(office: Office) -> None:
    office.do(PAUSE)
    office.later(days=1)
    assert not is_paused(office)
    office.issue(channel=Channel.PHONE)


def test_pausing_once_more_does_not_begin_anew(office: Office) -> None:
    office.do(PAUSE)
    office.later(minutes=5)
    office.do(replace(PAUSE, command_id=c.new_command_id()))
    assert office.live.branch.service(BILLS).remote_paused_at == NOON


def test_a_new_plan_leaves_the_pause_as_it_is(office: Office) -> None:
    office.do(PAUSE)
    plan = a_branch()
    slower = replace(plan.service(BILLS), target=timedelta(minutes=12))
    office.do(c.ApplyBranch(branch=plan.with_service(slower)))
    assert is_paused(office)


def test_only_a_service_that_exists_is_paused(office: Office) -> None:
    for kind in (c.PauseRemoteTickets, c.ResumeRemoteTickets):
        with office.refuses(Reason.SERVICE_UNKNOWN):
            office.do(kind(staff=MINA, service=ServiceCode("Z")))


def test_the_share_is_of_those_who_came_lately_and_before_the_pause() -> None:
    hall = [a_ticket(number, arrived_at=at(-number)) for number in range(1, 7)]
    phone = [a_ticket(number, arrived_at=at(-number), channel=Channel.PHONE) for number in (10, 11)]
    long_ago = [a_ticket(20, arrived_at=at(-180), channel=Channel.PHONE)]
    booked = [a_ticket(21, arrived_at=at(-2), appointment_at=at(5), channel=Channel.API)]
    known = a_live_branch(*hall, *phone, *long_ago, *booked)
    assert remote_share(known, BILLS, NOON) == 0, "two say nothing"
    third = a_ticket(12, arrived_at=at(-3), channel=Channel.API)
    known = a_live_branch(*hall, *phone, *long_ago, *booked, third)
    assert remote_share(known, BILLS, NOON) == pytest.approx(3 / 9)
    assert remote_share(known, LINES, NOON) == 0

    paused = replace(known.branch.service(BILLS), remote_paused_at=NOON)
    later = [a_ticket(number, arrived_at=at(number)) for number in range(30, 40)]
    since = replace(
        a_live_branch(*hall, *phone, *long_ago, *booked, third, *later),
        branch=known.branch.with_service(paused),
    )
    assert remote_share(since, BILLS, at(60)) == pytest.approx(3 / 9)
