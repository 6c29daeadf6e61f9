"""A branch that has worked with the first release goes on with this one, all its rows kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import BranchId, CounterNumber
from queueapp.store import schema
from queueapp.store.store import SqlStore

FIRST_RELEASE = "0001"
BRANCH = BranchId("main")
ROWS = Path(__file__).with_name("first_release.sql").read_text(encoding="utf-8").split(";\n")[:-1]


@pytest.fixture
def store(database: str) -> Iterator[SqlStore]:
    opened = SqlStore(database)
    with opened.writing.begin() as connection:
        SQLModel.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    schema.upgrade(opened.writing, FIRST_RELEASE)
    with opened.writing.begin() as connection:
        fill(connection)
    yield opened
    opened.close()


def test_everything_is_there_after_the_upgrade(store: SqlStore) -> None:
    before = counts(store)
    schema.upgrade(store.writing)

    assert counts(store) == before
    live = store.live(BRANCH)
    [ticket] = live.tickets.values()
    assert (ticket.label, ticket.leg.state, ticket.leg.outcome, ticket.leg.note) == (
        "A001",
        LegState.ENDED,
        Outcome.SERVED,
        "paid",
    )
    assert [rating.score for rating in live.ratings.values()] == [5]
    assert live.desk(CounterNumber(1)).staff == "sara"
    assert live.branch.counter(CounterNumber(1)).roster


def test_the_database_still_forbids_what_can_never_be(store: SqlStore) -> None:
    schema.upgrade(store.writing)
    with (
        pytest.raises(Exception, match=r"(?i)foreign key"),
        store.writing.begin() as connection,
    ):
        connection.execute(text("INSERT INTO counter VALUES ('nowhere', 1, :no)"), {"no": False})


def fill(connection: Connection) -> None:
    said = {"yes": True, "no": False}
    for row in ROWS:
        connection.execute(text(row), {name: said[name] for name in said if f":{name}" in row})


def counts(store: SqlStore) -> dict[str, int]:
    tables = [row.split()[2] for row in ROWS]
    with store.reading.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in tables
        }
