"""One command's transaction: the branch row first, then as few short statements as will do."""

from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql import ClauseElement

from queueapp.domain.branch import Branch
from queueapp.domain.desk import Desk
from queueapp.domain.estimate import Estimates
from queueapp.domain.numbering import PUT_BACK_AT_MOST
from queueapp.domain.rating import Rating
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.routing import Candidate
from queueapp.domain.staff import Staff
from queueapp.domain.ticket import UNFINISHED, Leg, Ticket
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CommandId,
    CounterNumber,
    Revision,
    ServiceCode,
    StaffCode,
    TicketId,
)
from queueapp.operations.ports import Credentials, Event, Receipt, Recorded
from queueapp.store import statements as s
from queueapp.store.access import AccessRows
from queueapp.store.appointment_rows import AppointmentRows
from queueapp.store.driver import Driver, Row
from queueapp.store.engine import is_sqlite
from queueapp.store.estimates_json import estimates_of
from queueapp.store.plan import Plan, save_plan, staff
from queueapp.store.print_rows import PrintingRows
from queueapp.store.rows import (
    DESK_WIDTH,
    STAFF_COLUMNS,
    credentials_of,
    credentials_values,
    desk_of,
    desk_values,
    leg_from_json,
    leg_to_json,
    leg_values,
    rating_of,
    rating_values,
    receipt_of,
    receipt_to_json,
    ticket_values,
    tickets_of,
)
from queueapp.store.upsert import put


class StoreTransaction:
    """Implements :class:`queueapp.operations.ports.Transaction` on one open connection."""

    def __init__(
        self,
        engine: Engine,
        connection: PoolProxiedConnection,
        driver: Driver,
        plan: Plan,
        *,
        revision: Revision,
        day: date | None,
        now: datetime,
    ) -> None:
        self.branch = plan.branch
        self.revision = revision
        self.now = _steady(now, plan.branch, day)
        self.day = day
        self.is_recorded = False
        self._engine = engine
        self._on_sqlite = is_sqlite(engine)
        self._on_driver = connection
        self._driver = driver
        self._plan = plan
        self._id = plan.branch.id
        self.printing = PrintingRows(self._run, self._id, revision)
        self.appointments = AppointmentRows(self._run, self._id, revision)
        self.access = AccessRows(lambda: self._connection, self._id)
        self._at_desks: dict[CounterNumber, tuple[Desk, Ticket | None]] = {}
        self._changes: dict[TicketId, tuple[Ticket | None, Ticket]] = {}

    # -- reading ---------------------------------------------------------------------------------

    def recorded(self, command_id: CommandId) -> tuple[str, Receipt] | None:
        """What kind of command was done before under this id, and what it did."""
        row = self._one(s.RECORDED, command=command_id)
        if row is None:
            return None
        kind, *receipt = row
        return kind, receipt_of(*receipt)

    def heads(self, counter: CounterNumber) -> list[Candidate]:
        """The first of every line that ``counter`` may call from."""
        return [
            Candidate(
                ticket=TicketId(ticket),
                service=ServiceCode(service),
                category=CategoryCode(category),
                accrues_from=accrues_from,
                for_counter=None if for_counter is None else CounterNumber(for_counter),
            )
            for ticket, service, category, accrues_from, for_counter in self._run(
                s.HEADS, counter=counter, now=self.now
            )
            if ticket is not None
        ]

    def count_waiting(self, service: ServiceCode) -> int:
        """How many wait for ``service``."""
        return self._number(s.COUNT_WAITING, service=service)

    def estimates(self) -> Estimates | None:
        """The forecaster's last word for people arriving."""
        row = self._one(s.ARRIVING)
        return None if row is None else estimates_of(*row)

    def unfinished(self) -> list[Ticket]:
        """Every ticket that waits, is in hand or on hold."""
        return tickets_of(self._run(s.UNFINISHED))

    def next_number(self, day: date, letter: ServiceCode) -> tuple[int, datetime | None]:
        """Take the next number of ``letter`` on ``day``; beside it, when the one before arrived."""
        [[number, before]] = self._run(s.NEXT_NUMBER, day=day, letter=letter)
        return number, before

    def ticket(self, ticket: TicketId) -> Ticket:
        """The ticket with all its legs; refused when there is none."""
        found = tickets_of(self._run(s.TICKET, ticket=ticket))
        if not found:
            raise Refused(Reason.TICKET_UNKNOWN, ticket="")
        return found[0]

    def in_hand(self, counter: CounterNumber) -> Ticket | None:
        """The ticket at ``counter``, called or being served."""
        return self._at_desk(counter)[1]

    def desk(self, counter: CounterNumber) -> Desk:
        """The desk at ``counter``; closed when nobody ever signed on there."""
        return self._at_desk(counter)[0]

    def desk_of(self, staff: StaffCode) -> Desk | None:
        """The desk where ``staff`` is signed on."""
        row = self._one(s.DESK_OF, staff=staff)
        return None if row is None else desk_of(row)

    def desks(self) -> list[Desk]:
        """All desks that are not closed."""
        return [desk_of(row) for row in self._run(s.DESKS_ON_DUTY)]

    def staff(self, code: StaffCode) -> Staff:
        """The person; refused when unknown."""
        try:
            return self._plan.staff[code]
        except KeyError:
            raise Refused(Reason.STAFF_MISSING, staff=code) from None

    def credentials(self, code: StaffCode) -> Credentials | None:
        """What signing on checks."""
        return find_credentials(self._connection, self._id, code)

    def rating(self, ticket: TicketId, ordinal: int) -> Rating | None:
        """What was said of a leg."""
        row = self._one(s.RATING, ticket=ticket, ordinal=ordinal)
        return None if row is None else rating_of(row)

    def last_action(self, counter: CounterNumber) -> Recorded | None:
        """The last event about a ticket at ``counter``; recalls and signing on changed nothing."""
        row = self._one(s.LAST_ACTION, counter=counter)
        if row is None:
            return None
        kind, person, at, ticket, before, after = row
        return Recorded(
            kind=kind,
            staff=person,
            at=at,
            ticket=TicketId(ticket),
            before=tuple(leg_from_json(leg) for leg in before),
            after=tuple(leg_from_json(leg) for leg in after),
        )

    # -- writing ---------------------------------------------------------------------------------

    def start_day(self, day: date) -> None:
        """Make ``day`` the day the branch works on."""
        self._connection.execute(
            update(s.branch).where(s.branch.c.branch_id == self._id).values(service_day=day)
        )

    def add_ticket(self, ticket: Ticket) -> None:
        """Store a new ticket."""
        self._run(s.INSERT_TICKET, **ticket_values(self._id, ticket))
        for leg in ticket.legs:
            self._insert_leg(ticket, leg)
        self._changes[ticket.id] = (None, ticket)

    def save_ticket(self, before: Ticket, after: Ticket) -> None:
        """Store the legs that differ.

        Legs that end are written before legs that begin: at no moment are there two in hand.
        """
        known = {leg.ordinal: leg for leg in before.legs}
        changed = [leg for leg in after.legs if leg != known.get(leg.ordinal)]
        for leg in sorted(changed, key=lambda leg: leg.state in UNFINISHED):
            if leg.ordinal in known:
                self._update_leg(after.id, known[leg.ordinal], leg)
            else:
                self._insert_leg(after, leg)
        self._changes[after.id] = (before, after)
        self._at_desks.clear()

    def save_desk(self, desk: Desk) -> None:
        """Store a desk."""
        put(self._connection, s.desk, desk_values(self._id, desk, self.revision))
        self._at_desks.pop(desk.counter, None)

    def save_rating(self, rating: Rating) -> None:
        """Store or replace a leg's rating."""
        put(self._connection, s.rating, rating_values(self._id, rating, self.revision))

    def save_credentials(self, credentials: Credentials) -> None:
        """Store or replace a person and their PIN; a new person makes a new plan revision."""
        put(self._connection, staff, credentials_values(self._id, credentials))
        if self._plan.staff.get(credentials.staff.code) != credentials.staff:
            self._plan_changes()

    def remove_staff(self, code: StaffCode) -> None:
        """Take somebody off the staff; the row stays, because the history names it."""
        self._connection.execute(
            update(staff)
            .where(staff.c.branch_id == self._id, staff.c.code == code)
            .values(retired=True)
        )
        self._plan_changes()

    def save_branch(self, branch: Branch) -> None:
        """Store the whole plan of the branch."""
        save_plan(self._connection, branch)

    def record(self, event: Event) -> None:
        """Append the event and tell the other terminals when the transaction commits."""
        before, after = self._changed_legs()
        self._run(
            s.INSERT_EVENT,
            branch_id=self._id,
            revision=self.revision,
            command_id=event.command_id,
            kind=event.kind,
            at=self.now,
            staff=event.staff,
            counter=event.counter,
            ticket_id=event.receipt.ticket,
            receipt=receipt_to_json(event.receipt),
            facts=dict(event.facts),
            before=[leg_to_json(leg) for leg in before],
            after=[leg_to_json(leg) for leg in after],
        )
        if not self._on_sqlite:
            self._run(s.NOTIFY, channel=s.channel(self._id), payload=str(self.revision))
        self.is_recorded = True

    # -- within ----------------------------------------------------------------------------------

    def _plan_changes(self) -> None:
        self._connection.execute(
            update(s.branch)
            .where(s.branch.c.branch_id == self._id)
            .values(plan_revision=self.revision)
        )

    @cached_property
    def _connection(self) -> Connection:
        """The same transaction for what is done seldom, the way of SQLAlchemy."""
        return Connection(self._engine, self._on_driver)

    def _at_desk(self, counter: CounterNumber) -> tuple[Desk, Ticket | None]:
        """Both in one look: most commands of a clerk begin with them."""
        if counter not in self._at_desks:
            rows = self._run(s.AT_DESK, counter=counter)
            desk = desk_of(rows[0][:DESK_WIDTH]) if rows else Desk(counter=counter)
            tickets = tickets_of(row[DESK_WIDTH:] for row in rows if row[DESK_WIDTH] is not None)
            self._at_desks[counter] = desk, tickets[0] if tickets else None
        return self._at_desks[counter]

    def _run(self, statement: ClauseElement, **values: object) -> list[Row]:
        return self._driver.run(self._on_driver, statement, {"branch": self._id, **values})

    def _one(self, statement: ClauseElement, **values: object) -> Row | None:
        rows = self._run(statement, **values)
        return rows[0] if rows else None

    def _number(self, statement: ClauseElement, **values: object) -> int:
        [[number]] = self._run(statement, **values)
        return int(number)

    def _insert_leg(self, ticket: Ticket, leg: Leg) -> None:
        self._run(s.INSERT_LEG, **leg_values(self._id, ticket.id, leg, self.revision))

    def _update_leg(self, ticket: TicketId, before: Leg, after: Leg) -> None:
        old = leg_values(self._id, ticket, before, self.revision)
        new = leg_values(self._id, ticket, after, self.revision)
        changed = {name: value for name, value in new.items() if value != old[name]}
        changed["revision"] = self.revision
        statement = s.update_leg(frozenset(changed))
        self._run(statement, ticket=ticket, which=after.ordinal, **changed)

    def _changed_legs(self) -> tuple[list[Leg], list[Leg]]:
        """What one ticket's event keeps; a day's beginning, which ends many, keeps a count only."""
        if len(self._changes) != 1:
            return [], []
        [(before, after)] = self._changes.values()
        known = {leg.ordinal: leg for leg in before.legs} if before else {}
        changed = [leg for leg in after.legs if leg != known.get(leg.ordinal)]
        return [known[leg.ordinal] for leg in changed if leg.ordinal in known], changed


def _steady(now: datetime, branch: Branch, day: date | None) -> datetime:
    """``now``; the beginning of ``day``, once that was begun, where the clock was put back over it.

    Else the evening before would be begun a second time, and the desks closed twice.
    """
    if day is None:
        return now
    begins = branch.moment(day)
    return begins if timedelta(0) < begins - now <= PUT_BACK_AT_MOST else now


def find_credentials(
    connection: Connection, branch_id: BranchId, code: StaffCode
) -> Credentials | None:
    """What signing on checks, on any connection."""
    row = connection.execute(
        select(*STAFF_COLUMNS).where(
            staff.c.branch_id == branch_id, staff.c.code == code, staff.c.retired.is_(False)
        )
    ).one_or_none()
    return None if row is None else credentials_of(row)
