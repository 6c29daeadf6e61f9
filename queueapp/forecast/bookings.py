"""Appointments that are known before their holders come."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from queueapp.domain.live import LiveBranch
from queueapp.domain.words import CategoryCode, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """Somebody is expected at ``at`` (aware) for ``service``."""

    service: ServiceCode
    at: datetime
    category: CategoryCode | None = None
    """``None``: the branch's category for appointments."""


def not_come_yet(live: LiveBranch, bookings: Iterable[Booking]) -> list[Booking]:
    """Today's ``bookings`` that no ticket of ``live`` belongs to, in order of time.

    A ticket belongs to one booking for the service that it was first taken for, at its slot.
    """
    come = Counter(
        (ticket.legs[0].service, ticket.appointment_at)
        for ticket in live.tickets.values()
        if ticket.appointment_at is not None
    )
    left = []
    for booking in sorted(bookings, key=lambda booking: booking.at):
        if live.branch.day(booking.at) != live.day:
            continue
        if come[booking.service, booking.at] > 0:
            come[booking.service, booking.at] -= 1
        else:
            left.append(booking)
    return left
