"""Appointments: taken over from another system, booked, given up, and checked in."""

from dataclasses import replace
from datetime import datetime

from uuid_utils.compat import uuid7

from queueapp.domain import appointment as rules
from queueapp.domain.appointment import Appointment, AppointmentId, AppointmentState, Source
from queueapp.domain.branch import Branch
from queueapp.domain.hours import is_within_hours, why_closed
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.slots import refuse_unless_free
from queueapp.operations.appointment_commands import (
    BookAppointment,
    CancelAppointment,
    CheckIn,
    ImportAppointments,
    ImportedAppointment,
)
from queueapp.operations.appointment_ports import Appointments
from queueapp.operations.commands import IssueTicket
from queueapp.operations.customers import give_number
from queueapp.operations.done import Done
from queueapp.operations.ports import Transaction


def book_appointment(transaction: Transaction, command: BookAppointment) -> Done:
    """Take a place of a slot, while there is one."""
    branch, kept = transaction.branch, transaction.appointments
    service = branch.offered_service(command.service)
    if command.reference is not None and kept.with_reference(command.reference):
        raise Refused(Reason.APPOINTMENT_EXISTS, reference=command.reference)
    is_allowed = service.booking is not None and (
        service.booking.on_page or command.source is not Source.PAGE
    )
    if not is_allowed:
        raise Refused(Reason.SERVICE_NOT_BOOKED, service=service.name)
    taken = kept.count_at(service.code, command.starts_at)
    refuse_unless_free(branch, service, command.starts_at, taken, transaction.now)
    booked = Appointment(
        id=AppointmentId(uuid7()),
        service=service.code,
        starts_at=command.starts_at,
        code=_unused_code(kept),
        token=rules.new_token(),
        source=command.source,
        booked_at=transaction.now,
        reference=command.reference,
        label=command.label,
        language=command.language,
    )
    kept.add(booked)
    return _done(booked, token=booked.token, code=booked.code)


def import_appointments(transaction: Transaction, command: ImportAppointments) -> Done:
    """Make the branch's appointments what another system says they are.

    What is not among the rows stays; what was checked in or cancelled here stays so.
    """
    counts = {"added": 0, "changed": 0, "same": 0}
    skipped: list[list[object]] = []
    for place, row in enumerate(command.rows):
        try:
            counts[_take_over(transaction, row)] += 1
        except Refused as refused:
            skipped.append([place, refused.reason.name])
    return Done(facts={**counts, "skipped": len(skipped)}, told={**counts, "skipped": skipped})


def why_skipped(branch: Branch, row: ImportedAppointment, reason: str) -> Refused:
    """Why ``row`` was not taken over; ``reason`` is what the receipt tells of it."""
    names: dict[str, object] = {service.code: service.name for service in branch.services}
    starts_at = branch.local(row.starts_at)
    return Refused(
        Reason[reason],
        service=names.get(row.service, row.service),
        day=starts_at.date(),
        time=starts_at,
    )


def cancel_appointment(transaction: Transaction, command: CancelAppointment) -> Done:
    """Free the place for somebody else."""
    found = _found(transaction, command.code)
    _refuse_checked_in(transaction, found)
    cancelled = rules.cancel(transaction.branch, found, transaction.now)
    transaction.appointments.save(cancelled)
    return _done(cancelled)


def check_in(transaction: Transaction, command: CheckIn) -> Done:
    """A ticket in the category of appointments, due at the time that was booked.

    Whoever has an appointment is never too many, and may come before the doors open.
    """
    branch, now = transaction.branch, transaction.now
    found = _found(transaction, command.code)
    _refuse_checked_in(transaction, found)
    rules.refuse_unless_here_in_time(branch, found, now)
    service = branch.service(found.service)
    category = rules.appointment_category(branch)
    if not service.is_open or category is None or branch.day_off(branch.day(now)) is not None:
        raise why_closed(branch, service, now)
    done = give_number(
        transaction,
        IssueTicket(
            service=service.code,
            category=category.code,
            appointment_at=found.starts_at,
            language=command.language,
            channel=command.channel,
            printer=command.printer,
        ),
    )
    assert done.ticket is not None
    transaction.appointments.save(rules.check_in(branch, found, done.ticket.id, now))
    return replace(
        done,
        facts={"appointment": str(found.id)},
        told={"appointment": str(found.id), "service": found.service},
    )


def _take_over(transaction: Transaction, row: ImportedAppointment) -> str:
    """``added``, ``changed`` or ``same``; refused when the row cannot be meant."""
    kept, branch, now = transaction.appointments, transaction.branch, transaction.now
    known = kept.with_reference(row.reference)
    if known is None:
        _refuse_unless_possible(branch, row, now)
        kept.add(
            Appointment(
                id=AppointmentId(uuid7()),
                service=row.service,
                starts_at=row.starts_at,
                code=_unused_code(kept),
                token=rules.new_token(),
                source=Source.IMPORT,
                booked_at=now,
                reference=row.reference,
                label=row.label,
                language=branch.languages[0],
            )
        )
        return "added"
    said = replace(known, service=row.service, starts_at=row.starts_at, label=row.label)
    if said == known or known.state in {AppointmentState.CHECKED_IN, AppointmentState.CANCELLED}:
        return "same"
    if row.starts_at != known.starts_at or row.service != known.service:
        _refuse_unless_possible(branch, row, now)
        said = replace(said, state=AppointmentState.BOOKED)
    kept.save(said)
    return "changed"


def _refuse_unless_possible(branch: Branch, row: ImportedAppointment, now: datetime) -> None:
    """Refuse what is over, and what no counter could keep; the slots are the other system's."""
    service = branch.offered_service(row.service)
    if service.booking is None:
        raise Refused(Reason.SERVICE_NOT_BOOKED, service=service.name)
    if row.starts_at + service.booking.late < now:
        raise rules.over(branch, row.starts_at)
    if not is_within_hours(branch, service, row.starts_at):
        raise Refused(Reason.SLOT_CLOSED, service=service.name)


def _unused_code(kept: Appointments) -> str:
    code = rules.new_code()
    while kept.find(code) is not None:
        code = rules.new_code()
    return code


def _found(transaction: Transaction, code: str) -> Appointment:
    read = rules.read_code(code)
    found = transaction.appointments.find(read) if read else None
    if found is None:
        raise Refused(Reason.APPOINTMENT_UNKNOWN)
    return found


def _refuse_checked_in(transaction: Transaction, found: Appointment) -> None:
    if found.state is AppointmentState.CHECKED_IN and found.ticket is not None:
        label = transaction.ticket(found.ticket).label
        raise Refused(Reason.APPOINTMENT_CHECKED_IN, ticket=label)


def _done(appointment: Appointment, *, token: str = "", code: str = "") -> Done:
    own = {"appointment": str(appointment.id)}
    return Done(
        token=token,
        facts={
            **own,
            "service": appointment.service,
            "starts_at": appointment.starts_at.isoformat(),
            "source": appointment.source.value,
        },
        told={**own, "code": code} if code else own,
    )
