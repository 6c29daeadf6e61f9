"""The same statements as the store sends, through the bare driver: the speed that is there to win.

The texts are compiled from the store's own statements, so both sides always send the same ones.
The rows that it writes hold as much as ours do. What is left out is what queueapp adds to them:
domain values, the rules, a pool of connections.
"""

import json
import secrets
import sqlite3
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import ClauseElement
from uuid_utils.compat import uuid7

from queueapp.benchmarks.bench_branch import BenchBranch
from queueapp.domain.words import ServiceCode
from queueapp.store import statements as s
from queueapp.store.driver import Driver
from queueapp.store.engine import (
    SQLITE_SETTINGS,
    WRITER_SETTINGS,
    conninfo,
    is_sqlite,
    server_options,
    take_write_lock,
)
from queueapp.store.rows import DESK_WIDTH, LEG_COLUMNS, TICKET_COLUMNS


class BareDriver:
    """Does what :class:`queueapp.benchmarks.desk.QueueappWorker` does, statement for statement."""

    def __init__(self, branch: BenchBranch, desk: int) -> None:
        opened = branch.open()
        engine, url = opened.store.writing, opened.store.url
        self._branch = opened.id
        self._day = opened.plan().day(opened.clock())
        self._category = branch.category
        self._counter, self._clerk = branch.desks[desk]
        self._on_sqlite = is_sqlite(engine)
        self._statements = Driver(engine.dialect)
        self._connection = (
            _sqlite(url.database or "")
            if self._on_sqlite
            else psycopg.connect(conninfo(url), options=server_options(url, WRITER_SETTINGS))
        )
        opened.store.close()

    def issue(self, service: ServiceCode) -> str:
        """Give a ticket; its label."""
        revision, now = self._lock()
        number, _before = self._one(
            s.NEXT_NUMBER,
            day=self._day,
            letter=service,
        )
        self._run(s.ARRIVING)
        ticket = uuid7()
        self._insert(
            s.INSERT_TICKET,
            TICKET_COLUMNS,
            ticket_id=ticket,
            day=self._day,
            letter=service,
            number=number,
            category_reason="",
            language="en",
            channel="kiosk",
            token=secrets.token_urlsafe(12),
            arrived_at=now,
        )
        leg = {
            "ordinal": 1,
            "service": service,
            "category": self._category,
            "state": "waiting",
            "accrues_from": now,
            "waiting_since": now,
            "recalls": 0,
            "note": "",
        }
        self._insert(s.INSERT_LEG, LEG_COLUMNS, ticket_id=ticket, revision=revision, **leg)
        self._record("IssueTicket", revision, now, ticket, [], [leg])
        return f"{service}{number:03d}"

    def call(self) -> str | None:
        """Call the next customer; ``None`` when nobody waits."""
        revision, now = self._lock()
        self._at_desk()
        heads = [head for head in self._all(s.HEADS, counter=self._counter, now=now) if head[0]]
        if not heads:
            self._connection.rollback()
            return None
        ticket = min(heads, key=lambda head: head[3])[0]
        row = self._one(s.TICKET, ticket=ticket)
        self._change("CallNext", row, revision, now, state="called", called_at=now)
        return f"{row[2]}{row[3]:03d}"

    def serve(self) -> None:
        """Start and finish the customer in hand."""
        for kind, column, state in (
            ("StartService", "started_at", "serving"),
            ("Finish", "ended_at", "ended"),
        ):
            revision, now = self._lock()
            row = self._at_desk()
            outcome = {"outcome": "served"} if kind == "Finish" else {}
            self._change(kind, row, revision, now, state=state, **outcome, **{column: now})

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _lock(self) -> tuple[int, Any]:
        if isinstance(self._connection, sqlite3.Connection):
            take_write_lock(self._connection)
        row = self._one(s.LOCK_SQLITE if self._on_sqlite else s.LOCK_POSTGRESQL)
        self._run(s.RECORDED, command=uuid7())
        return row[0], datetime.now(UTC) if self._on_sqlite else row[3]

    def _at_desk(self) -> Any:  # noqa: ANN401 - a row of the driver
        row = self._one(s.AT_DESK, counter=self._counter)
        return row[DESK_WIDTH:]

    def _change(self, kind: str, row: Any, revision: int, now: Any, **changes: object) -> None:  # noqa: ANN401
        names = (column.name for column in LEG_COLUMNS)
        cells = zip(names, row[len(TICKET_COLUMNS) :], strict=True)
        before = {name: value for name, value in cells if value is not None}
        changes |= {"counter": self._counter, "staff": self._clerk}
        statement = s.update_leg(frozenset({"revision", *changes}))
        self._run(statement, **changes, revision=revision, ticket=row[0], which=before["ordinal"])
        self._record(kind, revision, now, row[0], [before], [before | changes])

    def _record(
        self,
        kind: str,
        revision: int,
        now: Any,  # noqa: ANN401 - a moment as the driver gives it
        ticket: Any,  # noqa: ANN401 - an id as the driver gives it
        before: list[dict[str, Any]],
        after: list[dict[str, Any]],
    ) -> None:
        receipt = {"label": str(ticket), "token": "", "reason": None, "percent": 0}
        self._run(
            s.INSERT_EVENT,
            branch_id=self._branch,
            revision=revision,
            command_id=uuid7(),
            kind=kind,
            at=now,
            staff=self._clerk,
            counter=self._counter,
            ticket_id=ticket,
            receipt=json.dumps(receipt),
            facts=json.dumps({}),
            before=json.dumps(before, default=str),
            after=json.dumps(after, default=str),
        )
        if not self._on_sqlite:
            self._run(s.NOTIFY, channel=s.channel(self._branch), payload=str(revision))
        self._connection.commit()

    def _insert(self, statement: ClauseElement, columns: list[Any], **values: object) -> None:
        nothing = dict.fromkeys(column.name for column in columns)
        self._run(statement, **{**nothing, "branch_id": self._branch, **values})

    def _one(self, statement: ClauseElement, **values: object) -> Any:  # noqa: ANN401
        return self._run(statement, **values).fetchone()

    def _all(self, statement: ClauseElement, **values: object) -> list[Any]:
        return list(self._run(statement, **values).fetchall())

    def _run(self, statement: ClauseElement, **values: object) -> Any:  # noqa: ANN401 - either driver's cursor
        text = self._statements.text(statement)
        every: dict[str, object] = {"branch": self._branch, **values}
        if self._on_sqlite:
            every = {name: for_sqlite(value) for name, value in every.items()}
        every = {**text.fixed, **every}
        ordered = every if text.order is None else [every[name] for name in text.order]
        return self._connection.execute(text.sql, ordered)


def _sqlite(path: str) -> sqlite3.Connection:
    # It waits for its turn as ours do; SQLite's own waiting left one of eight out for 10 s.
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    for pragma in SQLITE_SETTINGS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def for_sqlite(value: object) -> object:
    """``value`` as SQLAlchemy's SQLite dialect stores it."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return value.hex
    return value
