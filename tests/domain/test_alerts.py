from dataclasses import replace
from datetime import timedelta

from queueapp.domain import ticket as verbs
from queueapp.domain.alerts import Alert, AlertKind, Remedy, Severity, alerts
from queueapp.domain.branch import Branch
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import RatingReason
from queueapp.domain.ticket import Ticket
from tests.domain.samples import (
    APPOINTMENT,
    BILLS,
    FIRST,
    LINES,
    MINA,
    REZA,
    SECOND,
    THIRD,
    a_branch,
    a_called_ticket,
    a_desk,
    a_held_ticket,
    a_live_branch,
    a_rating,
    a_served_ticket,
    a_serving_ticket,
    a_ticket,
    at,
)


def a_staffed_branch(*tickets: Ticket, branch: Branch | None = None) -> LiveBranch:
    return a_live_branch(
        *tickets,
        branch=branch,
        desks=[a_desk(FIRST), a_desk(SECOND, staff=REZA), a_desk(THIRD, staff=MINA)],
    )


def kinds(found: list[Alert]) -> list[AlertKind]:
    return [alert.kind for alert in found]


def test_a_branch_in_which_all_is_well_raises_no_alert() -> None:
    live = a_staffed_branch(a_ticket(arrived_at=at(-5)), a_serving_ticket(2, arrived_at=at(-8)))
    assert alerts(live, at(0)) == []


def test_a_wait_above_four_fifths_of_its_target_is_about_to_miss_it() -> None:
    waiting = a_ticket(arrived_at=at(-8.5))
    assert alerts(a_staffed_branch(waiting), at(-0.5)) == []
    assert alerts(a_staffed_branch(waiting), at(0)) == [
        Alert(
            kind=AlertKind.TARGET_AT_RISK, since=at(-0.5), service=BILLS, ticket=waiting.id, count=1
        )
    ]


def test_late_tickets_of_a_service_make_one_alert_that_names_the_oldest_and_counts_them() -> None:
    oldest = a_ticket(1, arrived_at=at(-14))
    live = a_staffed_branch(a_ticket(3, arrived_at=at(-9)), a_ticket(2, arrived_at=at(-12)), oldest)
    assert alerts(live, at(0)) == [
        Alert(kind=AlertKind.TARGET_MISSED, since=at(-4), service=BILLS, ticket=oldest.id, count=2)
    ]


def test_each_service_is_measured_by_its_own_target() -> None:
    live = a_staffed_branch(
        a_ticket(1, service=BILLS, arrived_at=at(-15)),
        a_ticket(1, service=LINES, arrived_at=at(-17)),
    )
    found = alerts(live, at(0))
    assert [(alert.kind, alert.service) for alert in found] == [
        (AlertKind.TARGET_MISSED, BILLS),
        (AlertKind.TARGET_AT_RISK, LINES),
    ]


def test_an_early_customer_with_an_appointment_is_not_late_before_the_slot() -> None:
    early = a_ticket(category=APPOINTMENT, arrived_at=at(-30), accrues_from=at(0))
    assert alerts(a_staffed_branch(early), at(5)) == []
    assert kinds(alerts(a_staffed_branch(early), at(11))) == [AlertKind.TARGET_MISSED]


def test_who_is_on_the_way_is_not_late_before_they_can_be_here() -> None:
    joined = a_ticket(arrived_at=at(-30))
    on_the_way = joined.with_leg(replace(joined.leg, not_before=at(0)))
    assert alerts(a_staffed_branch(on_the_way), at(5)) == []
    assert kinds(alerts(a_staffed_branch(on_the_way), at(11))) == [AlertKind.TARGET_MISSED]


def test_a_transferred_customer_is_measured_from_the_transfer() -> None:
    sent_on = verbs.transfer(a_serving_ticket(arrived_at=at(-40)), at=at(-5), service=LINES)
    assert alerts(a_staffed_branch(sent_on), at(0)) == []


def test_people_who_wait_for_a_service_that_no_open_desk_serves() -> None:
    first, second = a_ticket(1, arrived_at=at(-3)), a_ticket(2, arrived_at=at(-2))
    live = a_live_branch(
        first,
        second,
        desks=[
            a_desk(FIRST, state=DeskState.PAUSED),
            a_desk(SECOND, state=DeskState.CLOSED, staff=None),
            a_desk(THIRD),
        ],
    )
    assert alerts(live, at(0)) == [
        Alert(kind=AlertKind.NOBODY_SERVES, since=at(-3), service=BILLS, ticket=first.id, count=2)
    ]


def test_a_customer_sent_to_a_counter_where_nobody_sits() -> None:
    sent = a_ticket(1, arrived_at=at(-2), for_counter=SECOND)
    live = a_live_branch(sent, a_ticket(2, arrived_at=at(-3)), desks=[a_desk(FIRST)])
    (alert,) = alerts(live, at(0))
    assert (alert.kind, alert.counter, alert.ticket) == (
        AlertKind.NOBODY_SERVES,
        SECOND,
        sent.id,
    )


def test_a_ticket_held_beyond_the_limit_of_the_branch() -> None:
    held = a_held_ticket(arrived_at=at(-40), held_at=at(-20))
    branch = a_branch(hold_limit=timedelta(minutes=15))
    assert alerts(a_staffed_branch(held, branch=branch), at(-5)) == []
    (alert,) = alerts(a_staffed_branch(held, branch=branch), at(0))
    assert (alert.kind, alert.since, alert.ticket, alert.counter) == (
        AlertKind.HELD_TOO_LONG,
        at(-5),
        held.id,
        FIRST,
    )
    assert Remedy.RESUME_TICKET in alert.kind.remedies


def test_a_pause_that_runs_over_its_time() -> None:
    paused = a_desk(FIRST, state=DeskState.PAUSED, since=at(-20), expected_end=at(-5))
    assert alerts(a_live_branch(desks=[paused]), at(-5)) == []
    assert alerts(a_live_branch(desks=[paused]), at(0)) == [
        Alert(kind=AlertKind.PAUSED_TOO_LONG, since=at(-5), counter=FIRST)
    ]


def test_a_pause_without_an_end_and_a_desk_open_again_are_no_alert() -> None:
    endless = a_desk(FIRST, state=DeskState.PAUSED)
    reopened = a_desk(SECOND, expected_end=at(-5))
    assert alerts(a_live_branch(desks=[endless, reopened]), at(0)) == []


def test_a_customer_in_hand_far_longer_than_usual() -> None:
    # Bills take 4 minutes with a spread of 2: unusual after 10.
    serving = a_serving_ticket(arrived_at=at(-20), started_at=at(-10))
    assert alerts(a_staffed_branch(serving), at(0)) == []
    (alert,) = alerts(a_staffed_branch(serving), at(1))
    assert (alert.kind, alert.counter, alert.since) == (AlertKind.TAKES_LONG, FIRST, at(0))


def test_somebody_called_long_ago_and_never_started_takes_long_too() -> None:
    called = a_called_ticket(arrived_at=at(-20), called_at=at(-15))
    assert kinds(alerts(a_staffed_branch(called), at(0))) == [AlertKind.TAKES_LONG]


def test_a_bad_rating_is_an_alert_for_half_an_hour() -> None:
    served = a_served_ticket(arrived_at=at(-20))
    bad = a_rating(served, 2, reason=RatingReason.UNCLEAR_ANSWER, at=at(-10))
    live = a_live_branch(served, ratings=[bad])
    assert alerts(live, at(0)) == [
        Alert(
            kind=AlertKind.BAD_RATING,
            since=at(-10),
            service=BILLS,
            counter=FIRST,
            ticket=served.id,
        )
    ]
    assert alerts(live, at(20.5)) == []


def test_a_middling_rating_is_no_alert() -> None:
    served = a_served_ticket(arrived_at=at(-20))
    assert alerts(a_live_branch(served, ratings=[a_rating(served, 3)]), at(0)) == []


def test_bad_ratings_of_one_counter_make_one_alert_with_the_last_of_them() -> None:
    first, second = a_served_ticket(1, arrived_at=at(-30)), a_served_ticket(2, arrived_at=at(-20))
    live = a_live_branch(
        first,
        second,
        ratings=[a_rating(second, 1, at=at(-5)), a_rating(first, 2, at=at(-15))],
    )
    (alert,) = alerts(live, at(0))
    assert (alert.count, alert.ticket, alert.since) == (2, second.id, at(-5))


def test_the_most_urgent_comes_first_and_the_order_is_always_the_same() -> None:
    served = a_served_ticket(8, arrived_at=at(-60), counter=THIRD)
    tickets = [
        a_ticket(1, arrived_at=at(-30)),
        a_ticket(1, service=LINES, arrived_at=at(-18)),
        a_serving_ticket(9, arrived_at=at(-60), started_at=at(-55)),
        a_held_ticket(7, arrived_at=at(-60), held_at=at(-50)),
        served,
    ]
    desks = [
        a_desk(FIRST),
        a_desk(SECOND),
        a_desk(THIRD, state=DeskState.PAUSED, expected_end=at(-1)),
    ]
    rating = a_rating(served, 1, at=at(-2))
    found = alerts(a_live_branch(*tickets, desks=desks, ratings=[rating]), at(0))
    assert kinds(found) == [
        AlertKind.TARGET_MISSED,
        AlertKind.HELD_TOO_LONG,
        AlertKind.TARGET_AT_RISK,
        AlertKind.PAUSED_TOO_LONG,
        AlertKind.TAKES_LONG,
        AlertKind.BAD_RATING,
    ]
    turned = a_live_branch(*reversed(tickets), desks=reversed(desks), ratings=[rating])
    assert alerts(turned, at(0)) == found


def test_people_of_a_retired_service_still_raise_alerts() -> None:
    branch = a_branch()
    retired = replace(
        branch,
        services=tuple(s for s in branch.services if s.code != BILLS),
        retired_services=(branch.service(BILLS),),
    )
    live = a_staffed_branch(a_ticket(arrived_at=at(-15)), branch=retired)
    assert kinds(alerts(live, at(0))) == [AlertKind.TARGET_MISSED]


def test_every_kind_says_how_urgent_it_is_and_what_can_be_done() -> None:
    assert all(kind.severity in Severity and kind.remedies for kind in AlertKind)
