"""Where the forecaster keeps what it learned, and finds what happened since."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import BranchId, CounterNumber, Revision
from queueapp.operations.commands import CloseDesk, OpenDesk, PauseDesk, SignOn, StartDay
from queueapp.operations.forecasting import Learned
from queueapp.store import statements as s
from queueapp.store.engine import reachable, server_now
from queueapp.store.learned_tables import LearnedRow
from queueapp.store.rows import LEG_COLUMNS, TICKET_COLUMNS, table, tickets_of
from queueapp.store.store import SqlStore
from queueapp.store.upsert import put

learned = table(LearnedRow)
DESK_EVENTS = tuple(each.__name__ for each in (SignOn, OpenDesk, PauseDesk, CloseDesk, StartDay))


class SqlMemory:
    """Implements :class:`queueapp.operations.forecasting.Memory`."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def learned(self, branch: BranchId) -> Learned | None:
        """The snapshot that was saved last; ``None``: nothing was, or it cannot be read."""
        with reachable(), self._store.reading.connect() as connection:
            row = connection.execute(
                select(learned.c.revision, learned.c.snapshot).where(learned.c.branch_id == branch)
            ).one_or_none()
        if row is None:
            return None
        try:
            snapshot = zlib.decompress(row.snapshot).decode()
        except (zlib.error, UnicodeDecodeError):
            return None
        return Learned(revision=Revision(row.revision), snapshot=snapshot)

    def save_learned(self, branch: BranchId, holder: str, saved: Learned) -> None:
        """Replace the snapshot, unless another than ``holder`` has the lease by now."""
        with reachable(), self._store.writing.begin() as connection:
            now = server_now(connection)
            held = connection.execute(
                select(s.estimate.c.holder).where(s.estimate.c.branch_id == branch)
            ).scalar_one_or_none()
            if held != holder:
                return
            put(
                connection,
                learned,
                {
                    "branch_id": branch,
                    "revision": saved.revision,
                    "saved_at": now,
                    "snapshot": zlib.compress(saved.snapshot.encode(), 6),
                },
            )

    def tickets_since(self, branch: BranchId, revision: Revision, *, most: int) -> list[Ticket]:
        """The tickets that changed after ``revision``, the latest ``most`` legs of them."""
        changed = (
            select(s.leg.c.ticket_id)
            .where(s.leg.c.branch_id == branch, s.leg.c.revision > revision)
            .order_by(s.leg.c.revision.desc())
            .limit(most)
        ).subquery()
        statement = (
            select(*TICKET_COLUMNS, *LEG_COLUMNS)
            .join_from(s.ticket, s.leg, s.same(s.leg, s.ticket, "ticket_id"))
            .where(
                s.ticket.c.branch_id == branch,
                s.ticket.c.ticket_id.in_(select(changed.c.ticket_id)),
            )
            .order_by(s.ticket.c.ticket_id, s.leg.c.ordinal)
        )
        with reachable(), self._store.reading.connect() as connection:
            return tickets_of(connection.execute(statement))

    def desks_since(self, branch: BranchId, revision: Revision, *, most: int) -> list[Desk]:
        """Each new state of a desk after ``revision``, no further back than those tickets."""
        oldest = (
            select(s.leg.c.revision)
            .where(s.leg.c.branch_id == branch, s.leg.c.revision > revision)
            .order_by(s.leg.c.revision.desc())
            .offset(most - 1)
            .limit(1)
        ).scalar_subquery()
        event = s.event.c
        statement = (
            select(event.kind, event.at, event.staff, event.counter, event.facts)
            .where(event.branch_id == branch, event.revision > revision)
            .where(event.revision >= func.coalesce(oldest, revision))
            .where(event.kind.in_(DESK_EVENTS))
            .order_by(event.revision)
        )
        with reachable(), self._store.reading.connect() as connection:
            return list(_states_of_desks(connection.execute(statement)))

    def first_after(self, branch: BranchId, revision: Revision) -> datetime | None:
        """When the first thing after ``revision`` happened; ``None``: nothing has."""
        statement = (
            select(s.event.c.at)
            .where(s.event.c.branch_id == branch, s.event.c.revision > revision)
            .order_by(s.event.c.revision)
            .limit(1)
        )
        with reachable(), self._store.reading.connect() as connection:
            return connection.execute(statement).scalar_one_or_none()


def _states_of_desks(events: Iterable[Any]) -> Iterator[Desk]:
    """What became of the desks, event by event; signing on at one's own open desk is no change.

    A desk that is kept for somebody who was sent for opens when they sign on. One that was
    forgotten closes when the next day starts.
    """
    now: dict[CounterNumber, Desk] = {}
    for kind, at, who, counter, facts in events:
        if kind == StartDay.__name__:
            closed = {number: Desk(counter=number, since=at) for number in _closed(facts, now)}
            now |= closed
            yield from closed.values()
            continue
        at_desk = now[counter].staff if counter in now else None
        if kind == SignOn.__name__ and at_desk == who:
            continue
        # A supervisor may end a pause or close: the clerk stays who it was.
        staff = who if kind == SignOn.__name__ else at_desk or who
        desk = Desk(counter=counter, state=DeskState.OPEN, staff=staff, since=at)
        if kind == CloseDesk.__name__:
            desk = Desk(counter=counter, since=at)
        elif kind == PauseDesk.__name__:
            ends = at + timedelta(minutes=facts.get("minutes", 0))
            desk = replace(desk, state=DeskState.PAUSED, expected_end=ends)
        now[counter] = desk
        yield desk


def _closed(facts: Mapping[str, Any], now: Mapping[CounterNumber, Desk]) -> list[CounterNumber]:
    """Which desks a new day closed; none when it had begun already."""
    if facts and "closed" not in facts:  # a history from before this was kept
        return [number for number, desk in now.items() if desk.state is not DeskState.CLOSED]
    return [CounterNumber(int(number)) for number in facts.get("closed", "").split()]
