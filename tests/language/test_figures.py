"""Digits, numbers, waits and dates as people of each language write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from queueapp.domain.estimate import Estimate, NoEstimate
from queueapp.language.bidi import visual
from tests.domain import samples
from tests.language.speakers import ENGLISH, PERSIAN, estimate


def test_ticket_numbers_take_the_digits_of_the_language() -> None:
    assert ENGLISH.label("A042") == "A042"
    assert PERSIAN.label("A042") == "A۰۴۲"
    assert PERSIAN.digits("ب7") == "ب۷"
    ticket = samples.a_ticket()
    assert PERSIAN.ticket(ticket) == PERSIAN.digits(ticket.label)


@pytest.mark.parametrize(
    ("value", "english", "persian"),
    [
        (0, "0", "۰"),
        (1234, "1,234", "۱٬۲۳۴"),
        (-5, "-5", "\u2066-۵\u2069"),
        (4.5, "4.5", "۴٫۵"),
        (4.0, "4", "۴"),
        (1200.0, "1,200", "۱٬۲۰۰"),
        (1234.567, "1,234.57", "۱٬۲۳۴٫۵۷"),
    ],
)
def test_numbers(value: float, english: str, persian: str) -> None:
    assert (ENGLISH.number(value), PERSIAN.number(value)) == (english, persian)


def test_a_minus_stands_before_its_figures_in_a_persian_line() -> None:
    line = PERSIAN.text("{percent} %", percent=-12)
    assert "-۱۲" in visual(line, right_to_left=True).text


def test_shares_are_shown_in_whole_percent() -> None:
    assert (ENGLISH.percent(0.834), PERSIAN.percent(0.834)) == ("83 %", "۸۳٪")
    assert ENGLISH.percent(1.2) == "120 %"


@pytest.mark.parametrize(
    ("seconds", "english", "persian"),
    [
        (-3, "under 1 min", "کمتر از ۱ دقیقه"),
        (59, "under 1 min", "کمتر از ۱ دقیقه"),
        (60, "1 min", "۱ دقیقه"),
        (14 * 60 + 59, "14 min", "۱۴ دقیقه"),
        (99 * 60, "99 min", "۹۹ دقیقه"),
        (100 * 60, "1 h 40 min", "۱ ساعت و ۴۰ دقیقه"),
        (7200, "2 h", "۲ ساعت"),
    ],
)
def test_a_passed_wait_counts_full_minutes(seconds: int, english: str, persian: str) -> None:
    elapsed = timedelta(seconds=seconds)
    assert (ENGLISH.minutes(elapsed), PERSIAN.minutes(elapsed)) == (english, persian)


@pytest.mark.parametrize(
    ("seconds", "english", "persian"),
    [
        (-3.5, "00:00", "۰۰:۰۰"),
        (190.9, "03:10", "۰۳:۱۰"),
        (3599, "59:59", "۵۹:۵۹"),
        (3750, "1:02:30", "۱:۰۲:۳۰"),
    ],
)
def test_a_running_time(seconds: float, english: str, persian: str) -> None:
    elapsed = timedelta(seconds=seconds)
    assert (ENGLISH.stopwatch(elapsed), PERSIAN.stopwatch(elapsed)) == (english, persian)


@pytest.mark.parametrize(
    ("p50", "p80", "english", "persian"),
    [
        (8.9, 13.1, "8–14 min", "۸ تا ۱۴ دقیقه"),
        (1.2, 1.7, "1–2 min", "۱ تا ۲ دقیقه"),
        (8, 8, "about 8 min", "حدود ۸ دقیقه"),
        (1, 1, "about 1 min", "حدود ۱ دقیقه"),
        (0, 0, "under 1 min", "کمتر از ۱ دقیقه"),
        (0.3, 0.9, "under 1 min", "کمتر از ۱ دقیقه"),
        (0.5, 1.5, "up to 2 min", "حداکثر ۲ دقیقه"),
        (97, 116.2, "97–117 min", "۹۷ تا ۱۱۷ دقیقه"),
        (97, 120, "97–120 min", "۹۷ تا ۱۲۰ دقیقه"),
        (97, 120.1, "1.5–2.5 h", "۱٫۵ تا ۲٫۵ ساعت"),
        (120, 150, "2–2.5 h", "۲ تا ۲٫۵ ساعت"),
        (31, 200, "0.5–3.5 h", "۰٫۵ تا ۳٫۵ ساعت"),
        (29, 130, "up to 2.5 h", "حداکثر ۲٫۵ ساعت"),
        (0.2, 130, "up to 2 h 10 min", "حداکثر ۲ ساعت و ۱۰ دقیقه"),
        (150, 150, "about 2 h 30 min", "حدود ۲ ساعت و ۳۰ دقیقه"),
    ],
)
def test_a_range_is_never_narrower_than_the_estimate(
    p50: float, p80: float, english: str, persian: str
) -> None:
    said = estimate(p50, p80)
    assert (ENGLISH.range(said), PERSIAN.range(said)) == (english, persian)


def test_a_forecast_is_a_range_or_words() -> None:
    soon = Estimate(p10=60, p50=200, p80=400, p90=500)
    assert ENGLISH.forecast(soon) == "3–7 min"
    assert [ENGLISH.forecast(why) for why in NoEstimate] == [
        "Closed now",
        "Nobody serves this now",
        "May not be served before closing",
        "No estimate yet",
    ]
    assert [PERSIAN.forecast(why) for why in NoEstimate] == [
        "فعلاً بسته است",
        "فعلاً باجه‌ای برای این خدمت باز نیست",
        "شاید تا پایان ساعت کار نوبت نرسد",
        "هنوز برآوردی نیست",
    ]


def test_times_are_on_the_clock_of_the_branch() -> None:
    moment = datetime(2026, 11, 22, 7, 12, tzinfo=UTC)
    assert (ENGLISH.time(moment), PERSIAN.time(moment)) == ("10:42", "۱۰:۴۲")


def test_a_time_without_a_zone_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        ENGLISH.time(datetime(2026, 11, 22, 7, 12))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("day", "english", "persian"),
    [
        (date(2026, 11, 22), "Sunday 22 November 2026", "یکشنبه ۱ آذر ۱۴۰۵"),
        (date(2026, 3, 20), "Friday 20 March 2026", "جمعه ۲۹ اسفند ۱۴۰۴"),
        (date(2026, 3, 21), "Saturday 21 March 2026", "شنبه ۱ فروردین ۱۴۰۵"),
        (date(2025, 3, 20), "Thursday 20 March 2025", "پنجشنبه ۳۰ اسفند ۱۴۰۳"),
    ],
)
def test_days_follow_the_calendar_of_the_language(day: date, english: str, persian: str) -> None:
    assert (ENGLISH.date(day), PERSIAN.date(day)) == (english, persian)


def test_every_month_of_a_year_has_its_name() -> None:
    days = [date(2026, 3, 25) + timedelta(days=30.44 * month) for month in range(12)]
    months = " ".join(PERSIAN.date(day).split()[2] for day in days)
    assert months == "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"


def test_a_moment_after_midnight_belongs_to_the_day_of_the_branch() -> None:
    moment = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
    assert ENGLISH.moment(moment) == "Sunday 22 November 2026, 00:30"
    assert PERSIAN.moment(moment) == "یکشنبه ۱ آذر ۱۴۰۵، ساعت ۰۰:۳۰"
