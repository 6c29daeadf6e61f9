"""`queueapp bench history`: calling the next customer with nothing in the past, and with years."""

import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from uuid_utils.compat import uuid7

from queueapp.benchmarks.bare_driver import for_sqlite
from queueapp.benchmarks.bench_branch import BenchBranch, bench_branch
from queueapp.benchmarks.figures import milliseconds
from queueapp.bootstrap import OpenBranch
from queueapp.config.settings import Settings
from queueapp.operations.commands import CallNext, Finish, IssueTicket, StartService
from queueapp.store.engine import is_sqlite

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


def measure(settings: Settings, *, tickets: int, calls: int) -> dict[str, Any]:
    """Time ``calls`` calls on an empty history and on one of ``tickets`` finished tickets."""
    with bench_branch(settings, desks=1) as branch:
        opened = branch.open()
        _calls(opened, branch, calls // 5)
        empty = milliseconds(_calls(opened, branch, calls))
        began = time.monotonic()
        lay_in(opened, branch, tickets)
        filled_in_s = time.monotonic() - began
        _calls(opened, branch, calls // 5)
        full = milliseconds(_calls(opened, branch, calls))
        opened.store.close()
    return {
        "tickets": tickets,
        "empty_p50_ms": empty["p50"],
        "empty_p95_ms": empty["p95"],
        "full_p50_ms": full["p50"],
        "full_p95_ms": full["p95"],
        "filled_in_s": round(filled_in_s, 1),
    }


def _calls(opened: OpenBranch, branch: BenchBranch, calls: int) -> list[float]:
    """The seconds that each of ``calls`` calls took, with :data:`WAITING` others waiting."""
    [(counter, clerk)] = branch.desks
    for number in range(WAITING):
        _issue(opened, branch, number)
    took = []
    for number in range(calls):
        _issue(opened, branch, number)
        began = time.monotonic()
        opened.operations.handle(CallNext(counter=counter, staff=clerk))
        took.append(time.monotonic() - began)
        opened.operations.handle(StartService(counter=counter, staff=clerk))
        opened.operations.handle(Finish(counter=counter, staff=clerk))
    return took


def _issue(opened: OpenBranch, branch: BenchBranch, number: int) -> None:
    service = branch.services[number % len(branch.services)]
    opened.operations.handle(IssueTicket(service=service, category=branch.category, language="en"))


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
    connection.execute("ANALYZE")
    connection.close()


def _write_postgresql(opened: OpenBranch, batches: Iterator[Rows]) -> None:
    conninfo = opened.store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for batch in batches:
            for name, columns in COLUMNS.items():
                with connection.cursor().copy(
                    f"COPY {name} ({', '.join(columns.split())}) FROM STDIN"
                ) as copy:
                    for row in batch[name]:
                        copy.write_row(row)
        connection.execute("VACUUM ANALYZE")
