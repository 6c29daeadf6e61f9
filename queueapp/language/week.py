"""A week as each language counts it, and the hours of a service in it."""

from collections.abc import Sequence
from itertools import groupby

from queueapp.domain.branch import Service, Span, Weekday
from queueapp.domain.words import sentence
from queueapp.language.dates import WEEKDAYS
from queueapp.language.language import Language

SEVERAL_DAYS = sentence("{first} to {last}")
HOURS = sentence("{starts}–{ends}")
ON_DAYS = sentence("{days}: {hours}")
BETWEEN = sentence(", ")
FEWEST_TO_JOIN = 3
"""Two days are named both; of three and more, the first and the last."""


def week(language: Language) -> tuple[Weekday, ...]:
    """The seven days, beginning with the one that begins a week."""
    first = language.conventions.week_starts
    return tuple(Weekday((first + ahead) % 7) for ahead in range(7))


def opening_hours(service: Service, language: Language) -> list[str]:
    """When ``service`` takes customers, one line for all days with the same hours."""
    days_of: dict[tuple[Span, ...], list[Weekday]] = {}
    for weekday in week(language):
        spans = tuple(hours.span for hours in service.opening if hours.weekday == weekday)
        if spans:
            days_of.setdefault(spans, []).append(weekday)
    between = language.text(BETWEEN)
    return [
        language.text(
            ON_DAYS,
            days=between.join(_days(days, language)),
            hours=between.join(_hours(span, language) for span in spans),
        )
        for spans, days in days_of.items()
    ]


def _days(days: Sequence[Weekday], language: Language) -> list[str]:
    """Days that follow one another in ``language``'s week are said together."""
    order = week(language)
    places = [order.index(day) for day in days]
    said: list[str] = []
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        names = [language.text(WEEKDAYS[order[place]]) for _, place in run]
        if len(names) < FEWEST_TO_JOIN:
            said.extend(names)
        else:
            said.append(language.text(SEVERAL_DAYS, first=names[0], last=names[-1]))
    return said


def _hours(span: Span, language: Language) -> str:
    starts, _, ends = str(span).partition("-")
    return language.text(HOURS, starts=starts, ends=ends)
