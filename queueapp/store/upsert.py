"""``INSERT … ON CONFLICT``, which both databases know and SQLAlchemy keeps in their dialects.

Each is loaded where it is spoken: PostgreSQL's is a twentieth of what a terminal loads to start.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def insert_into(connection: Connection, target: Table) -> "sqlite.Insert | postgresql.Insert":
    """An insert that can say what happens on a conflict."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415 - see above

        return sqlite.insert(target)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - see above

    return postgresql.insert(target)
