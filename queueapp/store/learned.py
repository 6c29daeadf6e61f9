"""Where the forecaster keeps what it learned, and finds what happened since."""

import zlib

from sqlalchemy import select

from queueapp.domain.ticket import Ticket
from queueapp.domain.words import BranchId, Revision
from queueapp.operations.forecasting import Learned
from queueapp.store import statements as s
from queueapp.store.engine import reachable, server_now
from queueapp.store.learned_tables import LearnedRow
from queueapp.store.rows import LEG_COLUMNS, TICKET_COLUMNS, table, tickets_of
from queueapp.store.store import SqlStore
from queueapp.store.upsert import insert_into

learned = table(LearnedRow)


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
            values = {
                "revision": saved.revision,
                "saved_at": now,
                "snapshot": zlib.compress(saved.snapshot.encode(), 6),
            }
            connection.execute(
                insert_into(connection, learned).on_conflict_do_update(
                    index_elements=["branch_id"], set_=values
                ),
                {"branch_id": branch, **values},
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
            .select_from(
                s.ticket.join(
                    s.leg,
                    (s.leg.c.branch_id == s.ticket.c.branch_id)
                    & (s.leg.c.ticket_id == s.ticket.c.ticket_id),
                )
            )
            .where(
                s.ticket.c.branch_id == branch,
                s.ticket.c.ticket_id.in_(select(changed.c.ticket_id)),
            )
            .order_by(s.ticket.c.ticket_id, s.leg.c.ordinal)
        )
        with reachable(), self._store.reading.connect() as connection:
            return tickets_of(connection.execute(statement))
