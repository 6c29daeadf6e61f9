"""What the web part reads beside the live picture, as a protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from queueapp.domain.access import ApiKey
from queueapp.domain.appointment import AppointmentId
from queueapp.domain.rating import CustomerWords
from queueapp.domain.ticket import Leg
from queueapp.domain.webhook import Webhook
from queueapp.domain.words import (
    BranchId,
    CommandId,
    CounterNumber,
    Revision,
    StaffCode,
    TicketId,
)
from queueapp.operations.appointment_ports import KeptAppointments


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEvent:
    """One thing that happened, as other systems are told; no secret and no typed word is in it."""

    revision: Revision
    command_id: CommandId
    kind: str
    at: datetime
    staff: StaffCode | None
    counter: CounterNumber | None
    ticket: TicketId | None
    label: str
    legs: tuple[Leg, ...]
    """The changed legs, as they were afterwards."""
    appointment: AppointmentId | None = None


class WebStore(KeptAppointments, Protocol):
    """Reads of one database; each raises :class:`~queueapp.operations.ports.StoreUnavailable`."""

    def secret(self, branch: BranchId, purpose: str) -> bytes:
        """The branch's secret for ``purpose``, made up when it is first asked for."""

    def api_keys(self, branch: BranchId) -> Sequence[ApiKey]:
        """Every key, revoked ones too, the oldest first."""

    def events_after(self, branch: BranchId, revision: Revision, most: int) -> Sequence[PastEvent]:
        """At most ``most`` events that came after ``revision``, in their order."""

    def words_since(self, branch: BranchId, since: datetime) -> Sequence[CustomerWords]:
        """What customers typed since then, the latest first."""

    def has_words_before(self, branch: BranchId, before: datetime) -> bool:
        """Whether anything is left that customers typed earlier."""

    def webhooks(self, branch: BranchId) -> Sequence[Webhook]:
        """Every webhook."""

    def save_told(self, branch: BranchId, webhook: Webhook) -> None:
        """Keep how far ``webhook`` was told; nothing when it was removed meanwhile."""
