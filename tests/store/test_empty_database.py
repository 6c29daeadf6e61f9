"""Measuring beside a user's data leaves it alone, and leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy.engine import make_url

from queueapp.benchmarks.empty_database import empty_database
from queueapp.config.settings import Settings
from queueapp.domain.words import BranchId
from queueapp.store import schema
from queueapp.store.engine import conninfo
from queueapp.store.plan import BranchMissing
from queueapp.store.store import SqlStore


def test_it_is_another_database_in_the_same_place(database: str) -> None:
    theirs = Settings(db=database)
    with opened(theirs) as ours:
        schema.upgrade(ours.writing)
        with empty_database(theirs) as beside, opened(beside) as other:
            office = BranchId("office")
            other.create_branch(office)
            assert other.live(office).revision == 0
            with pytest.raises(BranchMissing):
                ours.live(office)
    with opened(beside) as gone:
        assert schema.version(gone.writing) is None


def test_what_an_address_asks_of_the_server_is_kept_beside_what_we_ask(database: str) -> None:
    with opened(Settings(db=database)) as store:
        if store.url.get_backend_name() == "sqlite":
            pytest.skip("SQLite has no server")
        asked = store.url.update_query_dict({"options": "-c work_mem=7MB"})
    for address in (conninfo(asked), asked.render_as_string(hide_password=False)):
        with psycopg.connect(conninfo(make_url(address))) as plain:
            assert plain.execute("SHOW work_mem").fetchone() == ("7MB",)
    with opened(Settings(db=address)) as asking, asking.writing.connect() as connection:
        told = [
            connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("work_mem", "timezone", "lock_timeout")
        ]
    assert told == ["7MB", "UTC", "10s"]


@contextmanager
def opened(settings: Settings) -> Iterator[SqlStore]:
    """The store of a database, closed at the end."""
    store = SqlStore(settings.db)
    yield store
    store.close()
