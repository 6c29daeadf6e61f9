"""What operations and pages need of the appointments that a branch keeps, as protocols."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from queueapp.domain.appointment import Appointment
from queueapp.domain.words import BranchId, ServiceCode


class Appointments(Protocol):
    """What one command's transaction knows of appointments."""

    def find(self, code: str) -> Appointment | None:
        """The one with this code, or with this token."""

    def with_reference(self, reference: str) -> Appointment | None:
        """The one that another system calls so."""

    def count_at(self, service: ServiceCode, starts_at: datetime) -> int:
        """How many have this slot, cancelled ones left out."""

    def services_awaited(self, since: datetime) -> set[ServiceCode]:
        """The services for which somebody is booked at ``since`` or later."""

    def add(self, appointment: Appointment) -> None:
        """Store a new one."""

    def save(self, appointment: Appointment) -> None:
        """Store what may change of one."""

    def miss_before(self, moment: datetime) -> int:
        """Nobody came for what was booked before ``moment``; how many these are."""

    def expect_again(self, moment: datetime) -> None:
        """What was booked for ``moment`` and later is still to come, and was not missed."""

    def forget_before(self, moment: datetime) -> int:
        """Delete what was written about appointments before ``moment``; how many these are."""


class KeptAppointments(Protocol):
    """Reads of one database; each raises :class:`~queueapp.operations.ports.StoreUnavailable`."""

    def appointments(
        self, branch: BranchId, since: datetime, until: datetime
    ) -> Sequence[Appointment]:
        """Every appointment from ``since`` (included) to ``until`` (not), in order of time."""

    def appointment(self, branch: BranchId, code: str) -> Appointment | None:
        """The one with this code, or with this token."""

    def taken(
        self, branch: BranchId, service: ServiceCode, since: datetime, until: datetime
    ) -> Mapping[datetime, int]:
        """How many have each slot of ``service`` in that time."""
