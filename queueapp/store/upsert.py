"""``INSERT … ON CONFLICT``, which both databases know and SQLAlchemy keeps in their dialects."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(connection: Connection, target: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens on a conflict."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(target)
    return postgresql.insert(target)
