"""Commands about other systems: their keys, and where they are told what happens."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from queueapp.domain.access import Scope
from queueapp.domain.words import StaffCode, TicketId
from queueapp.operations.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiKey(Command):
    """Let another system in; its key was made by :func:`~queueapp.domain.access.new_key`."""

    key_id: str
    owner: str
    scopes: frozenset[Scope]
    staff: StaffCode | None = None
    secret_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeApiKey(Command):
    """Let it in no longer."""

    key_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWebhook(Command):
    """Tell another system what happens from now on."""

    webhook_id: UUID
    owner: str
    url: str
    kinds: frozenset[str]
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveWebhook(Command):
    """Tell it no longer."""

    webhook_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmContact(Command):
    """Somebody who asked for it was contacted: their number is deleted."""

    ticket: TicketId
    ordinal: int
    staff: StaffCode | None = None
    """The supervisor who did it; nobody in particular on the machine itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetWords(Command):
    """Delete what customers typed earlier than ``before``."""

    before: datetime
