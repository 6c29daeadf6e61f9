"""The past for other programs: visits and history, read row by row however many there are.

PostgreSQL keeps the result and hands it out in batches (a server-side cursor), SQLite computes it
as it is read; so memory stays the same with ten tickets and with ten million. Secrets stay here:
no ticket's token and nothing about PINs is ever selected.
"""

from collections.abc import Generator, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, select

from queueapp.domain.branch import Branch
from queueapp.domain.numbering import label_of
from queueapp.domain.ticket import LegState, Outcome
from queueapp.domain.words import BranchId
from queueapp.store import statements as s
from queueapp.store.engine import is_sqlite, reachable
from queueapp.store.plan import load_plan
from queueapp.store.store import SqlStore

BATCH = 1000
"""How many rows are in memory at once."""

Record = dict[str, Any]
"""One exported row: values as JSON knows them, in the order of their columns."""

VISIT_COLUMNS = (
    # What `queueapp replay` reads; other programs may write the same.
    "ticket",
    "service",
    "category",
    "appointment_at",
    "arrived_at",
    "called_at",
    "started_at",
    "ended_at",
    "outcome",
    "counter",
    "staff",
    # What else is known of a leg.
    "leg",
    "state",
    "ended_as",
    "outcome_code",
    "note",
    "category_reason",
    "channel",
    "language",
    "recalls",
    "rating",
    "rating_reason",
    "rated_at",
    "promise_p50",
    "promise_p80",
    "promised_at",
)
EVENT_COLUMNS = (
    "revision",
    "at",
    "kind",
    "staff",
    "counter",
    "ticket",
    "command_id",
    "facts",
    "before",
    "after",
)


def visits(
    store: SqlStore, branch: BranchId, *, since: date | None = None, until: date | None = None
) -> Generator[Record, None, None]:
    """One record per leg (:data:`VISIT_COLUMNS`), about in the order of arrival.

    ``since`` and ``until`` are service days, both included. What an undo took back is left out.
    Raises ``BranchMissing`` and ``StoreUnavailable``, the latter also in the middle.
    """
    plan = _plan(store, branch)
    statement = (
        select(
            s.ticket.c.day,
            s.ticket.c.letter,
            s.ticket.c.number,
            s.ticket.c.appointment_at,
            s.ticket.c.category_reason,
            s.ticket.c.channel,
            s.ticket.c.language,
            *(s.leg.c[name] for name in _LEG_FACTS),
            s.rating.c.score,
            s.rating.c.reason,
            s.rating.c.rated_at,
        )
        .join_from(s.ticket, s.leg, s.same(s.leg, s.ticket, "ticket_id"))
        .outerjoin(s.rating, s.same(s.rating, s.leg, "ticket_id", "ordinal"))
        .where(
            s.ticket.c.branch_id == branch,
            s.leg.c.state != LegState.WITHDRAWN,
            *([s.ticket.c.day >= since] if since else []),
            *([s.ticket.c.day <= until] if until else []),
        )
        # Ticket ids are made of the time: the order of the key is that of arrival, without sorting.
        .order_by(s.leg.c.ticket_id, s.leg.c.ordinal)
    )
    for row in _stream(store, statement):
        yield _visit(row, plan.zone)


def events(
    store: SqlStore, branch: BranchId, *, since: date | None = None, until: date | None = None
) -> Generator[Record, None, None]:
    """One record per event (:data:`EVENT_COLUMNS`), in the order in which they happened.

    ``since`` and ``until`` are days on the branch's clock, both included. Raises as :func:`visits`.
    """
    plan = _plan(store, branch)
    statement = (
        select(
            *(s.event.c[name] for name in EVENT_COLUMNS if name != "ticket"),
            s.ticket.c.day,
            s.ticket.c.letter,
            s.ticket.c.number,
        )
        .outerjoin_from(s.event, s.ticket, s.same(s.ticket, s.event, "ticket_id"))
        .where(s.event.c.branch_id == branch, *_within(s.event.c.at, since, until, plan))
        .order_by(s.event.c.revision)
    )
    for row in _stream(store, statement):
        yield _event(row, plan.zone)


_LEG_FACTS = (
    "ordinal",
    "service",
    "category",
    "state",
    "waiting_since",
    "called_at",
    "started_at",
    "ended_at",
    "counter",
    "staff",
    "recalls",
    "outcome",
    "outcome_code",
    "note",
    "promise_p50",
    "promise_p80",
    "promised_at",
)


def _stream(store: SqlStore, statement: Select[*tuple[Any, ...]]) -> Iterator[Row[Any]]:
    options: dict[str, Any] = {"stream_results": True, "yield_per": BATCH}
    if not is_sqlite(store.reading):
        options["isolation_level"] = "REPEATABLE READ"
    with (
        reachable(),
        store.reading.connect() as connection,
        connection.execution_options(**options).execute(statement) as result,
    ):
        yield from result


def _plan(store: SqlStore, branch: BranchId) -> Branch:
    with reachable(), store.reading.connect() as connection:
        return load_plan(connection, branch).branch


def _within(
    column: ColumnElement[datetime], since: date | None, until: date | None, plan: Branch
) -> list[ColumnElement[bool]]:
    bounds = []
    if since is not None:
        bounds.append(column >= plan.moment(since))
    if until is not None:
        bounds.append(column < plan.moment(until + timedelta(days=1)))
    return bounds


def _visit(row: Row[Any], zone: ZoneInfo) -> Record:
    values = (
        _ticket(row),
        row.service,
        row.category,
        _moment(row.appointment_at, zone),
        _moment(row.waiting_since, zone),
        _moment(row.called_at, zone),
        _moment(row.started_at, zone),
        _moment(row.ended_at, zone),
        _outcome(row),
        row.counter,
        row.staff,
        row.ordinal,
        row.state,
        row.outcome,
        row.outcome_code,
        row.note,
        row.category_reason,
        row.channel,
        row.language,
        row.recalls,
        row.score,
        row.reason,
        _moment(row.rated_at, zone),
        row.promise_p50,
        row.promise_p80,
        _moment(row.promised_at, zone),
    )
    return dict(zip(VISIT_COLUMNS, values, strict=True))


def _event(row: Row[Any], zone: ZoneInfo) -> Record:
    values = (
        row.revision,
        _moment(row.at, zone),
        row.kind,
        row.staff,
        row.counter,
        None if row.number is None else _ticket(row),
        str(row.command_id),
        row.facts,
        row.before,
        row.after,
    )
    return dict(zip(EVENT_COLUMNS, values, strict=True))


def _ticket(row: Row[Any]) -> str:
    """The ticket's number with its day, for numbers begin anew each day: ``2026-03-10-A042``."""
    return f"{row.day.isoformat()}-{label_of(row.letter, row.number)}"


def _outcome(row: Row[Any]) -> str | None:
    """How the stretch ended for whoever studies waits: served, no_show, left, or not yet."""
    match row.outcome:
        case None:
            return None
        case Outcome.SERVED:
            return "served"
        case Outcome.NO_SHOW:
            return "no_show"
        case _:  # sent on, cancelled, expired: what counts is whether a clerk had begun
            return "served" if row.started_at is not None else "left"


def _moment(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """ISO 8601 on the branch's clock, with its offset."""
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="milliseconds")
