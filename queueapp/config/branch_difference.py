"""What applying a branch file would change, in English sentences for the command line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import timedelta
from typing import TypeVar

from queueapp.domain.branch import (
    Branch,
    Category,
    Counter,
    OpeningHours,
    OutcomeChoice,
    Service,
    Shift,
    Weekday,
)
from queueapp.domain.holidays import YearDay
from queueapp.domain.phone import PhoneRules
from queueapp.domain.slot_rules import SlotRules
from queueapp.domain.words import Text

Compared = Branch | PhoneRules | Service | Category | Counter | OutcomeChoice
Part = Service | Category | Counter | OutcomeChoice
SomePart = TypeVar("SomePart", Service, Category, Counter, OutcomeChoice)

_NOT_COMPARED = {"code", "number", "is_open", "remote_paused_at"}
"""What a supervisor decides about a service by hand: the file has no say in it."""

_WORDS = {
    "target": "promised wait",
    "mean": "usual length of a visit",
    "spread": "spread of that length",
    "opening": "opening hours",
    "by_appointment": "counts from the appointment",
    "booking": "appointments",
    "at_kiosk": "offered at the kiosk",
    "needs_reason": "asks for a reason",
    "hold_limit": "longest time on hold",
    "public_url": "public address",
    "join": "tickets by the code on the kiosk",
    "link": "tickets by the branch's address",
    "distance": "distance of who joins from afar",
    "keep_words": "time that customers' words are kept",
    "call_is_start": "calling starts the service",
    "auto_call": "calls the next customer by itself",
    "shows_accuracy": "tells customers how good its promises were",
}


def describe_difference(old: Branch | None, new: Branch) -> list[str]:
    """One sentence for each change from ``old`` to ``new``; empty when nothing changes.

    ``old`` is ``None``, or has no services, for a branch that is still to be set up.
    """
    if old is None or not old.services:
        counts = (
            f"{_count(new.services, 'service')}, {_count(new.counters, 'counter')} "
            f"and {_count(new.categories, 'category')}"
        )
        return [f"A new branch {new.id} ({new.name}) with {counts}."]
    return [
        *_own_changes(old, new),
        *_changes("Service", old.services, new.services, lambda service: service.code),
        *_changes("Category", old.categories, new.categories, lambda category: category.code),
        *_changes("Counter", old.counters, new.counters, lambda counter: str(counter.number)),
        *_changes("Outcome", old.outcomes, new.outcomes, lambda outcome: outcome.code),
    ]


def _own_changes(old: Branch, new: Branch) -> Iterator[str]:
    sections = {"id", "services", "categories", "counters", "outcomes", "retired_services"}
    others = {"holidays", "break_moves", "phone"}
    yield from _value_changes("Branch", old, new, without=sections | others)
    yield from _value_changes("Phone", old.phone, new.phone, without=set())
    yield from _holiday_changes(old, new)


def _holiday_changes(old: Branch, new: Branch) -> Iterator[str]:
    before = {holiday.day: holiday for holiday in old.holidays}
    after = {holiday.day: holiday for holiday in new.holidays}
    for day, holiday in before.items():
        if day not in after:
            yield f"Holiday {_shown(day)} ({holiday.name}) is removed."
    for day, holiday in after.items():
        if day not in before:
            yield f"Holiday {_shown(day)} ({holiday.name}) is added."
        elif holiday.name != before[day].name:
            names = f"{_shown(before[day].name)} to {_shown(holiday.name)}"
            yield f"Holiday {_shown(day)}: name changes from {names}."


def _changes(
    kind: str, old: Sequence[SomePart], new: Sequence[SomePart], code: Callable[[SomePart], str]
) -> Iterator[str]:
    before = {code(part): part for part in old}
    after = {code(part): part for part in new}
    for key, part in before.items():
        if key not in after:
            yield f"{_called(kind, key, part)} is removed."
    for key, part in after.items():
        if key not in before:
            yield f"{_called(kind, key, part)} is added{_with_what(part)}."
        else:
            subject = _called(kind, key, before[key])
            yield from _value_changes(subject, before[key], part, without=_NOT_COMPARED)
    kept_before = [key for key in before if key in after]
    kept_after = [key for key in after if key in before]
    if kept_before != kept_after:
        yield f"{_plural(kind)} are in another order: {', '.join(after)}."


def _value_changes(
    subject: str, old: Compared, new: Compared, *, without: set[str]
) -> Iterator[str]:
    for name in (field.name for field in fields(old)):
        before, after = getattr(old, name), getattr(new, name)
        if name not in without and before != after:
            word = _WORDS.get(name, name.replace("_", " "))
            yield f"{subject}: {word} changes from {_shown(before)} to {_shown(after)}."


def _called(kind: str, key: str, part: Part) -> str:
    return f"{kind} {key}" if isinstance(part, Counter) else f"{kind} {key} ({part.name})"


def _with_what(part: Part) -> str:
    return f", serving {_shown(part.services)}" if isinstance(part, Counter) else ""


def _count(parts: Sequence[object], word: str) -> str:
    return f"1 {word}" if len(parts) == 1 else f"{len(parts)} {_plural(word)}"


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def _shown(value: object) -> str:
    shown = _shown_rules(value) if isinstance(value, SlotRules) else str(value)
    match value:
        case None | "" | ():
            shown = "none"
        case bool():
            shown = "yes" if value else "no"
        case timedelta():
            shown = f"{value / timedelta(minutes=1):g} min"
        case float():
            shown = f"{value:g}"
        case Weekday():
            shown = value.name.title()
        case YearDay():
            shown = f"{value.month:02}-{value.day:02} of each Iranian year"
        case Text():
            shown = " / ".join(value.by_language.values())
        case tuple():
            shown = _shown_several(value)
    return shown


def _shown_rules(rules: SlotRules) -> str:
    slots = f"{rules.places} each {_shown(rules.length)}, up to {rules.ahead.days} days ahead"
    window = f"check-in from {_shown(rules.early)} before to {_shown(rules.late)} after"
    return f"{slots}, {window}{'' if rules.on_page else ', not on the page'}"


def _shown_several(values: Iterable[object]) -> str:
    """Days with the same hours are said together."""
    days: dict[str, list[str]] = {}
    others: list[str] = []
    for value in values:
        if isinstance(value, OpeningHours | Shift):
            days.setdefault(_hours(value), []).append(value.weekday.name.title()[:3])
        else:
            others.append(_shown(value))
    return ", ".join([*others, *(f"{' '.join(names)} {hours}" for hours, names in days.items())])


def _hours(day: OpeningHours | Shift) -> str:
    if isinstance(day, OpeningHours) or not day.breaks:
        return _shown(day.span)
    return f"{_shown(day.span)} (break {', '.join(_shown(pause) for pause in day.breaks)})"
