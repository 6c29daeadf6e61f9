from datetime import timedelta

import pytest

from queueapp.domain import ticket as verbs
from queueapp.domain.rating import Rating, RatingReason, rate, rateable_leg
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import Channel, Ticket
from tests.domain.samples import (
    LINES,
    NOON,
    a_served_ticket,
    a_serving_ticket,
    a_ticket,
    at,
)


def rated(
    ticket: Ticket,
    score: int,
    *,
    after_seconds: float = 0,
    earlier: Rating | None = None,
    reason: RatingReason | None = None,
) -> Rating:
    return rate(
        ticket,
        score=score,
        reason=reason,
        channel=Channel.COUNTER,
        at=NOON + timedelta(seconds=after_seconds),
        earlier=earlier,
    )


def test_one_tap_rates_the_leg_that_was_served() -> None:
    ticket = a_served_ticket()
    rating = rated(ticket, 5)
    assert (rating.ticket, rating.ordinal, rating.score, rating.at) == (ticket.id, 1, 5, NOON)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_outside_1_to_5_is_refused(score: int) -> None:
    with pytest.raises(Refused) as refused:
        rated(a_served_ticket(), score)
    assert refused.value.reason is Reason.RATING_OUT_OF_RANGE


@pytest.mark.parametrize("seconds", [1, 29, 30])
def test_a_rating_may_be_changed_for_30_seconds_and_keeps_its_first_time(seconds: float) -> None:
    ticket = a_served_ticket()
    first = rated(ticket, 1, reason=RatingReason.UNFRIENDLY)
    second = rated(ticket, 4, after_seconds=seconds, earlier=first)
    assert (second.score, second.reason, second.at) == (4, None, first.at)


def test_changing_it_again_and_again_does_not_stretch_the_30_seconds() -> None:
    ticket = a_served_ticket()
    first = rated(ticket, 1)
    second = rated(ticket, 2, after_seconds=29, earlier=first)
    with pytest.raises(Refused) as refused:
        rated(ticket, 3, after_seconds=31, earlier=second)
    assert refused.value.reason is Reason.RATING_EXISTS


@pytest.mark.parametrize(("score", "kept"), [(1, True), (2, True), (3, False), (5, False)])
def test_only_a_bad_score_keeps_its_reason(score: int, kept: bool) -> None:
    rating = rated(a_served_ticket(), score, reason=RatingReason.WAITED_TOO_LONG)
    assert rating.reason == (RatingReason.WAITED_TOO_LONG if kept else None)


@pytest.mark.parametrize(
    "ticket",
    [
        pytest.param(a_ticket(), id="waiting"),
        pytest.param(a_serving_ticket(), id="being served"),
        pytest.param(verbs.cancel(a_ticket(), at=at(3)), id="cancelled"),
        pytest.param(
            verbs.transfer(a_serving_ticket(), at=at(9), service=LINES), id="only transferred"
        ),
    ],
)
def test_who_was_not_served_has_nothing_to_rate(ticket: Ticket) -> None:
    with pytest.raises(Refused) as refused:
        rated(ticket, 5)
    assert refused.value.reason is Reason.RATING_NOT_SERVED


def test_while_the_second_service_waits_the_first_can_be_rated() -> None:
    going_on = verbs.add_service(a_serving_ticket(), service=LINES, at=at(9), here=True)
    assert rateable_leg(going_on) == 1
    assert rateable_leg(verbs.finish(going_on, at=at(15))) == 2
