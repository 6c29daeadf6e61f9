"""The branch's plan (what ``branch.toml`` says) and its staff: rows to values and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, select, update

from queueapp.domain.branch import (
    Branch,
    BreakMove,
    Category,
    Counter,
    OpeningHours,
    OutcomeChoice,
    Policy,
    Service,
    Shift,
    Span,
    Weekday,
)
from queueapp.domain.holidays import Holiday, YearDay
from queueapp.domain.phone import PhoneRules
from queueapp.domain.staff import Staff
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CounterNumber,
    OutcomeCode,
    ServiceCode,
    StaffCode,
    Text,
)
from queueapp.store.rows import STAFF_COLUMNS, Values, credentials_of, table
from queueapp.store.slot_rules import slot_rules_of, slot_rules_values
from queueapp.store.tables import (
    BranchRow,
    CategoryRow,
    CounterRow,
    CounterServiceRow,
    RosterRow,
    ServiceRow,
    StaffRow,
)

branch = table(BranchRow)
service = table(ServiceRow)
category = table(CategoryRow)
counter = table(CounterRow)
counter_service = table(CounterServiceRow)
roster = table(RosterRow)
staff = table(StaffRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a branch is, as of one plan revision."""

    revision: int
    branch: Branch
    staff: dict[StaffCode, Staff]


class BranchMissing(Exception):  # noqa: N818 - it names a state of the database
    """The database holds no branch of this name."""

    def __init__(self, branch_id: BranchId) -> None:
        self.branch_id = branch_id
        super().__init__(
            f'There is no branch "{branch_id}" in this database yet: run `queueapp init` first.'
        )


def load_plan(connection: Connection, branch_id: BranchId) -> Plan:
    """Read the whole plan; :class:`BranchMissing` when there is none."""
    row = connection.execute(select(branch).where(branch.c.branch_id == branch_id)).one_or_none()
    if row is None:
        raise BranchMissing(branch_id)
    services = _rows(connection, service, branch_id, service.c.position)
    people = connection.execute(
        select(*STAFF_COLUMNS).where(staff.c.branch_id == branch_id, staff.c.retired.is_(False))
    )
    everybody = [credentials_of(person).staff for person in people]
    return Plan(
        revision=row.plan_revision,
        staff={person.code: person for person in everybody},
        branch=Branch(
            id=branch_id,
            name=Text(row.name),
            time_zone=row.time_zone,
            policy=Policy(row.policy),
            languages=tuple(row.languages),
            public_url=row.public_url,
            phone=_phone(row.phone),
            call_is_start=row.call_is_start,
            auto_call=row.auto_call,
            hold_limit=timedelta(seconds=row.hold_limit_s),
            services=tuple(_service(found) for found in services if not found.retired),
            retired_services=tuple(_service(found) for found in services if found.retired),
            categories=tuple(
                _category(found)
                for found in _rows(connection, category, branch_id, category.c.position)
                if not found.retired
            ),
            counters=_counters(connection, branch_id),
            outcomes=tuple(
                OutcomeChoice(code=OutcomeCode(item["code"]), name=Text(item["name"]))
                for item in row.outcomes
            ),
            weekend=tuple(Weekday(day) for day in row.weekend),
            holidays=tuple(_holiday(item) for item in row.holidays),
            shows_accuracy=row.shows_accuracy,
            break_moves=tuple(_break_move(item) for item in row.break_moves),
        ),
    )


def save_plan(connection: Connection, plan: Branch) -> None:
    """Write the plan over the one that is there; what history names is retired, not deleted."""
    connection.execute(
        update(branch).where(branch.c.branch_id == plan.id).values(_branch_values(plan))
    )
    offered = [
        *(_service_values(plan.id, index, item) for index, item in enumerate(plan.services)),
        *(
            _service_values(plan.id, index, item, retired=True)
            for index, item in enumerate(plan.retired_services)
        ),
    ]
    categories = [
        _category_values(plan.id, index, item) for index, item in enumerate(plan.categories)
    ]
    counters = [
        {"branch_id": plan.id, "number": item.number, "retired": False} for item in plan.counters
    ]
    _replace_all(connection, service, plan.id, "code", offered)
    _replace_all(connection, category, plan.id, "code", categories)
    _replace_all(connection, counter, plan.id, "number", counters)
    _rewrite(connection, counter_service, plan.id, _rank_values(plan))
    _rewrite(connection, roster, plan.id, _roster_values(plan))


def _rows(
    connection: Connection, source: Table, branch_id: BranchId, order: ColumnElement[Any]
) -> list[Row[*tuple[Any, ...]]]:
    statement = select(source).where(source.c.branch_id == branch_id).order_by(order)
    return list(connection.execute(statement))


def _replace_all(
    connection: Connection, target: Table, branch_id: BranchId, key: str, rows: Iterable[Values]
) -> None:
    """Update the rows that exist, insert new ones, retire those that are no longer named."""
    own = target.c.branch_id == branch_id
    existing = set(connection.execute(select(target.c[key]).where(own)).scalars())
    connection.execute(update(target).where(own).values(retired=True))
    for row in rows:
        if row[key] in existing:
            connection.execute(update(target).where(own, target.c[key] == row[key]).values(row))
        else:
            connection.execute(target.insert(), row)


def _rewrite(
    connection: Connection, target: Table, branch_id: BranchId, rows: list[Values]
) -> None:
    connection.execute(delete(target).where(target.c.branch_id == branch_id))
    if rows:
        connection.execute(target.insert(), rows)


def _phone(facts: Mapping[str, Any] | None) -> PhoneRules:
    """The rules; those of a branch that was set up before there were any are the usual ones."""
    if facts is None:
        return PhoneRules()
    return PhoneRules(
        join=facts["join"],
        link=facts["link"],
        distance=timedelta(seconds=facts["distance_s"]),
        keep_words=timedelta(seconds=facts["keep_words_s"]),
    )


def _phone_values(rules: PhoneRules) -> dict[str, Any]:
    return {
        "join": rules.join,
        "link": rules.link,
        "distance_s": rules.distance.total_seconds(),
        "keep_words_s": rules.keep_words.total_seconds(),
    }


def _service(row: Row[*tuple[Any, ...]]) -> Service:
    return Service(
        code=ServiceCode(row.code),
        name=Text(row.name),
        target=timedelta(seconds=row.target_s),
        mean=timedelta(seconds=row.mean_s),
        spread=timedelta(seconds=row.spread_s),
        opening=tuple(
            OpeningHours(weekday=Weekday(item["weekday"]), span=_span(item)) for item in row.opening
        ),
        capacity=row.capacity,
        is_open=row.is_open,
        remote_paused_at=row.remote_paused_at,
        booking=slot_rules_of(row.booking),
    )


def _category(row: Row[*tuple[Any, ...]]) -> Category:
    return Category(
        code=CategoryCode(row.code),
        name=Text(row.name),
        weight=row.weight,
        head_start=timedelta(seconds=row.head_start_s),
        needs_reason=row.needs_reason,
        reasons=tuple(Text(item) for item in row.reasons),
        by_appointment=row.by_appointment,
        at_kiosk=row.at_kiosk,
    )


def _counters(connection: Connection, branch_id: BranchId) -> tuple[Counter, ...]:
    ranked: dict[int, list[ServiceCode]] = {}
    for row in _rows(connection, counter_service, branch_id, counter_service.c.rank):
        ranked.setdefault(row.counter, []).append(ServiceCode(row.service))
    shifts: dict[int, list[Shift]] = {}
    for row in _rows(connection, roster, branch_id, roster.c.position):
        shifts.setdefault(row.counter, []).append(
            Shift(
                weekday=Weekday(row.weekday),
                span=_span({"starts": row.starts, "ends": row.ends}),
                breaks=tuple(_span(item) for item in row.breaks),
            )
        )
    return tuple(
        Counter(
            number=CounterNumber(row.number),
            services=tuple(ranked.get(row.number, ())),
            roster=tuple(shifts.get(row.number, ())),
        )
        for row in _rows(connection, counter, branch_id, counter.c.number)
        if not row.retired
    )


def _branch_values(plan: Branch) -> Values:
    return {
        "plan_revision": branch.c.revision,
        "name": dict(plan.name.by_language),
        "time_zone": plan.time_zone,
        "policy": plan.policy,
        "languages": list(plan.languages),
        "public_url": plan.public_url,
        "phone": _phone_values(plan.phone),
        "call_is_start": plan.call_is_start,
        "auto_call": plan.auto_call,
        "hold_limit_s": round(plan.hold_limit.total_seconds()),
        "outcomes": [
            {"code": item.code, "name": dict(item.name.by_language)} for item in plan.outcomes
        ],
        "weekend": [int(day) for day in plan.weekend],
        "holidays": [_holiday_values(item) for item in plan.holidays],
        "shows_accuracy": plan.shows_accuracy,
        "break_moves": [_break_move_values(item) for item in plan.break_moves],
    }


def _holiday(facts: Mapping[str, Any]) -> Holiday:
    name = Text(facts["name"])
    if "date" in facts:
        return Holiday(name=name, day=date.fromisoformat(facts["date"]))
    return Holiday(name=name, day=YearDay(month=facts["month"], day=facts["day"]))


def _holiday_values(holiday: Holiday) -> Values:
    name = dict(holiday.name.by_language)
    if isinstance(holiday.day, YearDay):
        return {"name": name, "month": holiday.day.month, "day": holiday.day.day}
    return {"name": name, "date": holiday.day.isoformat()}


def _service_values(
    branch_id: BranchId, position: int, item: Service, *, retired: bool = False
) -> Values:
    return {
        "branch_id": branch_id,
        "code": item.code,
        "position": position,
        "name": dict(item.name.by_language),
        "target_s": item.target.total_seconds(),
        "mean_s": item.mean.total_seconds(),
        "spread_s": item.spread.total_seconds(),
        "opening": [
            {"weekday": int(hours.weekday), **_span_values(hours.span)} for hours in item.opening
        ],
        "capacity": item.capacity,
        "is_open": item.is_open,
        "remote_paused_at": item.remote_paused_at,
        "booking": slot_rules_values(item.booking),
        "retired": retired,
    }


def _category_values(branch_id: BranchId, position: int, item: Category) -> Values:
    return {
        "branch_id": branch_id,
        "code": item.code,
        "position": position,
        "name": dict(item.name.by_language),
        "weight": item.weight,
        "head_start_s": item.head_start.total_seconds(),
        "needs_reason": item.needs_reason,
        "reasons": [dict(reason.by_language) for reason in item.reasons],
        "by_appointment": item.by_appointment,
        "at_kiosk": item.at_kiosk,
        "retired": False,
    }


def _rank_values(plan: Branch) -> list[Values]:
    return [
        {"branch_id": plan.id, "counter": item.number, "service": code, "rank": rank}
        for item in plan.counters
        for rank, code in enumerate(item.services)
    ]


def _roster_values(plan: Branch) -> list[Values]:
    return [
        {
            "branch_id": plan.id,
            "counter": item.number,
            "position": position,
            "weekday": int(shift.weekday),
            **_span_values(shift.span),
            "breaks": [_span_values(pause) for pause in shift.breaks],
        }
        for item in plan.counters
        for position, shift in enumerate(item.roster)
    ]


def _span(facts: Mapping[str, str]) -> Span:
    return Span(starts=time.fromisoformat(facts["starts"]), ends=time.fromisoformat(facts["ends"]))


def _span_values(span: Span) -> dict[str, str]:
    return {"starts": span.starts.isoformat(), "ends": span.ends.isoformat()}


def _break_move(facts: Mapping[str, Any]) -> BreakMove:
    return BreakMove(
        day=date.fromisoformat(facts["day"]),
        counter=CounterNumber(facts["counter"]),
        planned=time.fromisoformat(facts["planned"]),
        starts=time.fromisoformat(facts["starts"]),
    )


def _break_move_values(move: BreakMove) -> Values:
    return {
        "day": move.day.isoformat(),
        "counter": move.counter,
        "planned": move.planned.isoformat(),
        "starts": move.starts.isoformat(),
    }
