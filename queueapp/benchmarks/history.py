"""`queueapp bench history`: calling the next customer with nothing in the past, and with years."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import psycopg
from uuid_utils.compat import uuid7

from queueapp.benchmarks.bare_driver import for_sqlite
from queueapp.benchmarks.bench_branch import BenchBranch, bench_branch
from queueapp.benchmarks.empty_database import empty_database
from queueapp.benchmarks.figures import milliseconds
from queueapp.bootstrap import OpenBranch
from queueapp.config.settings import Settings
from queueapp.operations.commands import CallNext, Finish, IssueTicket, StartService
from queueapp.store.engine import conninfo, is_sqlite

EVENTS_PER_TICKET = ("IssueTicket", "CallNext", "StartService", "Finish")
TICKETS_A_DAY = 600
BATCH = 20_000
WAITING = 40
"""How many wait while calls are measured, as on a busy morning."""
VISIT_S = 600

Rows = dict[str, list[tuple[Any, ...]]]
COLUMNS = {
    "ticket": "branch_id ticket_id day letter number category_reason language channel token"
    " arrived_at",
    "leg": "branch_id ticket_id ordinal revision service category state accrues_from"
    " waiting_since called_at started_at ended_at counter staff recalls outcome note",
    "event": "branch_id revision command_id kind at staff counter ticket_id receipt facts before"
    " after",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A branch in which calls are timed."""

    branch: BenchBranch
    opened: OpenBranch
    took: list[float] = field(default_factory=list)
    """The seconds of each call."""

    def issue(self, number: int) -> None:
        """Issue the ``number``-th ticket."""
        services = self.branch.services
        self.opened.operations.handle(
            IssueTicket(
                service=services[number % len(services)],
                category=self.branch.category,
                language="en",
            )
        )

    def serve_one(self, number: int) -> None:
        """Somebody comes, and the next customer is called and served."""
        [(counter, clerk)] = self.branch.desks
        handle = self.opened.operations.handle
        self.issue(number)
        began = time.monotonic()
        handle(CallNext(counter=counter, staff=clerk))
        self.took.append(time.monotonic() - began)
        handle(StartService(counter=counter, staff=clerk))
        handle(Finish(counter=counter, staff=clerk))


def measure(settings: Settings, *, tickets: int, calls: int) -> dict[str, Any]:
    """Time ``calls`` calls on an empty history and on one of ``tickets`` finished tickets.

    The two take turns, call by call: a machine is not as fast as it was a minute ago.
    """
    with empty_database(settings) as beside, _office(settings) as full, _office(beside) as empty:
        began = time.monotonic()
        lay_in(full.opened, full.branch, tickets)
        filled_in_s = time.monotonic() - began
        _take_turns((empty, full), calls)
    return {
        "tickets": tickets,
        **_named("empty", empty.took),
        **_named("full", full.took),
        "filled_in_s": round(filled_in_s, 1),
    }


@contextmanager
def _office(settings: Settings) -> Iterator[Office]:
    with bench_branch(settings, desks=1) as branch:
        opened = branch.open()
        try:
            yield Office(branch=branch, opened=opened)
        finally:
            opened.store.close()


def _take_turns(offices: Sequence[Office], calls: int) -> None:
    """Time ``calls`` calls in each, with :data:`WAITING` others waiting."""
    for number, office in product(range(WAITING), offices):
        office.issue(number)
    for number, office in product(range(calls // 5), offices):
        office.serve_one(number)
    for office in offices:
        office.took.clear()  # that was to warm up
        _analyze(office.opened)
    for number in range(calls):
        for office in offices if number % 2 else reversed(offices):
            office.serve_one(number)


def _named(history: str, took: Iterable[float]) -> dict[str, float]:
    measured = milliseconds(took)
    return {f"{history}_{share}_ms": measured[share] for share in ("p50", "p95")}


def lay_in(opened: OpenBranch, branch: BenchBranch, tickets: int) -> None:
    """Write finished tickets of past days straight into the tables, oldest first."""
    write = _write_sqlite if is_sqlite(opened.store.writing) else _write_postgresql
    write(opened, _history(opened, branch, tickets))


def _history(opened: OpenBranch, branch: BenchBranch, tickets: int) -> Iterator[Rows]:
    """Rows of finished tickets, in batches; their revisions lie below the branch's own."""
    [(counter, clerk)] = branch.desks
    days = -(-tickets // TICKETS_A_DAY)
    first_day = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)
    first_day -= timedelta(days=days)
    rows: Rows = {name: [] for name in COLUMNS}
    for index in range(tickets):
        day, number = divmod(index, TICKETS_A_DAY)
        arrived = first_day + timedelta(days=day, seconds=50 * number)
        ended = arrived + timedelta(seconds=VISIT_S)
        ticket = uuid7()
        service = branch.services[number % len(branch.services)]
        letter_number = number // len(branch.services) + 1
        rows["ticket"].append(
            (opened.id, ticket, arrived.date(), service, letter_number, "", "en", "kiosk",
             ticket.hex, arrived)
        )  # fmt: skip
        revision = -len(EVENTS_PER_TICKET) * (tickets - index)
        rows["leg"].append(
            (opened.id, ticket, 1, revision, service, branch.category, "ended", arrived, arrived,
             arrived, arrived, ended, counter, clerk, 0, "served", "")
        )  # fmt: skip
        leg = json.dumps([{"ordinal": 1, "service": service, "at": arrived.isoformat()}])
        rows["event"] += [
            (opened.id, revision + step, uuid7(), kind, arrived, clerk, counter, ticket, "{}", "{}",
             leg, leg)
            for step, kind in enumerate(EVENTS_PER_TICKET)
        ]  # fmt: skip
        if len(rows["ticket"]) == BATCH:
            yield rows
            rows = {name: [] for name in COLUMNS}
    yield rows


def _write_sqlite(opened: OpenBranch, batches: Iterator[Rows]) -> None:
    connection = sqlite3.connect(opened.store.url.database or "")
    for batch in batches:
        for name, columns in COLUMNS.items():
            marks = ", ".join("?" * len(columns.split()))
            connection.executemany(
                f"INSERT INTO {name} ({', '.join(columns.split())}) VALUES ({marks})",  # noqa: S608 - our own names
                ([for_sqlite(value) for value in row] for row in batch[name]),
            )
        connection.commit()
    connection.close()


def _write_postgresql(opened: OpenBranch, batches: Iterator[Rows]) -> None:
    with psycopg.connect(conninfo(opened.store.url), autocommit=True) as connection:
        for batch in batches:
            for name, columns in COLUMNS.items():
                with connection.cursor().copy(
                    f"COPY {name} ({', '.join(columns.split())}) FROM STDIN"
                ) as copy:
                    for row in batch[name]:
                        copy.write_row(row)


def _analyze(opened: OpenBranch) -> None:
    """Let the database learn what is in it, as it does by itself in a while."""
    if is_sqlite(opened.store.writing):
        with closing(sqlite3.connect(opened.store.url.database or "")) as connection:
            connection.execute("ANALYZE")
        return
    with psycopg.connect(conninfo(opened.store.url), autocommit=True) as server:
        server.execute("VACUUM ANALYZE")
