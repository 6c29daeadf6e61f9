"""The week begins on Saturday in Persian and on Monday in English; hours are said by it."""

from datetime import time

from queueapp.domain.branch import OpeningHours, Service, Span, Weekday
from queueapp.language.week import opening_hours, week
from tests.domain.samples import a_service
from tests.language.speakers import ENGLISH, PERSIAN

MORNING = Span(starts=time(8), ends=time(13, 30))
SHORT = Span(starts=time(8), ends=time(12))
EVENING = Span(starts=time(16), ends=time.max)


def a_service_open(**days: tuple[Span, ...]) -> Service:
    return a_service(
        opening=tuple(
            OpeningHours(weekday=Weekday[day.upper()], span=span)
            for day, spans in days.items()
            for span in spans
        )
    )


def test_each_language_begins_its_week_on_its_own_day() -> None:
    assert [week(PERSIAN)[0], week(PERSIAN)[-1]] == [Weekday.SATURDAY, Weekday.FRIDAY]
    assert [week(ENGLISH)[0], week(ENGLISH)[-1]] == [Weekday.MONDAY, Weekday.SUNDAY]


def test_days_that_follow_one_another_are_said_together() -> None:
    office = a_service_open(
        saturday=(MORNING,),
        sunday=(MORNING,),
        monday=(MORNING,),
        tuesday=(MORNING,),
        wednesday=(MORNING,),
        thursday=(SHORT,),
    )
    assert opening_hours(office, PERSIAN) == [
        "شنبه تا چهارشنبه: ۰۸:۰۰ تا ۱۳:۳۰",
        "پنجشنبه: ۰۸:۰۰ تا ۱۲:۰۰",
    ]
    assert opening_hours(office, ENGLISH) == [
        "Monday to Wednesday, Saturday, Sunday: 08:00–13:30",
        "Thursday: 08:00–12:00",
    ]


def test_a_day_may_have_several_hours_and_end_at_midnight() -> None:
    office = a_service_open(friday=(SHORT, EVENING))
    assert opening_hours(office, ENGLISH) == ["Friday: 08:00–12:00, 16:00–24:00"]


def test_a_service_without_hours_has_none_to_say() -> None:
    assert opening_hours(a_service(), PERSIAN) == []
