"""The store: opens transactions and answers reads, on SQLite or PostgreSQL alike."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, select, update
from sqlalchemy.pool import PoolProxiedConnection

from queueapp.domain.desk import Desk
from queueapp.domain.estimate import Estimates
from queueapp.domain.live import Changes, LiveBranch
from queueapp.domain.words import BranchId, Revision, StaffCode
from queueapp.operations.clock import Clock, system_clock
from queueapp.operations.ports import Credentials, StoreUnavailable
from queueapp.store import lease
from queueapp.store import statements as s
from queueapp.store.all_tables import ALL_TABLES
from queueapp.store.appointment_rows import appointments_changed, appointments_of_day
from queueapp.store.driver import Driver
from queueapp.store.engine import (
    WritingConnections,
    database_url,
    is_sqlite,
    reachable,
    reading_engine,
    server_now,
    writing_engine,
)
from queueapp.store.estimates_json import arriving_to_json, estimates_of, waiting_to_json
from queueapp.store.outlook_json import outlook_to_json
from queueapp.store.plan import BranchMissing, Plan, load_plan
from queueapp.store.print_rows import printers_since
from queueapp.store.rows import desk_of, rating_of, tickets_of
from queueapp.store.transaction import StoreTransaction, find_credentials
from queueapp.store.upsert import insert_into


class Position(NamedTuple):
    """How far a branch has come."""

    revision: Revision
    plan_revision: int
    day: date | None


class SqlStore:
    """One database. Safe to share between threads.

    ``clock`` replaces the database's clock; only a simulated branch wants that.
    """

    def __init__(self, url: str, *, clock: Clock | None = None) -> None:
        self.url = database_url(url)
        self.writing = writing_engine(self.url)
        self.reading = reading_engine(self.url)
        self._writers = WritingConnections(self.writing)
        self._driver = Driver(self.writing.dialect)
        self._clock = clock
        self._plans: dict[BranchId, Plan] = {}
        self._offset = timedelta(0)

    def close(self) -> None:
        """Give all connections back."""
        self._writers.close_idle()
        self.writing.dispose()
        self.reading.dispose()

    @contextmanager
    def transaction(self, branch: BranchId) -> Iterator[StoreTransaction]:
        """Lock ``branch``, raise its revision; keep everything if it was recorded, else nothing."""
        with self._writing() as connection:
            transaction = self._lock(connection, branch)
            yield transaction
            if transaction.is_recorded:
                self.writing.dialect.do_commit(connection)

    @contextmanager
    def together(
        self, branch: BranchId
    ) -> Iterator[Callable[[], AbstractContextManager[StoreTransaction]]]:
        """Several transactions that are committed as one, so that the disk is waited for once.

        Yields what opens each, one after another. What raises within one leaves nothing of that
        one; what raises outside, or at the commit, leaves nothing of any.
        """
        try:
            with self._writing() as connection:
                yield lambda: self._one_of_several(connection, branch)
                self.writing.dialect.do_commit(connection)
        except BaseException:
            self._plans.pop(branch, None)  # it may be one that nobody committed
            raise

    def credentials(self, branch: BranchId, code: StaffCode) -> Credentials | None:
        """What signing on checks, read without a lock."""
        with self._read() as connection:
            return find_credentials(connection, branch, code)

    def now(self) -> datetime:
        """The database's clock, aware, UTC."""
        if self._clock is not None:
            return self._clock()
        with self._read() as connection:
            now = server_now(connection)
        self._offset = now - system_clock()
        return now

    def clock(self) -> datetime:
        """The database's clock without asking it: this machine's, and how far it was off lately.

        That is measured whenever the branch is read, for a machine that runs for weeks has its own
        clock put right now and then.
        """
        return self._clock() if self._clock is not None else system_clock() + self._offset

    def create_branch(self, branch: BranchId) -> None:
        """Make an empty branch, ready for its first plan; nothing happens when it exists."""
        with reachable(), self.writing.begin() as connection:
            connection.execute(
                insert_into(connection, s.branch).on_conflict_do_nothing(),
                {"branch_id": branch, "name": {}, "languages": [], "outcomes": []},
            )

    def delete_branch(self, branch: BranchId) -> None:
        """Delete every row of a branch; only a branch that was made to be measured wants that."""
        with reachable(), self.writing.begin() as connection:
            for each in reversed(ALL_TABLES.sorted_tables):
                connection.execute(delete(each).where(each.c.branch_id == branch))
        self._plans.pop(branch, None)

    # -- the live picture ------------------------------------------------------------------------

    def live(self, branch: BranchId) -> LiveBranch:
        """The branch as it is, in one consistent read."""
        with self._read() as connection:
            plan = load_plan(connection, branch)
            position = self._position(connection, branch)
            day = position.day or plan.branch.day(self.clock())
            of_day = {"branch": branch, "day": day}
            nothing_yet = LiveBranch(branch=plan.branch, revision=Revision(0), day=day)
            return nothing_yet.after(
                Changes(
                    revision=position.revision,
                    day=day,
                    staff=plan.staff.values(),
                    tickets=tickets_of(connection.execute(s.OF_DAY, of_day)),
                    desks=_desks_since(connection, branch, Revision(0)),
                    ratings=map(rating_of, connection.execute(s.RATINGS_OF_DAY, of_day)),
                    printers=printers_since(connection, branch, Revision(0)),
                    estimates=_estimates(connection, branch),
                    appointments=appointments_of_day(connection, plan.branch, day),
                )
            )

    def changes(self, live: LiveBranch) -> Changes | None:
        """What happened since ``live``; ``None`` when nothing did."""
        branch = live.branch.id
        with self._read() as connection:
            position = self._position(connection, branch)
            estimates = _estimates_after(connection, branch, live.estimates)
            is_same = estimates is None or estimates is live.estimates
            if position.revision == live.revision and is_same:
                return None
            since = {"branch": branch, "revision": live.revision}
            is_planned_anew = position.plan_revision > live.revision
            plan = load_plan(connection, branch) if is_planned_anew else None
            day, planned = position.day or live.day, plan.branch if plan else live.branch
            return Changes(
                revision=position.revision,
                day=day,
                branch=planned if plan else None,
                staff=plan.staff.values() if plan else None,
                tickets=tickets_of(connection.execute(s.CHANGED_TICKETS, since)),
                desks=_desks_since(connection, branch, live.revision),
                ratings=[rating_of(row) for row in connection.execute(s.CHANGED_RATINGS, since)],
                printers=printers_since(connection, branch, live.revision),
                estimates=estimates,
                appointments=appointments_of_day(connection, planned, day)
                if plan or day != live.day
                else appointments_changed(connection, planned, live.revision),
            )

    # -- estimates -------------------------------------------------------------------------------

    def take_lease(self, branch: BranchId, holder: str, lasts: timedelta) -> bool:
        """Take or renew the right to publish estimates; false while another holds it.

        ``lasts``: at most :data:`~queueapp.store.lease.LONGEST_LEASE`.
        """
        with reachable(), self.writing.begin() as connection:
            now = server_now(connection)
            row = {"branch_id": branch, "revision": 0, "waiting": {}, "arriving": []}
            return lease.take(connection, s.estimate, row, holder, now=now, lasts=lasts)

    def lease_is_free(self, branch: BranchId) -> bool:
        """Whether nobody computes estimates for ``branch`` now."""
        with self._read() as connection:
            until = connection.execute(
                select(s.estimate.c.lease_until).where(s.estimate.c.branch_id == branch)
            ).scalar_one_or_none()
            now = server_now(connection)
            return until is None or not now <= until <= now + lease.LONGEST_LEASE

    def publish(self, branch: BranchId, holder: str, estimates: Estimates) -> None:
        """Replace what was published before, unless another than ``holder`` has the lease by now.

        The branch's revision stays as it is.
        """
        with reachable(), self.writing.begin() as connection:
            connection.execute(
                update(s.estimate)
                .where(s.estimate.c.branch_id == branch, s.estimate.c.holder == holder)
                .values(
                    revision=estimates.revision,
                    made_at=estimates.made_at,
                    waiting=waiting_to_json(estimates),
                    arriving=arriving_to_json(estimates),
                    outlook=outlook_to_json(estimates.outlook),
                )
            )
            if not is_sqlite(self.writing):
                connection.execute(s.NOTIFY, {"channel": s.channel(branch), "payload": "estimates"})

    # -- within ----------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[PoolProxiedConnection]:
        try:
            with reachable(), self._writers.transaction() as connection:
                yield connection
        except StoreUnavailable:  # the server that the idle connections speak to may be gone
            self._writers.close_idle()
            self.writing.dispose()
            raise

    @contextmanager
    def _one_of_several(
        self, connection: PoolProxiedConnection, branch: BranchId
    ) -> Iterator[StoreTransaction]:
        self._driver.run(connection, s.BEGIN_ONE, {})
        is_kept = False
        try:
            transaction = self._lock(connection, branch)
            yield transaction
            is_kept = transaction.is_recorded
        finally:
            if not is_kept:
                self._driver.run(connection, s.UNDO_ONE, {})
            self._driver.run(connection, s.END_ONE, {})

    def _lock(self, connection: PoolProxiedConnection, branch: BranchId) -> StoreTransaction:
        statement = s.LOCK_SQLITE if is_sqlite(self.writing) else s.LOCK_POSTGRESQL
        found = self._driver.run(connection, statement, {"branch": branch})
        if not found:
            raise BranchMissing(branch)
        revision, plan_revision, day, *server_time = found[0]
        if self._clock is not None:
            now = self._clock()
        else:
            now = server_time[0].astimezone(UTC) if server_time else system_clock()
        plan = self._plans.get(branch)
        if plan is None or plan.revision != plan_revision:
            # Nobody changes it while this transaction holds the branch; one that is committed
            # together with this may have done so just before.
            plan = self._plans[branch] = load_plan(Connection(self.writing, connection), branch)
        return StoreTransaction(
            self.writing,
            connection,
            self._driver,
            plan,
            revision=Revision(revision),
            day=day,
            now=now,
        )

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database, whatever is committed meanwhile."""
        options = {} if is_sqlite(self.reading) else {"isolation_level": "REPEATABLE READ"}
        with reachable(), self.reading.connect() as connection:
            yield connection.execution_options(**options)

    def _position(self, connection: Connection, branch: BranchId) -> Position:
        server_time: list[ColumnElement[datetime]] = (
            [] if is_sqlite(self.reading) else [func.clock_timestamp()]
        )
        row = connection.execute(
            select(
                s.branch.c.revision, s.branch.c.plan_revision, s.branch.c.service_day, *server_time
            ).where(s.branch.c.branch_id == branch)
        ).one_or_none()
        if row is None:
            raise BranchMissing(branch)
        revision, plan_revision, day, *told = row
        if told:
            self._offset = told[0] - system_clock()
        return Position(revision, plan_revision, day)


def _desks_since(connection: Connection, branch: BranchId, known: Revision) -> list[Desk]:
    since = {"branch": branch, "revision": known}
    return [desk_of(row) for row in connection.execute(s.CHANGED_DESKS, since)]


def _estimates(connection: Connection, branch: BranchId) -> Estimates | None:
    row = connection.execute(s.ESTIMATES, {"branch": branch}).one_or_none()
    return None if row is None else estimates_of(*row)


def _estimates_after(
    connection: Connection, branch: BranchId, known: Estimates | None
) -> Estimates | None:
    """What is published: ``known`` itself where nothing newer is, for long lines read slowly."""
    made = connection.execute(s.ESTIMATES_MADE, {"branch": branch}).one_or_none()
    if made is None:
        return None
    is_known = known is not None and tuple(made) == _made(known)
    return known if is_known else _estimates(connection, branch)


def _made(estimates: Estimates) -> tuple[datetime, str | None]:
    """What changes whenever the forecaster says something new."""
    outlook = estimates.outlook
    return estimates.made_at, outlook.made_at.isoformat() if outlook else None
