"""What another system may ask and do: a key with scopes, that somebody answers for."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from queueapp.domain.words import StaffCode

KEY_BYTES = 32
KEY_MARK = "qk"
"""What every key begins with, so that one is known when it is found where it should not be."""


class Scope(StrEnum):
    """Something that a key is good for."""

    TICKETS = "tickets"
    """Issue, read, rate and cancel tickets."""
    APPOINTMENTS = "appointments"
    """Read, book, import, cancel and check in appointments, codes included."""
    COUNTERS = "counters"
    """Work at a counter as the staff member whom the key belongs to."""
    SERVICES = "services"
    """Read services with their waits."""
    REPORTS = "reports"
    RATINGS = "ratings"
    """Read ratings, and what customers wrote with them."""
    EVENTS = "events"
    """Follow what happens."""
    WEBHOOKS = "webhooks"
    """Say where it shall be told."""
    WALL = "wall"
    """Look at the supervisor's wall and the poster."""
    METRICS = "metrics"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as the branch keeps it; the key itself was shown once and is not kept."""

    id: str
    owner: str
    """Who answers for it, in words."""
    scopes: frozenset[Scope]
    staff: StaffCode | None = None
    """At a counter the key acts as this person."""
    secret_hash: str = field(repr=False)
    created_at: datetime
    revoked_at: datetime | None = None


def new_key() -> tuple[str, str, str]:
    """A fresh key: its id, the key to hand out, and what to keep of it."""
    key_id = secrets.token_hex(4)
    secret = secrets.token_urlsafe(KEY_BYTES)
    return key_id, f"{KEY_MARK}_{key_id}_{secret}", hash_of(secret)


def id_of(key: str) -> str | None:
    """The id within ``key``; ``None`` when it is no key."""
    parts = key.split("_", 2)
    return parts[1] if len(parts) == 3 and parts[0] == KEY_MARK else None  # noqa: PLR2004 - its parts


def is_key(known: ApiKey, key: str) -> bool:
    """Whether ``key`` is the one that ``known`` was made for, and still good.

    A plain hash is enough: nobody can go through 256 random bits, as one could through PINs.
    """
    secret = key.split("_", 2)[-1]
    is_same = secrets.compare_digest(hash_of(secret), known.secret_hash)
    return is_same and known.revoked_at is None


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
