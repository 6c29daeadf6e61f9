"""Rows to domain values and back. One place knows which column is which field."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Table
from sqlmodel import SQLModel

from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.rating import Rating, RatingReason
from queueapp.domain.routing import PickReason
from queueapp.domain.staff import PinGuard, Role, Staff
from queueapp.domain.ticket import Channel, Leg, LegState, Outcome, Promise, Ticket
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CounterNumber,
    OutcomeCode,
    Revision,
    ServiceCode,
    StaffCode,
    TicketId,
)
from queueapp.operations.ports import Credentials, Receipt
from queueapp.store.tables import DeskRow, LegRow, RatingRow, StaffRow, TicketRow

Values = dict[str, Any]


def table(kind: type[SQLModel]) -> Table:
    """The Core table behind a SQLModel class."""
    found = kind.__table__  # type: ignore[attr-defined] # SQLModel sets it and does not declare it
    assert isinstance(found, Table)
    return found


LEG_COLUMNS = [
    column
    for column in table(LegRow).c
    if column.name not in {"branch_id", "revision", "ticket_id"}
]
TICKET_COLUMNS = [column for column in table(TicketRow).c if column.name != "branch_id"]
TICKET_WIDTH = len(TICKET_COLUMNS)


def tickets_of(rows: Iterable[Sequence[Any]]) -> list[Ticket]:
    """Tickets from joined rows (:data:`TICKET_COLUMNS`, :data:`LEG_COLUMNS`), a leg each.

    The rows of one ticket stand together, its legs in order.
    """
    return [
        _ticket(first, [first, *rest])
        for first, *rest in (list(group) for _, group in groupby(rows, key=lambda row: row[0]))
    ]


def _ticket(row: Sequence[Any], legs: Iterable[Sequence[Any]]) -> Ticket:
    (
        ticket_id,
        day,
        letter,
        number,
        category_reason,
        appointment_at,
        language,
        channel,
        token,
        arrived_at,
    ) = row[:TICKET_WIDTH]
    return Ticket(
        id=TicketId(ticket_id),
        day=day,
        letter=ServiceCode(letter),
        number=number,
        category_reason=category_reason,
        appointment_at=appointment_at,
        language=language,
        channel=Channel(channel),
        token=token,
        arrived_at=arrived_at,
        legs=tuple(_leg(*leg[TICKET_WIDTH:]) for leg in legs),
    )


def _leg(  # noqa: PLR0917 - the order of LEG_COLUMNS; by name it would cost a mapping for each row
    ordinal: int,
    service: str,
    category: str,
    state: LegState,
    accrues_from: datetime,
    waiting_since: datetime,
    for_counter: int | None,
    not_before: datetime | None,
    called_at: datetime | None,
    started_at: datetime | None,
    held_at: datetime | None,
    ended_at: datetime | None,
    counter: int | None,
    staff: str | None,
    recalls: int,
    outcome: Outcome | None,
    outcome_code: str | None,
    note: str,
    promise_p50: float | None,
    promise_p80: float | None,
    promised_at: datetime | None,
    promise_p10: float | None,
    promise_p90: float | None,
) -> Leg:
    promise = None
    if promise_p50 is not None and promise_p80 is not None and promised_at is not None:
        promise = Promise(
            p10=promise_p10,
            p50=promise_p50,
            p80=promise_p80,
            p90=promise_p90,
            made_at=promised_at,
        )
    return Leg(
        ordinal=ordinal,
        service=ServiceCode(service),
        category=CategoryCode(category),
        state=state,
        accrues_from=accrues_from,
        waiting_since=waiting_since,
        for_counter=None if for_counter is None else CounterNumber(for_counter),
        not_before=not_before,
        called_at=called_at,
        started_at=started_at,
        held_at=held_at,
        ended_at=ended_at,
        counter=None if counter is None else CounterNumber(counter),
        staff=None if staff is None else StaffCode(staff),
        recalls=recalls,
        outcome=outcome,
        outcome_code=None if outcome_code is None else OutcomeCode(outcome_code),
        note=note,
        promise=promise,
    )


def ticket_values(branch: BranchId, ticket: Ticket) -> Values:
    """A ticket as a row of its table."""
    return {
        "branch_id": branch,
        "ticket_id": ticket.id,
        "day": ticket.day,
        "letter": ticket.letter,
        "number": ticket.number,
        "category_reason": ticket.category_reason,
        "appointment_at": ticket.appointment_at,
        "language": ticket.language,
        "channel": ticket.channel,
        "token": ticket.token,
        "arrived_at": ticket.arrived_at,
    }


def leg_values(branch: BranchId, ticket: TicketId, leg: Leg, revision: Revision) -> Values:
    """A leg as a row of its table."""
    promise = leg.promise
    return {
        "branch_id": branch,
        "ticket_id": ticket,
        "revision": revision,
        "ordinal": leg.ordinal,
        "service": leg.service,
        "category": leg.category,
        "state": leg.state,
        "accrues_from": leg.accrues_from,
        "waiting_since": leg.waiting_since,
        "for_counter": leg.for_counter,
        "not_before": leg.not_before,
        "called_at": leg.called_at,
        "started_at": leg.started_at,
        "held_at": leg.held_at,
        "ended_at": leg.ended_at,
        "counter": leg.counter,
        "staff": leg.staff,
        "recalls": leg.recalls,
        "outcome": leg.outcome,
        "outcome_code": leg.outcome_code,
        "note": leg.note,
        "promise_p50": promise.p50 if promise else None,
        "promise_p80": promise.p80 if promise else None,
        "promised_at": promise.made_at if promise else None,
        "promise_p10": promise.p10 if promise else None,
        "promise_p90": promise.p90 if promise else None,
    }


DESK_COLUMNS = [
    table(DeskRow).c[name]
    for name in ("counter", "state", "staff", "since", "reason", "expected_end")
]
DESK_WIDTH = len(DESK_COLUMNS)


def desk_of(row: Sequence[Any]) -> Desk:
    """A desk from :data:`DESK_COLUMNS`."""
    counter, state, staff, since, reason, expected_end = row
    return Desk(
        counter=CounterNumber(counter),
        state=DeskState(state),
        staff=None if staff is None else StaffCode(staff),
        since=since,
        reason=reason,
        expected_end=expected_end,
    )


def desk_values(branch: BranchId, desk: Desk, revision: Revision) -> Values:
    """A desk as a row of its table."""
    return {
        "branch_id": branch,
        "revision": revision,
        "counter": desk.counter,
        "state": desk.state,
        "staff": desk.staff,
        "since": desk.since,
        "reason": desk.reason,
        "expected_end": desk.expected_end,
    }


RATING_COLUMNS = [
    table(RatingRow).c[name]
    for name in ("ticket_id", "ordinal", "score", "reason", "rated_at", "channel")
]


def rating_of(row: Sequence[Any]) -> Rating:
    """A rating from :data:`RATING_COLUMNS`."""
    ticket_id, ordinal, score, reason, rated_at, channel = row
    return Rating(
        ticket=TicketId(ticket_id),
        ordinal=ordinal,
        score=score,
        reason=None if reason is None else RatingReason(reason),
        at=rated_at,
        channel=Channel(channel),
    )


def rating_values(branch: BranchId, rating: Rating, revision: Revision) -> Values:
    """A rating as a row of its table."""
    return {
        "branch_id": branch,
        "revision": revision,
        "ticket_id": rating.ticket,
        "ordinal": rating.ordinal,
        "score": rating.score,
        "reason": rating.reason,
        "rated_at": rating.at,
        "channel": rating.channel,
    }


STAFF_COLUMNS = [
    table(StaffRow).c[name]
    for name in ("code", "name", "role", "pin_hash", "wrong_pins", "locked_until")
]


def credentials_of(row: Sequence[Any]) -> Credentials:
    """A person and what signing on checks, from :data:`STAFF_COLUMNS`."""
    code, name, role, pin_hash, wrong_pins, locked_until = row
    return Credentials(
        staff=Staff(code=StaffCode(code), name=name, role=Role(role)),
        pin_hash=pin_hash,
        guard=PinGuard(wrong=wrong_pins, locked_until=locked_until),
    )


def credentials_values(branch: BranchId, credentials: Credentials) -> Values:
    """A person as a row of its table."""
    return {
        "branch_id": branch,
        "code": credentials.staff.code,
        "name": credentials.staff.name,
        "role": credentials.staff.role,
        "pin_hash": credentials.pin_hash,
        "wrong_pins": credentials.guard.wrong,
        "locked_until": credentials.guard.locked_until,
        "retired": False,
    }


_LEG_MOMENTS = frozenset(
    {
        "accrues_from",
        "waiting_since",
        "not_before",
        "called_at",
        "started_at",
        "held_at",
        "ended_at",
    }
)
_LEG_FACTS = tuple(name for name in Leg.__dataclass_fields__ if name != "promise")
_facts_of = attrgetter(*_LEG_FACTS)


def leg_to_json(leg: Leg) -> Values:
    """A leg as the history keeps it."""
    facts: Values = {
        name: value.isoformat() if name in _LEG_MOMENTS else value
        for name, value in zip(_LEG_FACTS, _facts_of(leg), strict=True)
        if value is not None
    }
    if leg.promise is not None:
        promise = leg.promise
        made_at = promise.made_at.isoformat()
        facts["promise"] = [promise.p50, promise.p80, made_at, promise.p10, promise.p90]
    return facts


def leg_from_json(facts: Mapping[str, Any]) -> Leg:
    """The leg that :func:`leg_to_json` wrote."""
    values = dict(facts)
    for name in _LEG_MOMENTS & values.keys():
        values[name] = datetime.fromisoformat(values[name])
    values["state"] = LegState(values["state"])
    if "outcome" in values:
        values["outcome"] = Outcome(values["outcome"])
    if "promise" in values:
        p50, p80, made_at, *tails = values["promise"]
        p10, p90 = tails or (None, None)  # a history from before these were kept
        moment = datetime.fromisoformat(made_at)
        values["promise"] = Promise(p10=p10, p50=p50, p80=p80, p90=p90, made_at=moment)
    return Leg(**values)


def receipt_to_json(receipt: Receipt) -> Values:
    """The part of a receipt that the event's own columns do not hold."""
    facts: Values = {
        "label": receipt.label,
        "token": receipt.token,
        "reason": receipt.reason,
        "percent": receipt.percent,
    }
    return {**facts, "told": dict(receipt.told)} if receipt.told else facts


def receipt_of(
    revision: int, at: datetime, ticket_id: TicketId | None, facts: Mapping[str, Any]
) -> Receipt:
    """The receipt of an event, as it was given the first time."""
    reason = facts["reason"]
    return Receipt(
        revision=Revision(revision),
        at=at,
        ticket=ticket_id,
        label=facts["label"],
        token=facts["token"],
        reason=None if reason is None else PickReason(reason),
        percent=facts["percent"],
        told=facts.get("told", {}),
    )
