"""The schema is what the tables say, and a database that does not fit is told so in plain words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from queueapp.store import schema
from queueapp.store.engine import is_sqlite
from queueapp.store.store import SqlStore

VERSIONS = Path(schema.__file__).parent / "migrations" / "versions"


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """A database that the migrations have made."""
    store = SqlStore(database)
    schema.upgrade(store.writing)
    yield store.writing
    store.close()


def test_the_migrations_give_exactly_what_the_tables_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_migrations_give_every_constraint_and_index_too(engine: Engine) -> None:
    migrated = everything_of(engine)
    with engine.begin() as connection:
        SQLModel.metadata.drop_all(connection)
        SQLModel.metadata.create_all(connection)
    assert migrated == everything_of(engine)
    assert any(table["checks"] for table in migrated.values())
    assert any(table["indexes"] for table in migrated.values())


def test_the_newest_version_is_the_last_migration() -> None:
    assert max(path.name[:4] for path in VERSIONS.glob("[0-9]*.py")) == schema.NEWEST


def test_every_key_starts_with_the_branch() -> None:
    for table in SQLModel.metadata.sorted_tables:
        assert next(iter(table.primary_key)).name == "branch_id", table.name


def test_a_database_that_is_up_to_date_is_left_alone(engine: Engine) -> None:
    assert schema.version(engine) == schema.NEWEST
    schema.ensure_current(engine)
    schema.upgrade(engine)
    assert schema.version(engine) == schema.NEWEST


def test_a_newer_database_is_refused_and_not_touched(engine: Engine) -> None:
    set_version(engine, "0999")
    before = everything_of(engine)
    for step in (schema.ensure_current, schema.upgrade):
        with pytest.raises(schema.SchemaMismatch, match=r"newer queueapp .*nothing was changed"):
            step(engine)
    assert everything_of(engine) == before


def test_an_empty_sqlite_is_made_ready_and_an_empty_postgresql_asks_for_the_upgrade(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        SQLModel.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    assert schema.version(engine) is None
    if is_sqlite(engine):
        schema.ensure_current(engine)
    else:
        with pytest.raises(schema.SchemaMismatch, match=r"no tables yet.*queueapp db upgrade"):
            schema.ensure_current(engine)
        assert schema.version(engine) is None
        schema.upgrade(engine)
    assert schema.version(engine) == schema.NEWEST


def test_an_older_postgresql_asks_for_the_upgrade(engine: Engine) -> None:
    if is_sqlite(engine):
        pytest.skip("SQLite upgrades itself")
    set_version(engine, "0000")
    with pytest.raises(schema.SchemaMismatch, match=r"older layout \(version 0000\).*db upgrade"):
        schema.ensure_current(engine)


def set_version(engine: Engine, number: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": number})


def everything_of(engine: Engine) -> dict[str, dict[str, Any]]:
    """Every table with its columns, keys, checks and indexes, as the database tells them."""
    found = inspect(engine)
    return {
        name: {
            "columns": sorted(
                (it["name"], str(it["type"]), it["nullable"]) for it in found.get_columns(name)
            ),
            "key": found.get_pk_constraint(name)["constrained_columns"],
            "references": sorted(
                (it["constrained_columns"], it["referred_table"], it["referred_columns"])
                for it in found.get_foreign_keys(name)
            ),
            "once": sorted(
                (it["name"] or "", it["column_names"]) for it in found.get_unique_constraints(name)
            ),
            "checks": sorted(
                (it["name"], it["sqltext"]) for it in found.get_check_constraints(name)
            ),
            "indexes": sorted(
                (
                    it["name"],
                    it["column_names"],
                    bool(it["unique"]),
                    str(it.get("dialect_options", {}).get(f"{engine.dialect.name}_where")),
                )
                for it in found.get_indexes(name)
            ),
        }
        for name in found.get_table_names()
        if name != "alembic_version"
    }
