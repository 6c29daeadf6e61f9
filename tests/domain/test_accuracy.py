"""Promises beside what became of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from queueapp.domain import ticket as verbs
from queueapp.domain.accuracy import Accuracy, score, scores
from queueapp.domain.figures import accuracy_of_today
from queueapp.domain.ticket import Promise
from tests.domain.samples import FIRST, SARA, a_live_branch, a_ticket, at

PROMISE = Promise(p10=120.0, p50=300.0, p80=600.0, p90=800.0, made_at=at(0))


@pytest.mark.parametrize(
    ("minutes", "within", "late", "error"),
    [
        pytest.param(1, 0, 0, 240, id="sooner than anybody thought"),
        pytest.param(2, 1, 0, 180, id="at the lower end"),
        pytest.param(9, 1, 0, 240, id="inside"),
        pytest.param(10, 1, 0, 300, id="at the time that was shown last"),
        pytest.param(11, 1, 1, 360, id="later than shown, inside the range"),
        pytest.param(14, 0, 1, 540, id="far too late"),
    ],
)
def test_a_promise_is_scored_by_when_the_call_came(
    minutes: float, within: int, late: int, error: float
) -> None:
    scored = score(PROMISE, at(minutes))
    assert scored == Accuracy(promises=1, late=late, ranged=1, within=within, error=error)


def test_no_wait_promised_and_none_had_says_nothing() -> None:
    nothing = Promise(p10=0.0, p50=0.0, p80=20.0, p90=30.0, made_at=at(0))
    assert score(nothing, at(0.5)) == Accuracy()
    assert score(nothing, at(3)).late == 1


def test_a_promise_of_the_time_before_ranges_were_kept_counts_without_one() -> None:
    old = replace(PROMISE, p10=None, p90=None)
    scored = score(old, at(5))
    assert (scored.promises, scored.ranged, scored.share_within) == (1, 0, None)


def test_accuracies_add_up_to_shares_and_a_typical_error() -> None:
    total = scores((PROMISE, at(minutes)) for minutes in (1, 5, 9, 11, 14))
    assert total.share_within == pytest.approx(3 / 5)
    assert total.share_late == pytest.approx(2 / 5)
    assert total.typical_error == timedelta(seconds=(240 + 0 + 240 + 360 + 540) / 5)


def test_nothing_promised_has_no_shares() -> None:
    nothing = Accuracy()
    assert (nothing.share_within, nothing.share_late, nothing.typical_error) == (None, None, None)


@pytest.mark.parametrize(("promises", "late", "told"), [(100, 17, 83), (30, 10, 67), (19, 0, None)])
def test_of_a_hundred_people(promises: int, late: int, told: int | None) -> None:
    assert Accuracy(promises=promises, late=late).in_time_of_hundred == told


def test_only_those_who_were_called_today_are_scored() -> None:
    waiting = a_ticket()
    promised = waiting.with_leg(replace(waiting.leg, promise=PROMISE))
    called = verbs.call(promised, counter=FIRST, staff=SARA, at=at(9))
    assert accuracy_of_today(a_live_branch(promised)) == Accuracy()
    assert accuracy_of_today(a_live_branch(called)).promises == 1
    yesterday = replace(called, day=called.day - timedelta(days=1))
    assert accuracy_of_today(a_live_branch(yesterday)) == Accuracy()
