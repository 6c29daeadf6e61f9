"""What a waiting customer sees moves gently, and never nearer than what was shown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from queueapp.domain.estimate import Estimate, Estimates, Forecast, NoEstimate
from queueapp.domain.words import Revision, TicketId
from queueapp.forecast.steady import steadied
from tests.domain.samples import NOON, a_ticket

TICKET = a_ticket(1).id


def said(
    forecast: Forecast, *, after: float = 0, revision: int = 5, ticket: TicketId = TICKET
) -> Estimates:
    return Estimates(
        made_at=NOON + timedelta(seconds=after),
        revision=Revision(revision),
        waiting={ticket: forecast},
    )


def minutes(p10: float, p50: float, p80: float, p90: float) -> Estimate:
    return Estimate(p10=p10 * 60, p50=p50 * 60, p80=p80 * 60, p90=p90 * 60)


SHOWN = minutes(5, 10, 14, 16)


def shown(before: Estimates | None, found: Estimates) -> Forecast:
    return steadied(before, found).waiting[TICKET]


def test_the_first_word_is_shown_as_it_is() -> None:
    assert shown(None, said(SHOWN)) == SHOWN


def test_as_time_passes_the_wait_that_is_left_shrinks_by_it() -> None:
    later = shown(said(SHOWN), said(minutes(4, 9, 13, 15), after=60))

    assert later == minutes(4, 9, 13, 15)


@pytest.mark.parametrize("found", [minutes(20, 40, 60, 80), minutes(0, 1, 2, 3)])
def test_without_an_event_the_middle_never_jumps_by_30_percent(found: Estimate) -> None:
    before = said(SHOWN)
    for after in range(10, 200, 10):
        now = steadied(before, said(found, after=after))
        old, new = before.waiting[TICKET], now.waiting[TICKET]
        assert isinstance(old, Estimate)
        assert isinstance(new, Estimate)
        assert abs(new.p50 + 10 - old.p50) < 0.3 * old.p50
        before = now


def test_without_an_event_nobody_is_promised_an_earlier_call_than_the_earliest_shown() -> None:
    before = said(SHOWN)
    for after in range(10, 290, 10):
        before = steadied(before, said(minutes(0, 0, 0, 0), after=after))

    last = before.waiting[TICKET]
    assert isinstance(last, Estimate)
    assert last.p10 + 280 >= SHOWN.p10 - 1e-6
    assert last.p10 <= last.p50 <= last.p80 <= last.p90


def test_after_an_event_the_new_word_counts_at_once() -> None:
    found = minutes(0, 1, 2, 3)

    assert shown(said(SHOWN), said(found, after=10, revision=6)) == found


def test_words_are_never_mixed_with_numbers() -> None:
    words = NoEstimate.NOT_BEFORE_CLOSING

    assert shown(said(SHOWN), said(words, after=10)) is words
    assert shown(said(words), said(SHOWN, after=10)) == SHOWN


def test_somebody_new_is_shown_what_was_found() -> None:
    found = replace(said(SHOWN, after=10), waiting={TICKET: SHOWN})

    assert steadied(said(SHOWN, ticket=a_ticket(2).id), found).waiting[TICKET] == SHOWN


def test_a_clock_that_was_put_back_steadies_nothing() -> None:
    found = minutes(1, 2, 3, 4)

    assert shown(said(SHOWN, after=100), said(found)) == found
