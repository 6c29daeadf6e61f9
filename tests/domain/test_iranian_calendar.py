"""The Iranian calendar, checked against a second implementation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from queueapp.domain.iranian_calendar import from_iranian, iranian_date


def test_every_day_of_two_centuries_has_the_official_date() -> None:
    day = date(1925, 3, 21)
    while day < date(2107, 1, 1):
        jalali = JalaliDate(day)  # type: ignore[no-untyped-call]  # it leaves this untyped
        assert iranian_date(day) == (jalali.year, jalali.month, jalali.day)
        day += timedelta(days=1)


@given(st.dates(date(1700, 1, 1), date(2600, 1, 1)))
def test_a_date_leads_back_to_its_day(day: date) -> None:
    assert from_iranian(*iranian_date(day)) == day


@pytest.mark.parametrize("wrong", [(1405, 12, 30), (1405, 7, 31), (1405, 13, 1), (1405, 1, 0)])
def test_a_day_that_is_not_there_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no day"):
        from_iranian(*wrong)


def test_a_leap_year_has_its_last_day() -> None:
    assert from_iranian(1403, 12, 30) == date(2025, 3, 20)
