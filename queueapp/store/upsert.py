"""``INSERT … ON CONFLICT``, which both databases know and SQLAlchemy keeps in their dialects."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(connection: Connection, target: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens on a conflict."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(target)
    return postgresql.insert(target)


def put(connection: Connection, target: Table, values: Mapping[str, Any]) -> None:
    """Insert a row, or give the one with the same key these ``values``."""
    keys = [column.name for column in target.primary_key]
    insert = insert_into(connection, target)
    rest = {name: insert.excluded[name] for name in values if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest), values)
