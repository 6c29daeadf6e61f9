"""What the wall says of the hours to come."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from counters.wall_ahead import ROOM_FOR_PLANNED, ahead_rows
from counters.wall_rows import Picture
from counters.wall_table import MORE
from queueapp.domain.advice import Advice, OpenCounter, Range
from queueapp.domain.estimate import Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.outlook import HalfHourAhead, Outlook
from queueapp.domain.words import CounterNumber
from queueapp.language.advice_words import effect_words
from tests.domain.samples import NOON, a_live_branch
from tests.tui.fakes import language_of


def half(starts: datetime) -> HalfHourAhead:
    return HalfHourAhead(
        starts=starts,
        arrivals=Range(low=4.0, mean=7.5, high=12.0),
        waits=Range(low=120.0, mean=400.0, high=900.0),
        planned=2,
        needed=3,
    )


def told(*starts: datetime) -> LiveBranch:
    live = a_live_branch()
    outlook = Outlook(made_at=NOON, advice=(), ahead=tuple(map(half, starts)))
    return replace(live, estimates=Estimates(made_at=NOON, revision=live.revision, outlook=outlook))


def shown(live: LiveBranch, now: datetime) -> list[datetime]:
    rows = ahead_rows(Picture(live=live, now=now, language=language_of("en")))
    return [row.key for row in rows.rows if isinstance(row.key, datetime)]


@pytest.mark.parametrize(("minutes", "left"), [(0, 2), (5, 1)])
def test_a_half_hour_that_is_over_is_not_to_come(minutes: int, left: int) -> None:
    running = NOON - timedelta(minutes=27)
    live = told(running, running + timedelta(minutes=30))
    assert len(shown(live, NOON + timedelta(minutes=minutes))) == left


def test_a_narrow_wall_still_shows_how_many_counters_are_needed() -> None:
    picture = Picture(live=told(NOON), now=NOON, language=language_of("en"))
    columns = ahead_rows(picture).columns
    narrow = [column for column in columns if column.from_width < ROOM_FOR_PLANNED]
    assert [column.heading for column in narrow] == ["", "wait", "needed"]
    assert 1 + sum(column.width + 1 for column in narrow) <= 34  # of 120 columns


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_list_that_goes_on_has_its_headings_over_their_columns(language: str) -> None:
    rows = ahead_rows(Picture(live=told(NOON), now=NOON, language=language_of(language)))
    assert cell_len(f"{rows.title} {MORE}") <= rows.columns[0].width


@pytest.mark.parametrize(
    ("spared", "said"),
    [
        (Range(low=2.0, mean=6.0, high=11.0), "6 fewer past target (2–11)"),
        (Range(low=-4.0, mean=2.0, high=9.0), "2 fewer past target (-4 to 9)"),
    ],
)
def test_an_effect_says_plainly_that_things_may_also_become_worse(spared: Range, said: str) -> None:
    advice = Advice(
        action=OpenCounter(counter=CounterNumber(2), lasts=timedelta(hours=1)),
        spared=spared,
        shorter=0.0,
        cost=timedelta(0),
        people=20.0,
    )
    assert effect_words(advice, language_of("en")) == said
