"""The schema's version: brought up to date, or a plain sentence why this program cannot go on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from queueapp.store.engine import is_sqlite, reachable

NEWEST = "0009"
"""The last migration that this program knows; a test holds it equal to the versions folder."""


class SchemaMismatch(Exception):  # noqa: N818 - it names a state of the database
    """The database's schema and this program do not fit; the text says what to do."""


def version(engine: Engine) -> str | None:
    """The schema's version; ``None`` for an empty database.

    Raises :class:`SchemaMismatch` when it is no database, or one that may not be looked at.
    """
    try:
        with reachable(), engine.connect() as connection:
            return _version(connection)
    except DatabaseError as error:
        raise SchemaMismatch(
            f"This cannot be read as a database of queueapp ({error.orig}); nothing was changed."
        ) from error


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations that are missing; refused when the database is newer than the program."""
    _refuse_newer(version(engine))
    from alembic import command  # noqa: PLC0415 - a terminal that is up to date never needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with reachable(), engine.connect() as connection, _without_foreign_keys(connection):
        config.attributes["connection"] = connection
        with connection.begin():
            command.upgrade(config, to)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by writing it anew; meanwhile the rows that name it name nothing.

    Must be entered before the transaction begins, and has no effect on PostgreSQL.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def ensure_current(engine: Engine) -> None:
    """Make sure that the schema is this program's: SQLite is upgraded, PostgreSQL is not touched.

    Raises :class:`SchemaMismatch` when that cannot be, with what to do.
    """
    found = version(engine)
    if found == NEWEST:
        return
    if is_sqlite(engine):
        upgrade(engine)
        return
    _refuse_newer(found)
    raise SchemaMismatch(
        "This database has "
        + ("no tables yet" if found is None else f"an older layout (version {found})")
        + ": run `queueapp db upgrade` once, then start again."
    )


def _refuse_newer(found: str | None) -> None:
    if found is not None and found > NEWEST:
        raise SchemaMismatch(
            f"This database was made by a newer queueapp (layout {found}; this program knows"
            f" {NEWEST}). Update queueapp on this machine; nothing was changed."
        )


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version"))
    number = found.scalar_one_or_none()
    return None if number is None else str(number)
