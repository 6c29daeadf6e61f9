"""However a database fails, the answer is one and the same: it is not there now, try again."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from queueapp.operations import commands as c
from queueapp.operations.operations import Operations
from queueapp.operations.ports import StoreUnavailable
from queueapp.store import engine, schema
from queueapp.store.engine import is_sqlite
from queueapp.store.store import SqlStore
from tests.databases import PostgresServer, QuickHasher, address
from tests.domain.samples import BILLS, NORMAL, a_branch
from tests.operations.office import Office, open_office

NOBODY_LISTENS = "postgresql://queue@127.0.0.1:1/queue"


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    opened = open_office(database)
    yield opened
    opened.store.close()


def test_a_server_that_is_not_there() -> None:
    store = SqlStore(NOBODY_LISTENS)
    for attempt in (
        store.now,
        lambda: store.live(a_branch().id),
        lambda: schema.version(store.writing),
        lambda: store.create_branch(a_branch().id),
        lambda: Office(store, Operations(store, QuickHasher(), a_branch().id)).issue(),
    ):
        with pytest.raises(StoreUnavailable):
            attempt()
    store.close()


def test_a_database_that_the_server_does_not_have(postgres: PostgresServer) -> None:
    gone = SqlStore(address(postgres.uri, "nowhere"))
    with pytest.raises(StoreUnavailable):
        gone.now()
    gone.close()


def test_idle_connections_that_the_server_cut_cost_one_try_at_most(office: Office) -> None:
    if is_sqlite(office.store.writing):
        pytest.skip("SQLite has no server")
    office.issue()
    cut_all_connections(office.store)
    again = c.IssueTicket(service=BILLS, category=NORMAL, language="fa")
    with pytest.raises(StoreUnavailable):
        office.do(again)
    assert office.do(again).label == "A002"


def test_a_writer_that_does_not_let_go(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    if not is_sqlite(office.store.writing):
        pytest.skip("PostgreSQL waits: a lock ends with the connection of whoever holds it")
    monkeypatch.setattr(engine, "LOCK_PATIENCE_S", 0.1)
    command = c.IssueTicket(service=BILLS, category=NORMAL, language="fa")
    with write_lock_held(office.store):
        assert office.live.tickets == {}  # reading goes on meanwhile
        with pytest.raises(StoreUnavailable):
            office.do(command)
    assert office.do(command).label == "A001"


def test_a_file_that_is_no_database_or_cannot_be_one(tmp_path: Path) -> None:
    text_file = tmp_path / "letter.db"
    text_file.write_text("Dear customer, " * 1000)
    folder = tmp_path / "folder.db"
    folder.mkdir()
    for path in (text_file, folder):
        store = SqlStore(f"sqlite:///{path}")
        with pytest.raises(StoreUnavailable):
            store.live(a_branch().id)
        with pytest.raises(StoreUnavailable):
            Office(store, Operations(store, QuickHasher(), a_branch().id)).issue()
        store.close()


def test_a_disk_that_is_full(office: Office) -> None:
    if not is_sqlite(office.store.writing):
        pytest.skip("the server's disk is the server's business")
    office.issue()
    before = office.rows()
    with office.store.transaction(a_branch().id) as transaction:
        no_page_more = "PRAGMA max_page_count = 1"  # than there are
        transaction._connection.exec_driver_sql(no_page_more)
    note = c.IssueTicket(
        service=BILLS, category=NORMAL, category_reason="x" * 100_000, language="fa"
    )
    with pytest.raises(StoreUnavailable, match="full"):
        office.do(note)
    assert office.rows() == before
    office.store.close()
    assert office.do(note).label == "A002"


@pytest.mark.parametrize(
    "said",
    [
        psycopg.OperationalError("the connection is closed"),
        psycopg.errors.AdminShutdown("terminating connection due to administrator command"),
        psycopg.errors.DeadlockDetected("deadlock detected"),
        psycopg.InterfaceError("the cursor is closed"),
        sqlite3.OperationalError("disk I/O error"),
    ],
)
def test_whatever_a_driver_calls_it(said: Exception) -> None:
    with pytest.raises(StoreUnavailable), engine.reachable():
        raise said


def test_a_mistake_of_ours_is_not_taken_for_a_database_that_is_away() -> None:
    with pytest.raises(psycopg.errors.UniqueViolation), engine.reachable():
        raise psycopg.errors.UniqueViolation("duplicate key")


def cut_all_connections(store: SqlStore) -> None:
    with psycopg.connect(
        store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    ) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@contextmanager
def write_lock_held(store: SqlStore) -> Iterator[None]:
    """Somebody else is in the middle of writing to the file."""
    other = sqlite3.connect(store.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()
