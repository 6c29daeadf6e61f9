"""The statements of the hot path, built once.

Conditions on a leg's state are written as literal text: only then can the planners of both
databases prove that a partial index applies, so that calling costs the same however long the
history is.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)

from queueapp.operations.commands import Recall, SignOn
from queueapp.store.rows import DESK_COLUMNS, LEG_COLUMNS, RATING_COLUMNS, TICKET_COLUMNS, table
from queueapp.store.tables import (
    IS_IN_HAND,
    IS_SENT,
    IS_UNFINISHED,
    IS_WAITING,
    BranchRow,
    CategoryRow,
    CounterServiceRow,
    DeskRow,
    EstimateRow,
    EventRow,
    LegRow,
    RatingRow,
    TicketRow,
)

branch = table(BranchRow)
ticket = table(TicketRow)
leg = table(LegRow)
desk = table(DeskRow)
rating = table(RatingRow)
event = table(EventRow)
estimate = table(EstimateRow)
counter_service = table(CounterServiceRow)
category = table(CategoryRow)

LONGEST_CHANNEL = 63
"""PostgreSQL takes no longer name."""

_ONE: ColumnElement[int] = literal_column("1", Integer)
"""As a value that is bound it would tell a planner nothing."""
THE_BRANCH: BindParameter[Any] = bindparam("branch")
THE_TICKET: BindParameter[Any] = bindparam("ticket")
THE_COUNTER: BindParameter[Any] = bindparam("counter")

_locked = (
    update(branch).where(branch.c.branch_id == THE_BRANCH).values(revision=branch.c.revision + 1)
)
LOCK_SQLITE = _locked.returning(branch.c.revision, branch.c.plan_revision, branch.c.service_day)
LOCK_POSTGRESQL = _locked.returning(
    branch.c.revision,
    branch.c.plan_revision,
    branch.c.service_day,
    func.clock_timestamp(),
)
"""Takes the branch, counts the revision, and tells the time at which it was taken."""

RECORDED = select(
    event.c.kind, event.c.revision, event.c.at, event.c.ticket_id, event.c.receipt
).where(event.c.branch_id == THE_BRANCH, event.c.command_id == bindparam("command"))

LAST_ACTION = (
    select(
        event.c.kind,
        event.c.staff,
        event.c.at,
        event.c.ticket_id,
        event.c.before,
        event.c.after,
    )
    .where(
        event.c.branch_id == THE_BRANCH,
        event.c.counter == THE_COUNTER,
        event.c.ticket_id.is_not(None),
        event.c.kind != Recall.__name__,
        event.c.kind != SignOn.__name__,
    )
    .order_by(event.c.revision.desc())
    .limit(_ONE)
)


def same(one: FromClause, other: FromClause, *names: str) -> ColumnElement[bool]:
    """Whether rows of two tables of one branch have the same values in the columns ``names``."""
    return and_(*(one.c[name] == other.c[name] for name in ("branch_id", *names)))


_joined = select(*TICKET_COLUMNS, *LEG_COLUMNS).join_from(
    ticket, leg, same(ticket, leg, "ticket_id")
)


def _tickets(*conditions: object) -> Select[tuple[object, ...]]:
    """Whole tickets, a row a leg, as :func:`queueapp.store.rows.tickets_of` reads them."""
    return _joined.where(ticket.c.branch_id == THE_BRANCH, *conditions).order_by(  # type: ignore[arg-type] # conditions are column expressions, which have no common public type
        ticket.c.ticket_id, leg.c.ordinal
    )


_own_legs = select(leg.c.ticket_id).where(leg.c.branch_id == THE_BRANCH)

TICKET = _tickets(ticket.c.ticket_id == THE_TICKET)
_unfinished = _own_legs.where(text(IS_UNFINISHED))
UNFINISHED = _tickets(ticket.c.ticket_id.in_(_unfinished))
_of_day = select(ticket.c.ticket_id).where(
    ticket.c.branch_id == THE_BRANCH, ticket.c.day == bindparam("day")
)
OF_DAY = _tickets(ticket.c.ticket_id.in_(_of_day.union(_unfinished)))
CHANGED_TICKETS = _tickets(
    ticket.c.ticket_id.in_(_own_legs.where(leg.c.revision > bindparam("revision")))
)

_is_here = or_(leg.c.not_before.is_(None), leg.c.not_before <= bindparam("now"))
_line = (
    leg.c.branch_id == THE_BRANCH,
    leg.c.service == counter_service.c.service,
    leg.c.category == category.c.code,
    leg.c.for_counter.is_(None),
    _is_here,
    text(f"leg.{IS_WAITING}"),
)


def _of_head(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """``column`` of the first in the line of a service and a category: one look at the index.

    Nobody in a line has a counter; it is part of the order because PostgreSQL would else read and
    sort the whole line: it sees that the index is in order only where all columns before are named.
    """
    return (
        select(column)
        .where(*_line)
        .order_by(leg.c.for_counter, leg.c.accrues_from, leg.c.ticket_id)
        .limit(_ONE)
        .correlate(counter_service, category)
        .scalar_subquery()
    )


HEADS = (
    select(
        _of_head(leg.c.ticket_id).label("ticket_id"),
        counter_service.c.service,
        category.c.code,
        _of_head(leg.c.accrues_from).label("accrues_from"),
        null().label("for_counter"),
    )
    .select_from(counter_service)
    .join(category, same(category, counter_service))
    .where(
        counter_service.c.branch_id == THE_BRANCH,
        counter_service.c.counter == THE_COUNTER,
    )
    .union_all(
        select(
            leg.c.ticket_id,
            leg.c.service,
            leg.c.category,
            leg.c.accrues_from,
            leg.c.for_counter,
        ).where(
            leg.c.branch_id == THE_BRANCH,
            leg.c.for_counter == THE_COUNTER,
            text(IS_SENT),
            _is_here,
        )
    )
)
"""The first of each line that a counter may call from, and whoever was sent to it.

A line where nobody waits gives a row without a ticket.
"""

COUNT_WAITING = select(func.count()).where(
    leg.c.branch_id == THE_BRANCH, leg.c.service == bindparam("service"), text(IS_WAITING)
)

_in_hand = leg.alias("in_hand")
AT_DESK = (
    select(*DESK_COLUMNS, *TICKET_COLUMNS, *LEG_COLUMNS)
    .select_from(
        desk.outerjoin(
            _in_hand, and_(same(_in_hand, desk, "counter"), text(f"in_hand.{IS_IN_HAND}"))
        )
        .outerjoin(ticket, same(ticket, _in_hand, "ticket_id"))
        .outerjoin(leg, same(leg, ticket, "ticket_id"))
    )
    .where(desk.c.branch_id == THE_BRANCH, desk.c.counter == THE_COUNTER)
    .order_by(leg.c.ordinal)
)
"""A desk and the ticket in hand there, a row a leg; without one, a single row and no ticket."""
DESK_OF = select(*DESK_COLUMNS).where(
    desk.c.branch_id == THE_BRANCH, desk.c.staff == bindparam("staff")
)
DESKS_ON_DUTY = select(*DESK_COLUMNS).where(
    desk.c.branch_id == THE_BRANCH, desk.c.staff.is_not(None)
)
CHANGED_DESKS = select(*DESK_COLUMNS).where(
    desk.c.branch_id == THE_BRANCH, desk.c.revision > bindparam("revision")
)

RATING = select(*RATING_COLUMNS).where(
    rating.c.branch_id == THE_BRANCH,
    rating.c.ticket_id == THE_TICKET,
    rating.c.ordinal == bindparam("ordinal"),
)
CHANGED_RATINGS = select(*RATING_COLUMNS).where(
    rating.c.branch_id == THE_BRANCH, rating.c.revision > bindparam("revision")
)
RATINGS_OF_DAY = select(*RATING_COLUMNS).where(
    rating.c.branch_id == THE_BRANCH, rating.c.ticket_id.in_(_of_day)
)

ARRIVING = select(estimate.c.revision, estimate.c.made_at, estimate.c.arriving).where(
    estimate.c.branch_id == THE_BRANCH, estimate.c.made_at.is_not(None)
)
ESTIMATES = select(
    estimate.c.revision,
    estimate.c.made_at,
    estimate.c.arriving,
    estimate.c.waiting,
    estimate.c.outlook,
).where(estimate.c.branch_id == THE_BRANCH, estimate.c.made_at.is_not(None))

ESTIMATES_MADE = select(
    estimate.c.made_at, estimate.c.outlook["made_at"].as_string().label("outlook_made_at")
).where(estimate.c.branch_id == THE_BRANCH, estimate.c.made_at.is_not(None))

INSERT_TICKET = ticket.insert()
INSERT_LEG = leg.insert()


@cache
def update_leg(columns: frozenset[str]) -> Update:
    """Writes ``columns`` of one leg, by their names; a verb changes few of them."""
    return (
        update(leg)
        .where(
            leg.c.branch_id == THE_BRANCH,
            leg.c.ticket_id == THE_TICKET,
            leg.c.ordinal == bindparam("which"),
        )
        .values({name: bindparam(name) for name in sorted(columns)})
    )


INSERT_EVENT = event.insert()
NOTIFY = text("SELECT pg_notify(:channel, :payload)")
"""PostgreSQL only: wakes the feeds when the transaction commits."""

REVISION_OF = (
    select(func.max(leg.c.revision))
    .join(ticket, same(ticket, leg, "ticket_id"))
    .where(ticket.c.branch_id == THE_BRANCH, ticket.c.token == bindparam("token"))
)

BEGIN_ONE = text("SAVEPOINT one")
"""Of several commands that are committed together, each can be undone by itself."""
UNDO_ONE = text("ROLLBACK TO SAVEPOINT one")
END_ONE = text("RELEASE SAVEPOINT one")

NEXT_NUMBER = (
    text(
        "INSERT INTO number_series (branch_id, day, letter, last)"
        " VALUES (:branch, :day, :letter, 1)"
        " ON CONFLICT (branch_id, day, letter) DO UPDATE SET last = number_series.last + 1"
        " RETURNING last, (SELECT arrived_at FROM ticket WHERE branch_id = number_series.branch_id"
        " AND day = number_series.day AND letter = number_series.letter"
        " AND number = number_series.last - 1) AS before"
    )
    .bindparams(bindparam("day", type_=Date()))
    .columns(last=Integer, before=ticket.c.arrived_at.type)
)
"""Takes the next number of a series, which begins at 1, and tells when the one before arrived."""


def channel(branch_id: str) -> str:
    """The PostgreSQL channel on which a branch's changes are told.

    Branches whose long names begin alike share one; a hint too many costs a look.
    """
    return f"queueapp_{branch_id}"[:LONGEST_CHANNEL]
