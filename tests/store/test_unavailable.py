"""However a database fails, the answer is one and the same: it is not there now, try again."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import psycopg.sql
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


def test_a_writer_that_does_not_let_go(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LOCK_PATIENCE_S", 0.1)
    office = open_office(database)
    command = c.IssueTicket(service=BILLS, category=NORMAL, language="fa")
    with write_lock_held(office.store):
        assert office.live.tickets == {}  # reading goes on meanwhile
        with pytest.raises(StoreUnavailable):
            office.do(command)
    assert office.do(command).label == "A001"
    office.store.close()


def test_a_terminal_that_stands_still_in_a_command_does_not_hold_up_the_others(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.startswith("sqlite"):
        pytest.skip("a file's lock ends with the process that holds it")
    monkeypatch.setattr(engine, "LOCK_PATIENCE_S", 0.1)
    still = open_office(database)
    monkeypatch.setattr(engine, "LOCK_PATIENCE_S", 10)
    store = SqlStore(database, clock=still.clock)
    other = Office(store, Operations(store, QuickHasher(), still.branch.id))
    with pytest.raises(StoreUnavailable), still.store.transaction(still.branch.id):
        assert other.issue().label == "A001"
    assert still.issue().label == "A002"
    store.close()
    still.store.close()


def test_a_server_that_has_become_a_copy(office: Office) -> None:
    if is_sqlite(office.store.writing):
        pytest.skip("SQLite has no server")
    with only_read(office.store), pytest.raises(StoreUnavailable):
        office.issue()
    assert office.issue().label == "A001"


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
        psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"),
        psycopg.errors.IdleInTransactionSessionTimeout("terminating connection"),
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


def plain_address(store: SqlStore) -> str:
    return store.url.set(drivername="postgresql").render_as_string(hide_password=False)


def cut_all_connections(store: SqlStore) -> None:
    with psycopg.connect(plain_address(store)) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@contextmanager
def only_read(store: SqlStore) -> Iterator[None]:
    """The server takes no changes, as one that follows another."""
    with psycopg.connect(plain_address(store), autocommit=True) as server:
        name = psycopg.sql.Identifier(server.info.dbname)
        change = psycopg.sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = {}")
        server.execute(change.format(name, psycopg.sql.SQL("on")))
        store.close()
        try:
            yield
        finally:
            server.execute("SET default_transaction_read_only = off")
            server.execute(change.format(name, psycopg.sql.SQL("off")))
            store.close()


@contextmanager
def write_lock_held(store: SqlStore) -> Iterator[None]:
    """Somebody else is in the middle of writing."""
    if not is_sqlite(store.writing):
        with psycopg.connect(plain_address(store)) as server:
            server.execute("SELECT FROM branch FOR UPDATE")
            yield
            return
    other = sqlite3.connect(store.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()
