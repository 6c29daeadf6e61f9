"""How a database and a branch in it are doing, for ``queueapp doctor``; changes nothing."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError

from queueapp.domain.branch import Branch
from queueapp.domain.staff import Staff
from queueapp.domain.words import BranchId
from queueapp.operations.clock import system_clock
from queueapp.operations.ports import StoreUnavailable
from queueapp.store import schema
from queueapp.store import statements as s
from queueapp.store.engine import is_sqlite, reachable, server_now
from queueapp.store.plan import load_plan
from queueapp.store.store import SqlStore

TRIES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseHealth:
    """What can be said of a database before looking at a branch in it."""

    layout: str | None
    """The schema's version; ``None`` for an empty database."""
    newest_layout: str
    """The one that this program knows."""
    round_trip_ms: float
    """The median of a few of the shortest questions."""
    ahead: timedelta
    """The database's clock minus this machine's."""
    journal: str | None
    """SQLite's journal mode, which should be ``wal``; ``None`` on PostgreSQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchHealth:
    """What a branch is and when it last moved."""

    branch: Branch
    staff: tuple[Staff, ...]
    now: datetime
    """The database's clock, aware, UTC."""
    last_change: datetime | None
    lease_until: datetime | None
    """Until when somebody has promised to compute estimates."""
    estimated_at: datetime | None


def database_health(store: SqlStore) -> DatabaseHealth:
    """Look at the database; raises ``StoreUnavailable`` and ``SchemaMismatch``."""
    layout = schema.version(store.reading)
    with reachable(), store.reading.connect() as connection:
        took = [_seconds_for_a_question(connection) for _ in range(TRIES)]
        asked = system_clock()
        told = server_now(connection)
        on_sqlite = is_sqlite(store.reading)
        journal = (
            connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() if on_sqlite else None
        )
    return DatabaseHealth(
        layout=layout,
        newest_layout=schema.NEWEST,
        round_trip_ms=median(took) * 1000,
        ahead=timedelta(0) if on_sqlite else told - asked - timedelta(seconds=median(took) / 2),
        journal=journal,
    )


def branch_health(store: SqlStore, branch: BranchId) -> BranchHealth:
    """Look at a branch; raises ``BranchMissing`` and ``StoreUnavailable``."""
    with reachable(), store.reading.connect() as connection:
        plan = load_plan(connection, branch)
        last_change = connection.execute(
            select(s.event.c.at)
            .where(s.event.c.branch_id == branch)
            .order_by(s.event.c.revision.desc())
            .limit(1)
        ).scalar_one_or_none()
        lease = connection.execute(
            select(s.estimate.c.lease_until, s.estimate.c.made_at).where(
                s.estimate.c.branch_id == branch
            )
        ).one_or_none()
        return BranchHealth(
            branch=plan.branch,
            staff=tuple(plan.staff.values()),
            now=server_now(connection),
            last_change=last_change,
            lease_until=lease.lease_until if lease else None,
            estimated_at=lease.made_at if lease else None,
        )


def why_not_writable(store: SqlStore, branch: BranchId) -> str | None:
    """Try to change ``branch`` and take it back; why that failed, ``None`` when it worked."""
    try:
        with reachable(), store.writing.connect() as connection, connection.begin() as work:
            connection.execute(
                update(s.branch)
                .where(s.branch.c.branch_id == branch)
                .values(revision=s.branch.c.revision)
            )
            work.rollback()
    except StoreUnavailable as error:
        return str(error).strip()
    except DBAPIError as error:
        return str(error.orig).strip()
    return None


def _seconds_for_a_question(connection: Connection) -> float:
    began = time.perf_counter()
    connection.exec_driver_sql("SELECT 1").scalar_one()
    return time.perf_counter() - began
