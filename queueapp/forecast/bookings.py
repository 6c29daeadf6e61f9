"""Appointments that are known before their holders come."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from queueapp.domain.appointment import AppointmentState, rules_of
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import CategoryCode, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """Somebody is expected at ``at`` (aware) for ``service``."""

    service: ServiceCode
    at: datetime
    category: CategoryCode | None = None
    """``None``: the branch's category for appointments."""


def booked_today(live: LiveBranch) -> list[Booking]:
    """The appointments of the day that are neither checked in nor cancelled, in order of time."""
    booked = (each for each in live.appointments.values() if each.state is AppointmentState.BOOKED)
    return sorted(
        (Booking(service=each.service, at=each.starts_at) for each in booked),
        key=lambda booking: booking.at,
    )


def still_to_come(live: LiveBranch, now: datetime) -> list[Booking]:
    """Those of them who may still check in."""
    return [
        booking
        for booking in booked_today(live)
        if live.branch.day(booking.at) == live.day
        and now <= booking.at + rules_of(live.branch, booking.service).late
    ]


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
