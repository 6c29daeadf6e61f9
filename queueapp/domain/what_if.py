"""The picture of a branch in which something was done that was not: what a what-if looks at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from queueapp.domain.advice import (
    Action,
    ChangeServices,
    EndPause,
    MoveBreak,
    OpenCounter,
    PauseRemote,
)
from queueapp.domain.branch import Branch, BreakMove, Counter
from queueapp.domain.desk import SENT_FOR, Desk, DeskState
from queueapp.domain.hours import is_planned_break, is_service_open, may_move_break
from queueapp.domain.live import LiveBranch
from queueapp.domain.remote import are_remote_paused
from queueapp.domain.staff import Role
from queueapp.domain.words import ServiceCode, StaffCode


def after(live: LiveBranch, action: Action, now: datetime) -> LiveBranch:
    """The picture in which ``action`` was just done; refused when there is no such counter."""
    match action:
        case OpenCounter(counter=number):
            desk = Desk(counter=number, state=DeskState.OPEN, staff=_nobody(live), since=now)
            return _with_desk(live, desk)
        case EndPause(counter=number):
            desk = live.desk(number)
            back = replace(desk, state=DeskState.OPEN, since=now, reason="", expected_end=None)
            return _with_desk(live, back)
        case ChangeServices(counter=number, services=services):
            changed = replace(live.branch.counter(number), services=services)
            return replace(live, branch=live.branch.with_counter(changed))
        case MoveBreak(counter=number, planned=planned, starts=starts):
            move = BreakMove(day=live.day, counter=number, planned=planned, starts=starts)
            return replace(live, branch=live.branch.with_break_move(move))
        case PauseRemote(service=code):
            paused = replace(live.branch.service(code), remote_paused_at=now)
            return replace(live, branch=live.branch.with_service(paused))


def spare_clerks(live: LiveBranch) -> tuple[StaffCode, ...]:
    """Clerks who are at no desk."""
    at_desks = {desk.staff for desk in live.desks.values()}
    return tuple(
        person.code
        for person in live.staff.values()
        if person.role is Role.CLERK and person.code not in at_desks
    )


def may_pause_remote(branch: Branch, code: ServiceCode, now: datetime) -> bool:
    """Whether a service gives tickets at all, and not in the hall only."""
    return any(
        is_service_open(branch, service, now) and not are_remote_paused(branch, service, now)
        for service in branch.services
        if service.code == code
    )


def gained(before: Counter, services: Iterable[ServiceCode]) -> tuple[ServiceCode, ...]:
    """What a counter that serves ``services`` serves more than ``before``."""
    return tuple(code for code in services if code not in before.services)


def given_up(before: Counter, services: Iterable[ServiceCode]) -> tuple[ServiceCode, ...]:
    """What it does not serve any more."""
    kept = set(services)
    return tuple(code for code in before.services if code not in kept)


def _with_desk(live: LiveBranch, desk: Desk) -> LiveBranch:
    return replace(live, desks={**live.desks, desk.counter: desk})


def _nobody(live: LiveBranch) -> StaffCode | None:
    spare = spare_clerks(live)
    return spare[0] if spare else None


def is_still_open(live: LiveBranch, action: Action, now: datetime) -> bool:
    """Whether ``action`` can be done now: somebody may have done it, or something else, since."""
    branch = live.branch
    if isinstance(action, PauseRemote):
        return may_pause_remote(branch, action.service, now)
    if all(counter.number != action.counter for counter in branch.counters):
        return False
    match action:
        case OpenCounter(counter=number):
            return live.desk(number).state is DeskState.CLOSED and bool(spare_clerks(live))
        case EndPause(counter=number):
            desk = live.desk(number)
            return desk.state is DeskState.PAUSED and desk.reason != SENT_FOR
        case ChangeServices(counter=number, services=services):
            offered = {service.code for service in branch.services}
            is_there = live.desk(number).state is not DeskState.CLOSED
            return (
                is_there
                and offered.issuperset(services)
                and branch.counter(number).services != services
            )
        case MoveBreak(counter=number, planned=planned, starts=starts):
            move = BreakMove(day=live.day, counter=number, planned=planned, starts=starts)
            return (
                move not in branch.break_moves
                and is_planned_break(branch, move)
                and may_move_break(branch, move, now)
                and live.desk(number).state is DeskState.OPEN
            )
