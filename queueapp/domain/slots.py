"""When a service's appointments are: its slots, how many may have each, and who may take one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from queueapp.domain.branch import Branch, Service, Shift, Span
from queueapp.domain.hours import shifts_on
from queueapp.domain.refusal import Reason, Refused

DAY = timedelta(days=1)
YEARS = range(1970, 2200)
"""Nobody has an appointment in another one, and calendars end somewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time that can be booked."""

    starts_at: datetime
    """Aware, UTC."""
    left: int
    """How many places nobody has taken."""


def days_to_book(branch: Branch, service: Service, now: datetime) -> list[date]:
    """The days for which appointments are taken at ``now``, today first; none of rest."""
    if service.booking is None or not service.is_open:
        return []
    today = branch.day(now)
    days = (today + timedelta(days=ahead) for ahead in range(service.booking.ahead.days + 1))
    return [day for day in days if slots_on(branch, service, day)]


def slots_on(branch: Branch, service: Service, day: date) -> list[datetime]:
    """When each slot of ``day`` begins, taken or not; aware, UTC.

    A slot lies within the opening hours, or without any within a shift of a counter that serves
    it, beside the breaks.
    """
    if service.booking is None or branch.day_off(day) is not None:
        return []
    length = service.booking.length
    found: set[datetime] = set()
    for span in _spans(branch, service, day):
        begins, ends = branch.moment(day, span.starts), branch.moment(day, span.ends)
        while begins + length <= ends:
            found.add(begins)
            begins += length
    return sorted(found)


def whole_day(branch: Branch, day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight on the branch's clock; aware, UTC."""
    return branch.moment(day), branch.moment(day + DAY)


def free_slots(
    branch: Branch, service: Service, day: date, taken: Mapping[datetime, int], now: datetime
) -> list[Slot]:
    """What can still be booked on ``day``; ``taken``: how many have each slot already."""
    rules = service.booking
    if rules is None or not service.is_open or not _is_near(branch, day, rules.ahead, now):
        return []
    return [
        Slot(starts_at=starts_at, left=left)
        for starts_at in slots_on(branch, service, day)
        if starts_at > now and (left := rules.places - taken.get(starts_at, 0)) > 0
    ]


def refuse_unless_free(
    branch: Branch, service: Service, starts_at: datetime, taken: int, now: datetime
) -> None:
    """Refuse a time that is none of the service's slots, or that ``taken`` people have already."""
    if service.booking is None:
        raise Refused(Reason.SERVICE_NOT_BOOKED, service=service.name)
    day = branch.day(starts_at)
    if not any(slot.starts_at == starts_at for slot in free_slots(branch, service, day, {}, now)):
        raise Refused(Reason.SLOT_UNKNOWN)
    if taken >= service.booking.places:
        raise Refused(Reason.SLOT_TAKEN)


def _is_near(branch: Branch, day: date, ahead: timedelta, now: datetime) -> bool:
    return timedelta(0) <= day - branch.day(now) <= ahead


def _spans(branch: Branch, service: Service, day: date) -> Iterator[Span]:
    if service.opening:
        yield from (each.span for each in service.opening if each.weekday == day.weekday())
        return
    for counter in branch.counters_serving(service.code):
        for shift in shifts_on(branch, counter, day):
            yield from _between_breaks(shift)


def _between_breaks(shift: Shift) -> Iterator[Span]:
    starts = shift.span.starts
    for pause in shift.breaks:
        yield Span(starts=starts, ends=pause.starts)
        starts = pause.ends
    yield Span(starts=starts, ends=shift.span.ends)
