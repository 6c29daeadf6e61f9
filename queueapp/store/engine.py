"""Engines for both databases, set up so that one writer at a time works on a branch."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from queueapp.operations.ports import StoreUnavailable

Clock = Callable[[], datetime]

LOCK_PATIENCE_S = 10
"""How long a SQLite writer waits for its turn."""
WRITING_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
CONNECT_PATIENCE_S = 3
KEEPALIVE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 8000,
}
"""How soon a connection to a server that vanished is given up; seconds, but the last in ms."""


def system_clock() -> datetime:
    """The clock of this machine, aware, UTC."""
    return datetime.now(UTC)


def database_url(url: str) -> URL:
    """The address as SQLAlchemy wants it: ``postgresql://`` speaks through psycopg 3."""
    parsed = make_url(url)
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def is_sqlite(engine: Engine) -> bool:
    """Whether ``engine`` speaks to a SQLite file."""
    return engine.dialect.name == "sqlite"


def writing_engine(url: URL) -> Engine:
    """The engine for commands: on SQLite each transaction takes the write lock at its start."""
    return _engine(url, begin="BEGIN IMMEDIATE")


def reading_engine(url: URL) -> Engine:
    """The engine for reads: never waits for a writer."""
    return _engine(url, begin="BEGIN")


@contextmanager
def reachable() -> Iterator[None]:
    """Turn the drivers' ways of saying "no database" into :class:`StoreUnavailable`."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise StoreUnavailable(str(error.orig)) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreUnavailable(str(error.orig)) from error
        raise


def server_now(connection: Connection) -> datetime:
    """The database's clock; SQLite has none but this machine's."""
    if connection.dialect.name == "sqlite":
        return system_clock()
    now = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    assert isinstance(now, datetime)
    return now.astimezone(UTC)


def _engine(url: URL, *, begin: str) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url,
            pool_size=5,
            max_overflow=5,
            connect_args={
                "connect_timeout": CONNECT_PATIENCE_S,
                **KEEPALIVE,
                "options": "-c timezone=UTC",
            },
        )
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": LOCK_PATIENCE_S})

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # transactions begin where the next listener says
        for pragma in WRITING_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def take_turn(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
