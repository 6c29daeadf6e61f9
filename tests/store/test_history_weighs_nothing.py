"""A command costs the same after 20,000 visits as on the first day.

The cost is counted, not timed: instructions of SQLite's machine, blocks that PostgreSQL touches.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import CompoundSelect, Connection, Select, Update, insert, select, text
from sqlalchemy.dialects import postgresql
from sqlmodel import SQLModel

from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState
from queueapp.store import statements as s
from queueapp.store.appointment_rows import FORGET_BEFORE
from queueapp.store.engine import is_sqlite
from queueapp.store.print_rows import LAPSE_ALL
from queueapp.store.store import SqlStore
from tests.domain.samples import BILLS, FIRST, LINES, REZA, SARA, SECOND
from tests.operations.office import Office, open_office

VISITS = 20_000
VISITS_A_DAY = 200
BLOCKS_OF_A_ROW = 6
"""Looked up in a ticket's index and in a leg's: the history has no part in that."""
TRIES_BEFORE_A_GENERAL_PLAN = 5
"""PostgreSQL plans a prepared statement anew so often, before it may settle for one plan."""
READ_IN_ORDER = frozenset({"HEADS", "LAST_ACTION"})
"""Of what is as long as the hall is full, or as the past, they take the first."""
Compilable = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
TABLES = SQLModel.metadata.tables


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Thirty people wait, two are in hand, two desks have served somebody."""
    opened = open_office(database)
    opened.sign_on()
    opened.sign_on(REZA, SECOND)
    for staff, counter in ((SARA, FIRST), (REZA, SECOND)):
        for _ in range(2):
            opened.issue(LINES)
        opened.serve(staff, counter)
        opened.finish(staff, counter)
        opened.serve(staff, counter)
    for _ in range(15):
        opened.issue(BILLS)
        opened.issue(LINES)
    yield opened
    opened.store.close()


def test_what_a_key_runs_does_not_grow_with_the_history(office: Office) -> None:
    live = office.live
    first_day = costs(office.store, live)
    write_history(office)
    on_an_old_database = costs(office.store, live)
    with office.store.writing.begin() as connection:
        connection.execute(text("ANALYZE"))
    with_statistics = costs(office.store, live)
    slack = 1000 if is_sqlite(office.store.reading) else 30
    grown = {
        name: (cost, on_an_old_database[name], with_statistics[name])
        for name, cost in first_day.items()
        if max(on_an_old_database[name], with_statistics[name]) > cost * 3 + slack
    }
    assert not grown, "\n".join([str(grown), *(explained(office.store, live, it) for it in grown)])


@pytest.mark.parametrize(
    "name", ["HEADS", "AT_DESK", "TICKET", "COUNT_WAITING", "LAST_ACTION", "RECORDED"]
)
def test_a_command_reads_by_index_from_the_first_day_on_and_is_planned_once(
    office: Office, name: str
) -> None:
    if is_sqlite(office.store.writing):
        pytest.skip("SQLite knows no other way")
    statement, values = hot_path(office.live)[name]
    with office.store.writing.connect() as connection:
        plan = prepared_plan(connection, statement, values, tries=0)
    assert "Seq Scan" not in plan
    assert name not in READ_IN_ORDER or "Sort" not in plan
    assert "Index" in plan
    assert "$1" in plan  # it holds for every branch, and need not be made again for another


@pytest.mark.parametrize(
    ("statement", "index"), [(LAPSE_ALL, "print_open"), (FORGET_BEFORE, "appointment_written")]
)
def test_a_day_begins_without_a_look_at_all_that_was_ever_printed_or_booked(
    office: Office, statement: Update, index: str
) -> None:
    if not is_sqlite(office.store.reading):
        pytest.skip("PostgreSQL sees by itself that the partial index has all that is open")
    with office.store.reading.connect() as connection:
        compiled = statement.compile(dialect=connection.dialect)
        values = (None,) * len(compiled.positiontup or ())
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
        assert [index in step.detail for step in steps] == [True]


def hot_path(live: LiveBranch) -> dict[str, tuple[Compilable, dict[str, Any]]]:
    """The statements of a key and of the feed, with values for the live branch."""
    in_hand = live.in_hand(FIRST)
    assert in_hand is not None
    at_counter = {"counter": FIRST}
    told: dict[str, tuple[Compilable, dict[str, Any]]] = {
        "HEADS": (s.HEADS, at_counter | {"now": live.began}),
        "AT_DESK": (s.AT_DESK, at_counter),
        "TICKET": (s.TICKET, {"ticket": in_hand.id}),
        "UNFINISHED": (s.UNFINISHED, {}),
        "COUNT_WAITING": (s.COUNT_WAITING, {"service": BILLS}),
        "LAST_ACTION": (s.LAST_ACTION, at_counter),
        "RECORDED": (s.RECORDED, {"command": UUID(int=7)}),
        "OF_DAY": (s.OF_DAY, {"day": live.day}),
        "RATINGS_OF_DAY": (s.RATINGS_OF_DAY, {"day": live.day}),
        "CHANGED_TICKETS": (s.CHANGED_TICKETS, {"revision": live.revision - 1}),
        "CHANGED_RATINGS": (s.CHANGED_RATINGS, {"revision": live.revision - 1}),
    }
    return {name: (it, {"branch": live.branch.id, **values}) for name, (it, values) in told.items()}


def costs(store: SqlStore, live: LiveBranch) -> dict[str, int]:
    """What each statement of the hot path costs now."""
    with store.reading.connect() as connection:
        cost = instructions if is_sqlite(store.reading) else blocks
        return {name: cost(connection, *it) for name, it in hot_path(live).items()}


def instructions(connection: Connection, statement: Compilable, values: dict[str, Any]) -> int:
    driver = connection.connection.driver_connection
    assert driver is not None
    done = 0

    def count() -> None:
        nonlocal done
        done += 1

    driver.set_progress_handler(count, 1)
    connection.execute(statement, values).all()
    driver.set_progress_handler(None, 1)
    return done


def blocks(connection: Connection, statement: Compilable, values: dict[str, Any]) -> int:
    """What is touched beside the rows that it gives."""
    plan = prepared_plan(connection, statement, values)
    touched = sum(map(int, re.findall(r"(?:hit|read)=(\d+)", plan.split("Buffers:")[1])))
    rows = re.search(r"actual time=\S+ rows=(\d+)", plan)
    assert rows is not None
    return max(0, touched - BLOCKS_OF_A_ROW * int(rows[1]))


def prepared_plan(
    connection: Connection,
    statement: Compilable,
    values: dict[str, Any],
    *,
    tries: int = TRIES_BEFORE_A_GENERAL_PLAN,
) -> str:
    """How PostgreSQL runs the statement once it keeps it prepared, as psycopg lets it."""
    numbered = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call] # SQLAlchemy has no types here
    compiled = statement.compile(dialect=numbered)
    assert compiled.positiontup is not None
    literals = ", ".join(f"'{values.get(name, 1)}'" for name in compiled.positiontup)
    connection.exec_driver_sql(f"PREPARE hot AS {compiled}")
    for _ in range(tries):
        connection.exec_driver_sql(f"EXECUTE hot({literals})")
    found = connection.exec_driver_sql(
        f"EXPLAIN (ANALYZE, BUFFERS) EXECUTE hot({literals})"
    ).scalars()
    plan = "\n".join(found)
    connection.exec_driver_sql("DEALLOCATE hot")
    return plan


def explained(store: SqlStore, live: LiveBranch, name: str) -> str:
    """The statement's plan, for whoever made it slow."""
    statement, values = hot_path(live)[name]
    with store.reading.connect() as connection:
        if not is_sqlite(store.reading):
            return f"{name}\n{prepared_plan(connection, statement, values)}"
        compiled = statement.compile(dialect=connection.dialect)
        steps = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {compiled}", tuple(None for _ in compiled.positiontup or ())
        )
        return f"{name}\n" + "\n".join(step.detail for step in steps)


def write_history(office: Office) -> None:
    """Copy a served visit of today, and what was recorded of it, to 20,000 visits of other days."""
    office.store.writing.dispose()  # a new connection knows that the tables are no longer empty
    with office.store.writing.begin() as connection:
        leg = next(
            row._mapping
            for row in connection.execute(select(TABLES["leg"]))
            if row.state is LegState.ENDED
        )
        which = TABLES["ticket"].c.ticket_id == leg["ticket_id"]
        ticket = connection.execute(select(TABLES["ticket"]).where(which)).one()._mapping
        about = TABLES["event"].c.ticket_id == leg["ticket_id"]
        event = connection.execute(select(TABLES["event"]).where(about).limit(1)).one()._mapping
        ids = [UUID(int=number) for number in range(1, VISITS + 1)]
        first = ticket["day"] - timedelta(days=VISITS // VISITS_A_DAY)
        for name, rows in (
            (
                "ticket",
                [
                    {
                        **ticket,
                        "ticket_id": it,
                        "day": first + timedelta(days=n // VISITS_A_DAY),
                        "number": 1 + n % VISITS_A_DAY,
                        "token": f"old-{n}",
                    }
                    for n, it in enumerate(ids)
                ],
            ),
            ("leg", [{**leg, "ticket_id": it, "revision": -n} for n, it in enumerate(ids)]),
            (
                "event",
                [
                    {
                        **event,
                        "ticket_id": it,
                        "revision": -n,
                        "command_id": it,
                        "counter": 1 + n % 2,
                    }
                    for n, it in enumerate(ids)
                ],
            ),
        ):
            connection.execute(insert(TABLES[name]), rows)
