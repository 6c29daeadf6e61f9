"""Keys, webhooks and typed words: what transactions do with them, what the web part reads."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, exists, select, update

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.appointment import AppointmentId
from queueapp.domain.rating import CustomerWords
from queueapp.domain.webhook import Webhook
from queueapp.domain.words import (
    BranchId,
    CommandId,
    CounterNumber,
    Revision,
    StaffCode,
    TicketId,
)
from queueapp.operations.web_ports import PastEvent
from queueapp.store.access_tables import ApiKeyRow, SecretRow, WebhookRow
from queueapp.store.appointment_rows import has_written_before
from queueapp.store.contact_wishes import customer_words, forget_contact
from queueapp.store.rows import leg_from_json, table
from queueapp.store.statements import event
from queueapp.store.upsert import insert_into, put

api_key = table(ApiKeyRow)
webhook = table(WebhookRow)
secret = table(SecretRow)

SECRET_BYTES = 32


class AccessRows:
    """Implements :class:`queueapp.operations.web_ports.Access` within one transaction.

    ``connected`` gives the transaction's connection, which few commands need made.
    """

    def __init__(self, connected: Callable[[], Connection], branch: BranchId) -> None:
        self._connected = connected
        self._id = branch

    def save_words(self, words: CustomerWords) -> None:
        """Store or replace what a customer typed with a rating."""
        put(
            self._connected(),
            customer_words,
            {
                "branch_id": self._id,
                "ticket_id": words.ticket,
                "ordinal": words.ordinal,
                "word": words.word,
                "contact": words.contact,
                "written_at": words.at,
            },
        )

    def forget_words(self, before: datetime) -> int:
        """Delete what customers typed earlier than ``before``; how many there were."""
        gone = self._connected().execute(
            delete(customer_words).where(
                customer_words.c.branch_id == self._id, customer_words.c.written_at < before
            )
        )
        return gone.rowcount

    def forget_contact(self, ticket: TicketId, ordinal: int) -> datetime | None:
        """Delete how to reach somebody; when they wrote it, ``None`` when there is nothing."""
        return forget_contact(self._connected(), self._id, ticket, ordinal)

    def api_key(self, key_id: str) -> ApiKey | None:
        """The key with this id, revoked or not."""
        own = select(api_key).where(api_key.c.branch_id == self._id, api_key.c.key_id == key_id)
        found = self._connected().execute(own).one_or_none()
        return None if found is None else _api_key(found)

    def save_api_key(self, key: ApiKey) -> None:
        """Store or replace a key."""
        put(
            self._connected(),
            api_key,
            {
                "branch_id": self._id,
                "key_id": key.id,
                "owner": key.owner,
                "scopes": sorted(key.scopes),
                "staff": key.staff,
                "secret_hash": key.secret_hash,
                "created_at": key.created_at,
                "revoked_at": key.revoked_at,
            },
        )

    def webhook(self, webhook_id: UUID) -> Webhook | None:
        """The webhook with this id."""
        own = select(webhook).where(
            webhook.c.branch_id == self._id, webhook.c.webhook_id == webhook_id
        )
        found = self._connected().execute(own).one_or_none()
        return None if found is None else _webhook(found)

    def add_webhook(self, added: Webhook) -> None:
        """Store a new webhook."""
        self._connected().execute(
            webhook.insert(),
            {
                "branch_id": self._id,
                "webhook_id": added.id,
                "owner": added.owner,
                "url": added.url,
                "kinds": sorted(added.kinds),
                "secret": added.secret,
                "told": added.told,
                "failures": added.failures,
                "retry_at": added.retry_at,
                "left_out": added.left_out,
            },
        )

    def remove_webhook(self, webhook_id: UUID) -> None:
        """Delete a webhook."""
        self._connected().execute(
            delete(webhook).where(
                webhook.c.branch_id == self._id, webhook.c.webhook_id == webhook_id
            )
        )


# -- what the web part reads ----------------------------------------------------------------------


def read_secret(connection: Connection, branch: BranchId, purpose: str) -> bytes | None:
    """The branch's secret for ``purpose``; ``None`` before the first."""
    found = connection.execute(
        select(secret.c.value).where(secret.c.branch_id == branch, secret.c.purpose == purpose)
    ).scalar_one_or_none()
    return None if found is None else bytes.fromhex(found)


def make_secret(connection: Connection, branch: BranchId, purpose: str) -> None:
    """Make a secret up, unless another process was quicker."""
    connection.execute(
        insert_into(connection, secret).on_conflict_do_nothing(),
        {"branch_id": branch, "purpose": purpose, "value": secrets.token_hex(SECRET_BYTES)},
    )


def read_api_keys(connection: Connection, branch: BranchId) -> list[ApiKey]:
    """Every key, revoked ones too, the oldest first."""
    statement = select(api_key).where(api_key.c.branch_id == branch)
    rows = connection.execute(statement.order_by(api_key.c.created_at, api_key.c.key_id))
    return [_api_key(row) for row in rows]


def read_webhooks(connection: Connection, branch: BranchId) -> list[Webhook]:
    """Every webhook."""
    statement = select(webhook).where(webhook.c.branch_id == branch)
    return [_webhook(row) for row in connection.execute(statement.order_by(webhook.c.webhook_id))]


def claim_webhook(connection: Connection, branch: BranchId, read: Webhook, until: datetime) -> bool:
    """Let nobody else try ``read`` before ``until``; false unless it still is as it was read."""
    claimed = connection.execute(
        update(webhook)
        .where(
            webhook.c.branch_id == branch,
            webhook.c.webhook_id == read.id,
            webhook.c.told == read.told,
            webhook.c.failures == read.failures,
            webhook.c.retry_at.is_(None)
            if read.retry_at is None
            else webhook.c.retry_at == read.retry_at,
        )
        .values(retry_at=until)
    )
    return claimed.rowcount == 1


def write_told(connection: Connection, branch: BranchId, told: Webhook, claimed: datetime) -> None:
    """Keep how far a webhook was told, for whoever claimed it until ``claimed``."""
    connection.execute(
        update(webhook)
        .where(
            webhook.c.branch_id == branch,
            webhook.c.webhook_id == told.id,
            webhook.c.retry_at == claimed,
        )
        .values(
            told=told.told,
            failures=told.failures,
            retry_at=told.retry_at,
            left_out=told.left_out,
        )
    )


def read_events(
    connection: Connection, branch: BranchId, revision: Revision, most: int
) -> list[PastEvent]:
    """At most ``most`` events that came after ``revision``, in their order."""
    rows = connection.execute(
        select(
            event.c.revision,
            event.c.command_id,
            event.c.kind,
            event.c.at,
            event.c.staff,
            event.c.counter,
            event.c.ticket_id,
            event.c.receipt,
            event.c.facts,
            event.c.after,
        )
        .where(event.c.branch_id == branch, event.c.revision > revision)
        .order_by(event.c.revision)
        .limit(most)
    )
    return [_event(row) for row in rows]


def read_words(connection: Connection, branch: BranchId, since: datetime) -> list[CustomerWords]:
    """What customers typed since then, the latest first."""
    rows = connection.execute(
        select(customer_words)
        .where(customer_words.c.branch_id == branch, customer_words.c.written_at >= since)
        .order_by(customer_words.c.written_at.desc())
    )
    return [
        CustomerWords(
            ticket=TicketId(row.ticket_id),
            ordinal=row.ordinal,
            word=row.word,
            contact=row.contact,
            at=row.written_at,
        )
        for row in rows
    ]


def has_words(connection: Connection, branch: BranchId, before: datetime) -> bool:
    """Whether anything is left that customers typed, or that was written of them, earlier."""
    old = exists().where(customer_words.c.branch_id == branch, customer_words.c.written_at < before)
    is_left = bool(connection.execute(select(old)).scalar_one())
    return is_left or has_written_before(connection, branch, before)


def _event(row: Row[*tuple[Any, ...]]) -> PastEvent:
    return PastEvent(
        revision=Revision(row.revision),
        command_id=CommandId(row.command_id),
        kind=row.kind,
        at=row.at,
        staff=None if row.staff is None else StaffCode(row.staff),
        counter=None if row.counter is None else CounterNumber(row.counter),
        ticket=None if row.ticket_id is None else TicketId(row.ticket_id),
        label=row.receipt["label"],
        legs=tuple(leg_from_json(leg) for leg in row.after),
        appointment=_appointment_in(row.facts),
    )


def _appointment_in(facts: Mapping[str, Any]) -> AppointmentId | None:
    named = facts.get("appointment")
    return None if named is None else AppointmentId(UUID(named))


def _api_key(row: Row[*tuple[Any, ...]]) -> ApiKey:
    return ApiKey(
        id=row.key_id,
        owner=row.owner,
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        staff=None if row.staff is None else StaffCode(row.staff),
        secret_hash=row.secret_hash,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )


def _webhook(row: Row[*tuple[Any, ...]]) -> Webhook:
    return Webhook(
        id=row.webhook_id,
        owner=row.owner,
        url=row.url,
        kinds=frozenset(row.kinds),
        secret=row.secret,
        told=Revision(row.told),
        failures=row.failures,
        retry_at=row.retry_at,
        left_out=row.left_out,
    )
