"""The time that terminals show is the database's, whatever becomes of their own clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from queueapp.store import schema
from queueapp.store import store as store_module
from queueapp.store.engine import is_sqlite
from queueapp.store.store import SqlStore
from tests.domain.samples import a_branch

NEAR = timedelta(minutes=1)


def test_a_terminals_clock_that_is_put_right_later(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_an_hour_too_many() -> datetime:
        return datetime.now(UTC) + timedelta(hours=1)

    store = SqlStore(database)
    if is_sqlite(store.writing):
        pytest.skip("SQLite has no clock but the machine's")
    schema.upgrade(store.writing)
    store.create_branch(a_branch().id)
    monkeypatch.setattr(store_module, "system_clock", after_an_hour_too_many)
    live = store.live(a_branch().id)
    assert abs(store.clock() - datetime.now(UTC)) < NEAR
    monkeypatch.undo()
    assert abs(store.clock() - datetime.now(UTC)) > NEAR
    assert store.changes(live) is None
    assert abs(store.clock() - datetime.now(UTC)) < NEAR
    store.close()
