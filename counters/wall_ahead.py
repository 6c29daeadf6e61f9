"""What the forecaster says about the rest of the day, as lines of the wall."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from counters.wall_rows import Picture
from counters.wall_table import Cell, Column, Row, Rows
from queueapp.domain.advice import Advice, Range
from queueapp.domain.figures import HALF_HOUR
from queueapp.domain.live import LiveBranch
from queueapp.domain.outlook import HalfHourAhead, Outlook
from queueapp.domain.what_if import is_still_open
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.language.advice_words import (
    action_words,
    cost_words,
    drift_words,
    effect_words,
    people_spared,
)

GOOD_FOR = timedelta(minutes=10)
"""An older outlook is not shown: the branch has moved on."""
NOT_KNOWN = sentence("This is not known yet.")
NOBODY_TO_COME = sentence("Nobody more is expected.")
ROOM_FOR_PEOPLE = 52
"""Cells; a narrower table leaves out how many come."""
ROOM_FOR_PLANNED = 42
"""Cells; a narrower one leaves out how many counters are planned, and colours what is missing."""
ROOM_FOR_EFFECT, ROOM_FOR_COST = 102, 121
"""Cells; a narrower table leaves the longest advice its room: Enter shows all of it."""


def fresh_outlook(live: LiveBranch, now: datetime) -> Outlook | None:
    """What the forecaster said last, unless that is long ago."""
    outlook = live.estimates.outlook if live.estimates else None
    if outlook is None or abs(now - outlook.made_at) > GOOD_FOR:
        return None
    return outlook


def advice_of(live: LiveBranch, now: datetime) -> tuple[Advice, ...]:
    """The advice that can still be followed, the best first."""
    outlook = fresh_outlook(live, now)
    if outlook is None:
        return ()
    return tuple(each for each in outlook.advice if is_still_open(live, each.action, now))


def advice_rows(picture: Picture, found: Sequence[Advice]) -> Rows:
    """What would help, with its effect and its cost."""
    language = picture.language
    past_target = language.text("past target") if found else ""
    return Rows(
        title=_advice_title(picture),
        columns=(
            Column(width=1),
            Column(width=34, grows=1),
            Column(heading=past_target, width=20, below_width=ROOM_FOR_EFFECT),
            Column(width=42, from_width=ROOM_FOR_EFFECT),
            Column(width=18, from_width=ROOM_FOR_COST),
        ),
        rows=tuple(
            Row(
                key=advice.action,
                cells=(
                    Cell("•", "quiet"),
                    Cell(action_words(advice.action, picture.live, language)),
                    Cell(people_spared(advice, language), "quiet"),
                    Cell(effect_words(advice, language), "quiet"),
                    Cell(cost_words(advice, language), "quiet"),
                ),
            )
            for advice in found
        ),
        empty=language.text("Nothing that could be done now would help noticeably."),
    )


def _advice_title(picture: Picture) -> str:
    language = picture.language
    title = language.text("What would help")
    outlook = fresh_outlook(picture.live, picture.now)
    if outlook is None or outlook.slower is None:
        return title
    return f"{title} · {drift_words(outlook.slower, language)}"


def has_something_to_say(picture: Picture, found: Sequence[Advice]) -> bool:
    """Whether the advice takes room on the wall: it is quiet when nothing helps."""
    outlook = fresh_outlook(picture.live, picture.now)
    return bool(found) or (outlook is not None and outlook.slower is not None)


def ahead_rows(picture: Picture) -> Rows:
    """The rest of the day, half hour by half hour."""
    language = picture.language
    outlook = fresh_outlook(picture.live, picture.now)
    # What the forecaster said minutes ago may begin with a half hour that is over by now.
    halves = (
        half
        for half in (() if outlook is None else outlook.ahead)
        if half.starts + HALF_HOUR > picture.now
    )
    return Rows(
        title=language.text("To come"),
        columns=(
            Column(width=9),  # the title stands over it, with the sign that there is more
            Column(
                heading=language.text("people"), width=9, at_end=True, from_width=ROOM_FOR_PEOPLE
            ),
            Column(heading=language.text("wait"), width=13, grows=1, at_end=True),
            Column(
                heading=language.text("planned"), width=8, at_end=True, from_width=ROOM_FOR_PLANNED
            ),
            Column(heading=language.text("needed"), width=7, at_end=True),
        ),
        rows=tuple(_ahead_row(half, language) for half in halves),
        empty=language.text(NOT_KNOWN if outlook is None else NOBODY_TO_COME),
    )


def _ahead_row(half: HalfHourAhead, language: Language) -> Row:
    needed = half.needed
    is_short = needed is not None and needed > half.planned
    return Row(
        key=half.starts,
        cells=(
            Cell(language.time(half.starts)),
            Cell(_range(half.arrivals, 1.0, language), "quiet"),
            Cell(language.text("{range} min", range=_range(half.waits, 60.0, language))),
            Cell(language.number(half.planned), "quiet"),
            Cell("–" if needed is None else language.number(needed), "past" if is_short else ""),
        ),
    )


def _range(values: Range, unit: float, language: Language) -> str:
    low, high = round(values.low / unit), round(values.high / unit)
    if low == high:
        return language.number(low)
    return language.text("{low}–{high}", low=low, high=high)
