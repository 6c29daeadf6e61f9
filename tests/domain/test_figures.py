from datetime import timedelta

import pytest

from queueapp.domain import ticket as verbs
from queueapp.domain.figures import (
    Trend,
    counter_figures,
    service_figures,
    waits_by_half_hour,
)
from queueapp.domain.refusal import Refused
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import ServiceCode
from tests.domain.samples import (
    APPOINTMENT,
    BILLS,
    FIRST,
    LINES,
    SECOND,
    a_branch,
    a_called_ticket,
    a_live_branch,
    a_rating,
    a_served_ticket,
    a_serving_ticket,
    a_ticket,
    at,
)


def called_after(number: int, wait: float, called: float, service: ServiceCode = BILLS) -> Ticket:
    """A ticket called at the minute ``called`` after so many minutes of waiting."""
    return a_called_ticket(
        number, service=service, arrived_at=at(called - wait), called_at=at(called)
    )


def served_in(number: int, minutes: float, counter: int = 1) -> Ticket:
    return a_served_ticket(
        number,
        counter=counter,
        arrived_at=at(-60),
        started_at=at(-30),
        ended_at=at(-30 + minutes),
    )


def test_a_counter_that_served_nobody_has_no_figures_but_zero() -> None:
    figures = counter_figures(a_live_branch(a_serving_ticket()), FIRST)
    assert (figures.served, figures.median_service) == (0, None)
    assert (figures.ratings, figures.mean_rating) == (0, None)


def test_a_counter_shows_its_own_served_median_and_ratings() -> None:
    short, middle, long = served_in(1, 2), served_in(2, 5), served_in(3, 20)
    elsewhere = served_in(4, 60, counter=SECOND)
    live = a_live_branch(
        short,
        middle,
        long,
        elsewhere,
        ratings=[a_rating(short, 5), a_rating(long, 2), a_rating(elsewhere, 1)],
    )
    figures = counter_figures(live, FIRST)
    assert (figures.served, figures.median_service) == (3, timedelta(minutes=5))
    assert (figures.ratings, figures.mean_rating) == (2, 3.5)


def test_two_services_on_one_ticket_count_as_two() -> None:
    first_done = verbs.add_service(a_serving_ticket(), service=LINES, at=at(8), here=True)
    both_done = verbs.finish(first_done, at=at(12))
    assert counter_figures(a_live_branch(both_done), FIRST).served == 2


def test_a_service_shows_who_waits_and_since_when() -> None:
    live = a_live_branch(
        a_ticket(1, arrived_at=at(-4)),
        a_ticket(2, arrived_at=at(-7)),
        a_ticket(1, service=LINES, arrived_at=at(-50)),
    )
    figures = service_figures(live, BILLS, at(0))
    assert (figures.waiting, figures.longest_wait) == (2, timedelta(minutes=7))


def test_a_service_without_customers_has_no_figures_but_zero() -> None:
    figures = service_figures(a_live_branch(), BILLS, at(0))
    assert (figures.waiting, figures.longest_wait) == (0, None)
    assert (figures.share_within_target, figures.trend) == (None, None)


def test_figures_of_an_unknown_service_are_refused() -> None:
    with pytest.raises(Refused, match="There is no service Z"):
        service_figures(a_live_branch(), ServiceCode("Z"), at(0))


def test_an_early_appointment_has_not_waited_yet() -> None:
    early = a_ticket(category=APPOINTMENT, arrived_at=at(-10), accrues_from=at(15))
    figures = service_figures(a_live_branch(early), BILLS, at(0))
    assert (figures.waiting, figures.longest_wait) == (1, timedelta(0))


def test_the_share_within_target_counts_every_call_of_the_service_today() -> None:
    live = a_live_branch(
        called_after(1, wait=3, called=-90),
        called_after(2, wait=10, called=-60),
        called_after(3, wait=11, called=-20),
        called_after(4, wait=9, called=-5),
        called_after(1, wait=99, called=-5, service=LINES),
    )
    assert service_figures(live, BILLS, at(0)).share_within_target == 0.75


@pytest.mark.parametrize(
    ("before", "lately", "trend"),
    [
        pytest.param([4, 5, 6], [7, 8, 9], Trend.RISING, id="three minutes more"),
        pytest.param([7, 8, 9], [4, 5, 6], Trend.FALLING, id="three minutes less"),
        pytest.param([4, 5, 6], [5, 5, 6], Trend.STEADY, id="less than a tenth of the target"),
        pytest.param([4, 5], [7, 8, 9], None, id="too few before"),
        pytest.param([4, 5, 6], [7, 8], None, id="too few lately"),
    ],
)
def test_the_trend_compares_the_last_half_hour_with_the_one_before(
    before: list[float], lately: list[float], trend: Trend | None
) -> None:
    tickets = [called_after(n, wait, called=-40 - n) for n, wait in enumerate(before, 1)]
    tickets += [called_after(n, wait, called=-n) for n, wait in enumerate(lately, 10)]
    assert service_figures(a_live_branch(*tickets), BILLS, at(0)).trend is trend


def test_the_day_chart_has_one_entry_a_half_hour_in_branch_time_without_gaps() -> None:
    live = a_live_branch(
        called_after(1, wait=2, called=1),
        called_after(2, wait=4, called=29),
        called_after(3, wait=6, called=44),
        called_after(4, wait=8, called=90),
    )
    chart = waits_by_half_hour(live)
    assert [(half.starts.strftime("%H:%M"), half.calls) for half in chart] == [
        ("12:00", 2),
        ("12:30", 1),
        ("13:00", 0),
        ("13:30", 1),
    ]
    minutes = [half.mean and half.mean.total_seconds() / 60 for half in chart]
    assert minutes == [3, 6, None, 8]


def test_the_p80_of_a_half_hour_is_the_wait_that_eight_of_ten_did_not_exceed() -> None:
    live = a_live_branch(*(called_after(n, wait=n, called=n) for n in range(1, 11)))
    (half,) = waits_by_half_hour(live)
    assert half.p80 == timedelta(minutes=8)


def test_the_day_chart_of_one_service_leaves_the_others_out() -> None:
    live = a_live_branch(
        called_after(1, wait=2, called=1), called_after(1, wait=9, called=2, service=LINES)
    )
    (half,) = waits_by_half_hour(live, LINES)
    assert (half.calls, half.mean) == (1, timedelta(minutes=9))


def test_nobody_called_makes_an_empty_chart() -> None:
    assert waits_by_half_hour(a_live_branch(a_ticket())) == ()


def test_a_customer_in_hand_since_yesterday_does_not_stretch_the_chart_of_today() -> None:
    overnight = a_serving_ticket(9, arrived_at=at(-24 * 60))
    live = a_live_branch(overnight, called_after(1, wait=2, called=1))
    assert [half.calls for half in waits_by_half_hour(live)] == [1]


def test_half_hours_stay_whole_where_the_clock_goes_back() -> None:
    # Berlin, 25 October 2026: 02:00 to 03:00 happens twice.
    autumn = a_branch(time_zone="Europe/Berlin")
    moments = [at(0).replace(month=10, day=25, hour=hour, minute=10) for hour in (0, 1)]
    live = a_live_branch(
        *(a_called_ticket(n, arrived_at=m, called_at=m) for n, m in enumerate(moments)),
        branch=autumn,
        day=autumn.day(moments[0]),
    )
    chart = waits_by_half_hour(live)
    assert [half.starts.strftime("%H:%M %z") for half in chart] == [
        "02:00 +0200",
        "02:30 +0200",
        "02:00 +0100",
    ]
