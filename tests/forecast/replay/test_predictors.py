"""The established predictors say what their authors wrote, on queues reckoned by hand."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from queueapp.domain.branch import Branch
from queueapp.domain.words import CounterNumber
from queueapp.forecast.replay.predictors import formulas
from queueapp.forecast.replay.predictors.arrival import Arrival, arrival_of
from queueapp.forecast.replay.predictors.lasso import fitted
from queueapp.forecast.replay.predictors.panel import NAMES, Panel
from queueapp.forecast.replay.predictors.ranges import ErrorRange
from queueapp.forecast.replay.predictors.record import Record
from tests.domain.samples import BILLS, NOON, NORMAL, PRIORITY, a_branch, a_ticket
from tests.forecast.halls import a_hall, a_plain_branch, in_hand_everywhere, waiting_tickets

BRANCH = a_plain_branch(counters=2, mean=240)


def an_arrival(branch: Branch = BRANCH, *, ahead: int = 3) -> Arrival:
    """Somebody who finds both counters busy and so many waiting."""
    tickets = waiting_tickets(ahead)
    own = a_ticket(500, arrived_at=NOON)
    hall = a_hall(branch, [*in_hand_everywhere(branch), *tickets, own])
    return arrival_of(own, hall, NOON, staffing_known=True)


def a_record(*lengths: float) -> Record:
    record = Record(BRANCH)
    for seconds in lengths:
        record.was_freed(BILLS, CounterNumber(1), seconds=seconds, now=NOON)
    return record


def called(record: Record, *, arrived: float, now: float, counter: int = 1) -> None:
    record.was_called(
        (BILLS, NORMAL),
        CounterNumber(counter),
        arrived=NOON + timedelta(seconds=arrived),
        now=NOON + timedelta(seconds=now),
    )


def test_people_ahead_times_the_mean_over_the_open_counters() -> None:
    assert formulas.people_ahead_configured(an_arrival(), a_record()) == 3 * 240 / 2
    many = a_record(*[100.0] * 5000)
    assert formulas.people_ahead_learned(an_arrival(), many) == pytest.approx(150, rel=0.01)


def test_only_those_are_ahead_whom_the_policy_places_there() -> None:
    tickets = [
        a_ticket(1, arrived_at=NOON - timedelta(minutes=1)),
        a_ticket(2, arrived_at=NOON - timedelta(minutes=9), category=PRIORITY),
    ]
    own = a_ticket(3, arrived_at=NOON, category=PRIORITY)
    hall = a_hall(replace(BRANCH, categories=a_branch().categories), [*tickets, own])
    assert arrival_of(own, hall, NOON, staffing_known=True).people_ahead == 1


def test_ql_counts_one_departure_more_than_there_are_people_ahead() -> None:
    assert formulas.queue_length(an_arrival(ahead=3), a_record()) == 4 * 240 / 2
    alone = a_hall(BRANCH, [own := a_ticket(1, arrived_at=NOON)])
    free = arrival_of(own, alone, NOON, staffing_known=True)
    assert formulas.queue_length(free, a_record()) == 0


def test_ql_for_changing_staff_counts_departures_off_at_the_planned_staff() -> None:
    steady = replace(an_arrival(ahead=3), staffing=())
    assert formulas.queue_length_changing_staff(steady, a_record()) == pytest.approx(480)
    # After 120 s one departure has gone by; the other three take 240 s each at one counter.
    fewer = replace(steady, staffing=[(120.0, 1)])
    assert formulas.queue_length_changing_staff(fewer, a_record()) == pytest.approx(840)
    # Nobody is there between 120 s and 1120 s.
    gap = replace(steady, staffing=[(120.0, 0), (1120.0, 2)])
    assert formulas.queue_length_changing_staff(gap, a_record()) == pytest.approx(1480)
    # For ever gone: as if the present staff went on.
    gone = replace(steady, staffing=[(120.0, 0)])
    assert formulas.queue_length_changing_staff(gone, a_record()) == pytest.approx(480)


def test_people_who_give_up_shorten_the_queue_for_ql_with_changing_staff() -> None:
    patient, impatient = a_record(), a_record()
    for _ in range(50):
        impatient.has_left(300)
    arrival = an_arrival(ahead=6)
    assert formulas.queue_length_changing_staff(
        arrival, impatient
    ) < 0.8 * formulas.queue_length_changing_staff(arrival, patient)


def test_les_hol_and_the_last_ten_remember_waits_of_today_only() -> None:
    record = a_record()
    for number in range(12):
        called(record, arrived=0, now=60.0 * (number + 1))
    empty = replace(an_arrival(), head=None)

    assert formulas.last_to_enter_service(empty, record) == 720
    assert formulas.head_of_line(empty, record) == 720
    assert formulas.head_of_line(replace(empty, head=90.0), record) == 90
    assert formulas.last_ten(empty, record) == np.mean([60.0 * n for n in range(3, 13)])

    record.day_began()
    assert formulas.last_to_enter_service(empty, record) == 0
    assert formulas.last_ten(empty, record) == 0


def test_the_mean_of_the_hour_is_of_that_weekday_as_soon_as_it_is_known() -> None:
    record = a_record()
    for _ in range(200):
        called(record, arrived=0, now=600)
        called(record, arrived=86_400, now=86_400 + 60)
    now = replace(an_arrival(), local=BRANCH.local(NOON))
    tomorrow = replace(now, local=BRANCH.local(NOON + timedelta(days=1)))
    assert formulas.weekday_hour(now, record) == pytest.approx(600, rel=0.05)
    assert formulas.weekday_hour(tomorrow, record) == pytest.approx(60, rel=0.2)


def test_the_lasso_finds_the_few_features_that_matter() -> None:
    rng = np.random.default_rng(3)
    features = rng.normal(size=(2000, 30))
    values = 5 + 3 * features[:, 4] - 2 * features[:, 9] + 0.5 * rng.normal(size=2000)

    line = fitted(features, values)

    assert line.slopes[[4, 9]] == pytest.approx([3, -2], abs=0.1)
    assert np.abs(np.delete(line.slopes, [4, 9])).max() < 0.05
    assert line.at(features[:5]) == pytest.approx(values[:5], abs=2)


def test_a_feature_that_never_varies_is_no_trouble_for_the_lasso() -> None:
    rng = np.random.default_rng(3)
    features = np.column_stack([np.ones(500), rng.normal(size=500)])
    line = fitted(features, 4 * features[:, 1])
    assert line.slopes == pytest.approx([0, 4], abs=0.05)


def test_a_range_holds_as_often_as_it_says_on_days_like_those_before() -> None:
    rng, errors = np.random.default_rng(4), ErrorRange()
    for day in range(2):
        errors.day_began()
        said = rng.uniform(0, 1000, 4000)
        waited = np.maximum(said + rng.normal(0, 0.2 * said + 30), 0)
        if day:
            ranges = [errors.around(float(one)) for one in said]
            within = [
                r.p10 <= wait <= r.p90 for r, wait in zip(ranges, waited.tolist(), strict=True)
            ]
            assert np.mean(within) == pytest.approx(0.8, abs=0.03)
        for one, wait in zip(said.tolist(), waited.tolist(), strict=True):
            errors.was_called(one, wait)


def test_on_the_first_day_every_predictor_has_an_answer_without_holes() -> None:
    panel = Panel(BRANCH)
    panel.day_began()
    for name, said in panel.estimates(a_ticket(1).id, an_arrival()).items():
        assert name in NAMES
        values = np.array([said.p10, said.p50, said.p80, said.p90])
        assert np.isfinite(values).all()
        assert (values >= 0).all()


def test_where_nobody_recorded_desks_those_at_work_count() -> None:
    hall = a_hall(
        BRANCH, [*in_hand_everywhere(BRANCH)[:1], own := a_ticket(9, arrived_at=NOON)], desks=[]
    )
    assert arrival_of(own, hall, NOON, staffing_known=False).counters == 1
    assert arrival_of(own, hall, NOON, staffing_known=True).counters == 0
