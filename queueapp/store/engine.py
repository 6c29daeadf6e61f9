"""Engines for both databases, set up so that one writer at a time works on a branch."""

import sqlite3
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from queueapp.operations.clock import system_clock
from queueapp.operations.ports import StoreUnavailable

LOCK_PATIENCE_S = 10
"""How long a writer waits for its turn; who keeps it for so long and does nothing loses it."""
LOOK_FOR_LOCK_S = 0.001
PRIMARY_CODE = 0xFF
"""SQLite says in the upper bits why it is busy: a killed writer's log is being recovered, say."""
SQLITE_SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a commit survives a power cut
    "foreign_keys=ON",
    "cache_size=-16384",  # 16 MB: the upper pages of every index stay at hand, whatever the history
)
WRITER_SETTINGS = (
    f"lock_timeout={LOCK_PATIENCE_S}s",
    f"idle_in_transaction_session_timeout={LOCK_PATIENCE_S}s",
    # What commands ask is known, and has its index. Left to itself PostgreSQL plans it anew each
    # time, or reads whole tables while they are small: see docs/decisions/0016.
    "plan_cache_mode=force_generic_plan",
    "enable_seqscan=off",
    "jit=off",
)
"""What a PostgreSQL server is asked for each connection that commands write on."""
CONNECT_PATIENCE_S = 3
MOST_IDLE = 5
"""Connections kept for the next command; more are open only while more commands wait."""
NO_DATABASE = frozenset(
    {
        "OperationalError",
        "InterfaceError",
        "ReadOnlySqlTransaction",  # the server has become the copy of another
        "IdleInTransactionSessionTimeout",
    }
)
"""What the drivers call it, by name: psycopg need not be there. It has subclasses of each."""
KEEPALIVE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 8000,
}
"""How soon a connection to a server that vanished is given up; seconds, but the last in ms."""


def database_url(url: str) -> URL:
    """The address as SQLAlchemy wants it: ``postgresql://`` speaks through psycopg 3."""
    parsed = make_url(url)
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def conninfo(url: URL) -> str:
    """The address as PostgreSQL's own library wants it, which takes a ``+`` for a plus sign."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    place, mark, query = address.partition("?")
    return f"{place}{mark}{query.replace('+', '%20')}"


def server_options(url: URL, settings: Iterable[str]) -> str:
    """``settings``, and what the address itself asks of a PostgreSQL server."""
    asked = url.query.get("options", ())
    ours = (f"-c {setting}" for setting in ("timezone=UTC", *settings))
    return " ".join([*((asked,) if isinstance(asked, str) else asked), *ours])


def is_sqlite(engine: Engine) -> bool:
    """Whether ``engine`` speaks to a SQLite file."""
    return engine.dialect.name == "sqlite"


def writing_engine(url: URL) -> Engine:
    """The engine for commands: on SQLite each transaction takes the write lock at its start.

    A terminal that stands still in the middle of a command holds up the branch for as long as
    :data:`LOCK_PATIENCE_S` at most; PostgreSQL would let it do so for ever.
    """
    engine = _engine(url, take_write_lock, WRITER_SETTINGS)
    if is_sqlite(engine):

        @event.listens_for(engine, "connect")
        def wait_ourselves(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
            connection.execute("PRAGMA busy_timeout=0")  # see take_write_lock

    return engine


def reading_engine(url: URL) -> Engine:
    """The engine for reads: never waits for a writer."""
    return _engine(url, lambda connection: connection.execute("BEGIN"))


class WritingConnections:
    """The connections that commands write on, kept open from one to the next.

    SQLAlchemy's pool would do, at a tenth of a command's time for looking after each connection.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: deque[PoolProxiedConnection] = deque()

    @contextmanager
    def transaction(self) -> Iterator[PoolProxiedConnection]:
        """A connection for one transaction; what was not committed is rolled back."""
        connection = self._taken()
        driver = connection.dbapi_connection
        assert driver is not None
        try:
            if isinstance(driver, sqlite3.Connection):
                take_write_lock(driver)
            yield connection
        except driver_errors():
            driver.close()
            raise
        except BaseException:
            self._give_back(connection)
            raise
        self._give_back(connection)

    def close_idle(self) -> None:
        """Close every connection that no transaction is using."""
        while self._idle:
            self._close(self._idle.pop())

    def _taken(self) -> PoolProxiedConnection:
        try:
            return self._idle.pop()
        except IndexError:
            connection = self._engine.raw_connection()
            connection.detach()
            return connection

    def _give_back(self, connection: PoolProxiedConnection) -> None:
        connection.rollback()
        if len(self._idle) < MOST_IDLE:
            self._idle.append(connection)
        else:
            self._close(connection)

    @staticmethod
    def _close(connection: PoolProxiedConnection) -> None:
        assert connection.dbapi_connection is not None
        connection.dbapi_connection.close()


def take_write_lock(connection: sqlite3.Connection) -> None:
    """Begin a SQLite transaction that nobody else can write beside.

    SQLite's own way to wait sleeps ever longer, up to 100 ms between two looks, while a command
    takes one or two; looking often keeps the wait as short as the work ahead.
    """
    deadline = time.monotonic() + LOCK_PATIENCE_S
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & PRIMARY_CODE == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > deadline:
                raise
            time.sleep(LOOK_FOR_LOCK_S)
        else:
            return


def driver_errors() -> tuple[type[Exception], ...]:
    """What the drivers in use raise; psycopg's only once it was loaded, which takes 0.1 s."""
    psycopg = sys.modules.get("psycopg")
    return (sqlite3.Error,) if psycopg is None else (sqlite3.Error, psycopg.Error)


@contextmanager
def reachable() -> Iterator[None]:
    """Turn the drivers' ways of saying "no database" into :class:`StoreUnavailable`."""
    errors: tuple[type[Exception], ...] = (DBAPIError, *driver_errors())
    try:
        yield
    except NoFreeConnection as error:
        raise StoreUnavailable(str(error)) from error
    except errors as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
        # SQLite's plain DatabaseError is a file that is damaged, or no database at all.
        is_damaged = type(said) is sqlite3.DatabaseError
        names = {kind.__name__ for kind in type(said).__mro__}
        if is_lost or is_damaged or names & NO_DATABASE:
            raise StoreUnavailable(str(said)) from error
        raise


def server_now(connection: Connection) -> datetime:
    """The database's clock; SQLite has none but this machine's."""
    if connection.dialect.name == "sqlite":
        return system_clock()
    now = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    assert isinstance(now, datetime)
    return now.astimezone(UTC)


def _engine(
    url: URL, begin: Callable[[sqlite3.Connection], object], settings: Iterable[str] = ()
) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url,
            pool_size=5,
            max_overflow=5,
            connect_args={
                "connect_timeout": CONNECT_PATIENCE_S,
                **KEEPALIVE,
                "options": server_options(url, settings),
            },
        )
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": LOCK_PATIENCE_S})

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # transactions begin where the next listener says
        for pragma in SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def take_turn(connection: Connection) -> None:
        driver: object = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        if not driver.in_transaction:  # else a writing transaction goes on
            begin(driver)

    return engine
