"""Appointments whose holders have not come yet: expected, then overdue, then not expected."""

from dataclasses import replace

import pytest

from queueapp.domain.branch import Policy
from queueapp.domain.live import LiveBranch
from queueapp.forecast.ahead import Asked, scene_of
from queueapp.forecast.bookings import Booking
from queueapp.forecast.knowledge import Knowledge
from tests.domain.samples import APPOINTMENT, BILLS, NOON, a_branch, a_ticket, at
from tests.forecast.halls import a_hall, forecast, in_hand_everywhere, in_numbers


def booked(minutes: float) -> Booking:
    return Booking(service=BILLS, at=at(minutes), category=APPOINTMENT)


@pytest.fixture
def hall() -> LiveBranch:
    branch = replace(a_branch(), policy=Policy.STRICT)
    return a_hall(branch, [*in_hand_everywhere(branch), a_ticket(7, arrived_at=NOON)])


def wait_behind(hall: LiveBranch, *bookings: Booking) -> float:
    """The P50 of a walk-in who has just come, behind ``bookings`` that are still to come."""
    [ticket] = hall.waiting
    return in_numbers(forecast(hall, NOON, bookings=bookings).waiting[ticket.id]).p50


def test_whoever_is_booked_for_now_is_reckoned_with(hall: LiveBranch) -> None:
    due = [booked(0.5), booked(0.5), booked(0.5)]
    assert wait_behind(hall, *due) > 1.1 * wait_behind(hall)


def test_the_later_somebody_is_the_less_they_are_expected(hall: LiveBranch) -> None:
    def chances(*minutes: float) -> list[float]:
        asked = Asked(
            knowledge=Knowledge.configured(hall.branch), bookings=[booked(m) for m in minutes]
        )
        return [float(chance) for chance in scene_of(hall, NOON, asked)[1].booked.shows_up]

    missing, late, due, ahead = chances(-45, -4, 0, 60)
    assert missing < late < due < ahead
    assert missing < 0.05
    assert ahead == pytest.approx(Knowledge.configured(hall.branch).comings.shows_up, abs=0.01)


def test_those_who_will_not_come_any_more_keep_nobody_waiting(hall: LiveBranch) -> None:
    gone = [booked(-50), booked(-45), booked(-40)]
    assert wait_behind(hall, *gone) == pytest.approx(wait_behind(hall), rel=0.02)


def test_one_who_comes_leaves_the_others_their_luck(hall: LiveBranch) -> None:
    def luck(*bookings: Booking) -> list[int]:
        asked = Asked(knowledge=Knowledge.configured(hall.branch), bookings=bookings)
        return [int(own) for own in scene_of(hall, NOON, asked)[1].booked.luck]

    first, *others = luck(booked(10), booked(30), booked(30), booked(50))
    assert luck(booked(30), booked(30), booked(50)) == others
    assert len({first, *others}) == 4


def test_once_bookings_are_known_nobody_else_comes_by_appointment(hall: LiveBranch) -> None:
    known = Knowledge.configured(hall.branch)
    place = known.categories.index(APPOINTMENT)
    profile = known.comings.profile.copy()
    profile[:, :, :, place] = 5.0

    def to_come(*, knows_bookings: bool) -> float:
        comings = replace(known.comings, profile=profile, knows_bookings=knows_bookings)
        scene = scene_of(hall, NOON, Asked(knowledge=replace(known, comings=comings)))[1]
        return float(scene.arrivals.expected[-1])

    assert to_come(knows_bookings=False) > 10
    assert to_come(knows_bookings=True) == 0
