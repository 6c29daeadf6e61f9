"""What the web part needs of the store beside the live picture, as protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from queueapp.domain.access import ApiKey
from queueapp.domain.appointment import AppointmentId
from queueapp.domain.rating import ContactWish, CustomerWords
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


class Access(Protocol):
    """What a transaction knows of other systems, and of what people typed."""

    def save_words(self, words: CustomerWords) -> None:
        """Store or replace what a customer typed with a rating."""

    def forget_words(self, before: datetime) -> int:
        """Delete what customers typed earlier than ``before``; how many there were."""

    def forget_contact(self, ticket: TicketId, ordinal: int) -> datetime | None:
        """Delete how to reach somebody; when they wrote it, ``None`` when there is nothing."""

    def api_key(self, key_id: str) -> ApiKey | None:
        """The key with this id, revoked or not."""

    def save_api_key(self, key: ApiKey) -> None:
        """Store or replace a key."""

    def webhook(self, webhook_id: UUID) -> Webhook | None:
        """The webhook with this id."""

    def add_webhook(self, webhook: Webhook) -> None:
        """Store a new webhook."""

    def remove_webhook(self, webhook_id: UUID) -> None:
        """Delete a webhook."""


class WebStore(KeptAppointments, Protocol):
    """Reads of one database; each raises :class:`~queueapp.operations.ports.StoreUnavailable`."""

    def secret(self, branch: BranchId, purpose: str) -> bytes:
        """The branch's secret for ``purpose``, made up when it is first asked for."""

    def pin_mark(self, branch: BranchId, staff: StaffCode) -> str | None:
        """Another one for each PIN that ``staff`` is given; ``None``: nobody on the staff."""

    def api_keys(self, branch: BranchId) -> Sequence[ApiKey]:
        """Every key, revoked ones too, the oldest first."""

    def events_after(self, branch: BranchId, revision: Revision, most: int) -> Sequence[PastEvent]:
        """At most ``most`` events that came after ``revision``, in their order."""

    def revision_of(self, branch: BranchId, token: str) -> Revision | None:
        """When the ticket with this token changed last; ``None`` when there never was one."""

    def words_since(self, branch: BranchId, since: datetime) -> Sequence[CustomerWords]:
        """What customers typed since then, the latest first."""

    def contact_wishes(self, branch: BranchId) -> Sequence[ContactWish]:
        """Everybody who waits to be contacted, the longest first."""

    def has_words_before(self, branch: BranchId, before: datetime) -> bool:
        """Whether anything is left that customers typed earlier."""

    def webhooks(self, branch: BranchId) -> Sequence[Webhook]:
        """Every webhook."""

    def claim(self, branch: BranchId, webhook: Webhook, until: datetime) -> bool:
        """Take ``webhook``, as it was read, for oneself; false when another did, or told it."""

    def save_told(self, branch: BranchId, webhook: Webhook, claimed: datetime) -> None:
        """Keep how far ``webhook`` was told, by whoever claimed it until ``claimed``.

        Nothing happens when it was removed meanwhile, or claimed by another.
        """
