"""The tables of what comes in from outside: keys, webhooks, typed words, secrets.

Private to the store, as :mod:`queueapp.store.tables` are, with which they make one schema.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index
from sqlmodel import Field

from queueapp.store.columns import Row


class CustomerWordsRow(Row, table=True):
    """What a customer typed with a rating; deleted after the branch's retention time."""

    __tablename__ = "customer_words"
    __table_args__ = (
        ForeignKeyConstraint(
            ["branch_id", "ticket_id", "ordinal"],
            ["rating.branch_id", "rating.ticket_id", "rating.ordinal"],
        ),
        Index("customer_words_written", "branch_id", "written_at"),
    )

    branch_id: str = Field(primary_key=True)
    ticket_id: UUID = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    word: str = ""
    contact: str = ""
    written_at: datetime


class ApiKeyRow(Row, table=True):
    """What another system may do; of its key only a hash."""

    __tablename__ = "api_key"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),
        ForeignKeyConstraint(["branch_id", "staff"], ["staff.branch_id", "staff.code"]),
    )

    branch_id: str = Field(primary_key=True)
    key_id: str = Field(primary_key=True)
    owner: str
    scopes: list[str] = Field(sa_type=JSON)
    staff: str | None = None
    secret_hash: str
    created_at: datetime
    revoked_at: datetime | None = None


class WebhookRow(Row, table=True):
    """An address that is told what happens, and how far it was told."""

    __tablename__ = "webhook"
    __table_args__ = (ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),)

    branch_id: str = Field(primary_key=True)
    webhook_id: UUID = Field(primary_key=True)
    owner: str
    url: str
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)
    secret: str
    told: int = Field(sa_type=BigInteger)
    failures: int = 0
    retry_at: datetime | None = None
    left_out: int = 0


class SecretRow(Row, table=True):
    """What the branch's own processes sign with, such as the code on the kiosk."""

    __tablename__ = "secret"
    __table_args__ = (ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),)

    branch_id: str = Field(primary_key=True)
    purpose: str = Field(primary_key=True)
    value: str
