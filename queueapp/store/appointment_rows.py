"""Appointments within a command's transaction, and as pictures and pages read them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, null, or_, select, text, update

from queueapp.domain.appointment import (
    Appointment,
    AppointmentId,
    AppointmentState,
    Source,
    takes_appointments,
)
from queueapp.domain.branch import Branch
from queueapp.domain.slots import whole_day
from queueapp.domain.words import BranchId, Revision, ServiceCode, TicketId
from queueapp.store.appointment_tables import IS_BOOKED, IS_WRITTEN, AppointmentRow
from queueapp.store.print_rows import Run
from queueapp.store.rows import Values, table

appointment = table(AppointmentRow)

APPOINTMENT_COLUMNS = [
    column for column in appointment.c if column.name not in {"branch_id", "revision"}
]
_OF_BRANCH = appointment.c.branch_id == bindparam("branch")
_HAS_A_PLACE = text(f"state IN ('{AppointmentState.BOOKED}', '{AppointmentState.CHECKED_IN}')")
_IN_TIME = (
    appointment.c.starts_at >= bindparam("since"),
    appointment.c.starts_at < bindparam("until"),
)

FIND = select(*APPOINTMENT_COLUMNS).where(
    _OF_BRANCH,
    or_(appointment.c.code == bindparam("given"), appointment.c.token == bindparam("given")),
)
WITH_REFERENCE = select(*APPOINTMENT_COLUMNS).where(
    _OF_BRANCH, appointment.c.reference == bindparam("reference")
)
COUNT_AT = (
    select(func.count())
    .select_from(appointment)
    .where(
        _OF_BRANCH,
        appointment.c.service == bindparam("service"),
        appointment.c.starts_at == bindparam("starts_at"),
        _HAS_A_PLACE,
    )
)
SERVICES_AWAITED = (
    select(appointment.c.service)
    .distinct()
    .where(_OF_BRANCH, text(IS_BOOKED), appointment.c.starts_at >= bindparam("since"))
)
INSERT = appointment.insert()
SAVE = (
    update(appointment)
    .where(_OF_BRANCH, appointment.c.appointment_id == bindparam("which"))
    .values(
        revision=bindparam("now_at"),
        service=bindparam("new_service"),
        starts_at=bindparam("new_start"),
        state=bindparam("new_state"),
        label=bindparam("new_label"),
        ticket_id=bindparam("new_ticket"),
    )
)
MISS_BEFORE = (
    update(appointment)
    .where(_OF_BRANCH, text(IS_BOOKED), appointment.c.starts_at < bindparam("moment"))
    .values(state=text(f"'{AppointmentState.MISSED}'"), revision=bindparam("now_at"))
    .returning(appointment.c.appointment_id)
)
EXPECT_AGAIN = (
    update(appointment)
    .where(
        _OF_BRANCH,
        appointment.c.state == text(f"'{AppointmentState.MISSED}'"),
        appointment.c.starts_at >= bindparam("moment"),
    )
    .values(state=text(f"'{AppointmentState.BOOKED}'"), revision=bindparam("now_at"))
)
FORGET_BEFORE = (
    update(appointment)
    .where(_OF_BRANCH, appointment.c.starts_at < bindparam("moment"), text(IS_WRITTEN))
    .values(label=text("''"), reference=null())
    .returning(appointment.c.appointment_id)
)


def appointment_of(row: Sequence[Any]) -> Appointment:
    """An appointment from a row of :data:`APPOINTMENT_COLUMNS`."""
    (
        appointment_id,
        service,
        starts_at,
        code,
        token,
        source,
        booked_at,
        state,
        reference,
        label,
        language,
        ticket,
    ) = row
    return Appointment(
        id=AppointmentId(appointment_id),
        service=ServiceCode(service),
        starts_at=starts_at,
        code=code,
        token=token,
        source=Source(source),
        booked_at=booked_at,
        state=AppointmentState(state),
        reference=reference,
        label=label,
        language=language,
        ticket=None if ticket is None else TicketId(ticket),
    )


def _values(branch: BranchId, kept: Appointment, revision: Revision) -> Values:
    return {
        "branch_id": branch,
        "appointment_id": kept.id,
        "revision": revision,
        "service": kept.service,
        "starts_at": kept.starts_at,
        "code": kept.code,
        "token": kept.token,
        "source": kept.source,
        "booked_at": kept.booked_at,
        "state": kept.state,
        "reference": kept.reference,
        "label": kept.label,
        "language": kept.language,
        "ticket_id": kept.ticket,
    }


class AppointmentRows:
    """Implements :class:`queueapp.operations.appointment_ports.Appointments`."""

    def __init__(self, run: Run, branch: BranchId, revision: Revision) -> None:
        self._run = run
        self._branch = branch
        self._revision = revision

    def find(self, code: str) -> Appointment | None:
        """The one with this code, or with this token."""
        return _one(self._run(FIND, given=code))

    def with_reference(self, reference: str) -> Appointment | None:
        """The one that another system calls so."""
        return _one(self._run(WITH_REFERENCE, reference=reference))

    def count_at(self, service: ServiceCode, starts_at: datetime) -> int:
        """How many have this slot, cancelled ones left out."""
        [[count]] = self._run(COUNT_AT, service=service, starts_at=starts_at)
        return int(count)

    def services_awaited(self, since: datetime) -> set[ServiceCode]:
        """The services for which somebody is booked at ``since`` or later."""
        return {ServiceCode(code) for [code] in self._run(SERVICES_AWAITED, since=since)}

    def add(self, added: Appointment) -> None:
        """Store a new one."""
        self._run(INSERT, **_values(self._branch, added, self._revision))

    def save(self, saved: Appointment) -> None:
        """Store what may change of one."""
        self._run(
            SAVE,
            which=saved.id,
            now_at=self._revision,
            new_service=saved.service,
            new_start=saved.starts_at,
            new_state=saved.state,
            new_label=saved.label,
            new_ticket=saved.ticket,
        )

    def miss_before(self, moment: datetime) -> int:
        """Nobody came for what was booked before ``moment``; how many these are."""
        return len(self._run(MISS_BEFORE, moment=moment, now_at=self._revision))

    def expect_again(self, moment: datetime) -> None:
        """What was booked for ``moment`` and later is still to come."""
        self._run(EXPECT_AGAIN, moment=moment, now_at=self._revision)

    def forget_before(self, moment: datetime) -> int:
        """Delete what was written about appointments before ``moment``; how many these are."""
        return len(self._run(FORGET_BEFORE, moment=moment))


# -- reading, for pictures and pages --------------------------------------------------------------

_OF_TIME = select(*APPOINTMENT_COLUMNS).where(_OF_BRANCH, *_IN_TIME)
_CHANGED = select(*APPOINTMENT_COLUMNS).where(
    _OF_BRANCH, appointment.c.revision > bindparam("known")
)
_TAKEN = (
    select(appointment.c.starts_at, func.count())
    .where(_OF_BRANCH, appointment.c.service == bindparam("service"), *_IN_TIME, _HAS_A_PLACE)
    .group_by(appointment.c.starts_at)
)


def read_appointments(
    connection: Connection, branch: BranchId, since: datetime, until: datetime
) -> list[Appointment]:
    """Those of that time, in its order."""
    asked = {"branch": branch, "since": since, "until": until}
    return _in_order(appointment_of(row) for row in connection.execute(_OF_TIME, asked))


def appointments_of_day(connection: Connection, branch: Branch, day: date) -> list[Appointment]:
    """Those of one day of the branch; none are looked for where no service takes any."""
    if not takes_appointments(branch):
        return []
    return read_appointments(connection, branch.id, *whole_day(branch, day))


def appointments_changed(
    connection: Connection, branch: Branch, known: Revision
) -> list[Appointment]:
    """Those of any day that changed after ``known``, one that was moved away included."""
    if not takes_appointments(branch):
        return []
    rows = connection.execute(_CHANGED, {"branch": branch.id, "known": known})
    return _in_order(appointment_of(row) for row in rows)


def read_appointment(connection: Connection, branch: BranchId, code: str) -> Appointment | None:
    """The one with this code, or with this token."""
    row = connection.execute(FIND, {"branch": branch, "given": code}).one_or_none()
    return None if row is None else appointment_of(row)


def read_taken(
    connection: Connection,
    branch: BranchId,
    service: ServiceCode,
    since: datetime,
    until: datetime,
) -> dict[datetime, int]:
    """How many have each slot of ``service`` in that time."""
    asked = {"branch": branch, "service": service, "since": since, "until": until}
    return {row[0]: row[1] for row in connection.execute(_TAKEN, asked)}


def has_written_before(connection: Connection, branch: BranchId, moment: datetime) -> bool:
    """Whether anything is left that was written about appointments before ``moment``."""
    old = select(appointment.c.appointment_id).where(
        _OF_BRANCH, appointment.c.starts_at < bindparam("moment"), text(IS_WRITTEN)
    )
    found = connection.execute(old.limit(1), {"branch": branch, "moment": moment})
    return found.first() is not None


def _in_order(appointments: Iterable[Appointment]) -> list[Appointment]:
    return sorted(appointments, key=lambda each: (each.starts_at, each.booked_at, each.id))


def _one(rows: Sequence[Sequence[Any]]) -> Appointment | None:
    return appointment_of(rows[0]) if rows else None
