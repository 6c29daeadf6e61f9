"""When a service opens next is said as near as people say it, in both languages."""

from datetime import datetime

import pytest

from queueapp.language.openings import opening
from tests.language.speakers import ENGLISH, PERSIAN


def tehran(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ENGLISH.zone)


@pytest.mark.parametrize(
    ("opens", "english", "persian"),
    [
        ("2026-11-19 08:00", "opens at 08:00", "از ساعت ۸:۰۰ باز می‌شود"),
        ("2026-11-20 13:30", "opens tomorrow at 13:30", "فردا از ساعت ۱۳:۳۰ باز می‌شود"),
        ("2026-11-21 08:00", "opens on Saturday at 08:00", "شنبه از ساعت ۸:۰۰ باز می‌شود"),
        (
            "2026-11-26 08:00",
            "opens on Thursday 26 November 2026 at 08:00",
            "پنجشنبه ۵ آذر ۱۴۰۵ از ساعت ۸:۰۰ باز می‌شود",
        ),
    ],
)
def test_an_opening_is_said_as_near_as_people_say_it(
    opens: str, english: str, persian: str
) -> None:
    now = tehran("2026-11-19 06:00")
    assert opening(tehran(opens), now, ENGLISH) == english
    assert opening(tehran(opens), now, PERSIAN) == persian
