"""What is done on the machine itself: apply the plan, keep the staff, begin the day."""

from dataclasses import replace
from datetime import timedelta

from queueapp.domain import ticket
from queueapp.domain.appointment import appointment_category, takes_appointments
from queueapp.domain.branch import Branch, Service
from queueapp.domain.desk import Desk
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Staff, check_pin_form
from queueapp.domain.ticket import LegState
from queueapp.operations.commands import (
    AddStaff,
    ApplyBranch,
    RemoveStaff,
    ResetPin,
    StartDay,
)
from queueapp.operations.done import Done
from queueapp.operations.ports import Credentials, PinHasher, Transaction

LONGEST_REST = timedelta(days=7)
"""Between two days; after a longer one the clock may be wrong, and what is deleted is gone."""


def apply_branch(transaction: Transaction, command: ApplyBranch) -> Done:
    """Make the branch what its file says, without losing anybody who is in it.

    What a supervisor did to a service by hand stays so; a service that is no longer offered is kept
    as retired, because tickets of the past name it.
    """
    old, new = transaction.branch, command.branch
    _require_nobody_lost(transaction, new)
    known = {service.code: service for service in old.services}
    offered = {service.code for service in new.services}
    transaction.save_branch(
        replace(
            new,
            id=old.id,
            break_moves=old.break_moves,
            services=tuple(
                _as_steered(service, known.get(service.code)) for service in new.services
            ),
            retired_services=tuple(
                service
                for service in (*old.retired_services, *old.services)
                if service.code not in offered
            ),
        )
    )
    return Done()


def _as_steered(service: Service, before: Service | None) -> Service:
    """``service`` with what a supervisor decided about it, on which the file has no say."""
    if before is None:
        return replace(service, is_open=True)
    return replace(service, is_open=before.is_open, remote_paused_at=before.remote_paused_at)


def add_staff(transaction: Transaction, command: AddStaff, hashed_pin: str) -> Done:
    """Put somebody on the staff."""
    found = transaction.credentials(command.code)
    if found is not None:
        raise Refused(Reason.STAFF_EXISTS, staff=found.staff.name)
    person = Staff(code=command.code, name=command.name, role=command.role)
    transaction.save_credentials(Credentials(staff=person, pin_hash=hashed_pin))
    return Done(facts={"code": command.code, "role": command.role.value})


def reset_pin(transaction: Transaction, command: ResetPin, hashed_pin: str) -> Done:
    """Give somebody a new PIN; a lock ends with it."""
    found = transaction.credentials(command.code)
    if found is None:
        raise Refused(Reason.STAFF_MISSING, staff=command.code)
    transaction.save_credentials(Credentials(staff=found.staff, pin_hash=hashed_pin))
    return Done(facts={"code": command.code})


def remove_staff(transaction: Transaction, command: RemoveStaff) -> Done:
    """Take somebody off the staff; what they did keeps their code."""
    found = transaction.credentials(command.code)
    if found is None:
        raise Refused(Reason.STAFF_MISSING, staff=command.code)
    desk = transaction.desk_of(command.code)
    if desk is not None:
        raise Refused(Reason.COUNTER_IN_USE, staff=found.staff.name, counter=desk.counter)
    transaction.remove_staff(command.code)
    return Done(facts={"code": command.code})


def start_day(transaction: Transaction, command: StartDay) -> Done:  # noqa: ARG001 - a handler
    """Close what an earlier day left: waiting tickets expire, forgotten desks close.

    A customer who is being served over midnight stays in hand. Of several terminals that all see a
    new day, the first begins it; for the others nothing is left to do.

    The day may be an earlier one: the clock was ahead, and was put right.
    """
    before, today = transaction.day, transaction.branch.day(transaction.now)
    if before == today:
        return Done()
    expired = 0
    for left in transaction.unfinished():
        if left.day < today and left.leg.state is not LegState.SERVING:
            transaction.save_ticket(left, ticket.expire(left, at=transaction.now))
            expired += 1
    forgotten = [
        desk.counter for desk in transaction.desks() if transaction.in_hand(desk.counter) is None
    ]
    for counter in forgotten:
        transaction.save_desk(Desk(counter=counter, since=transaction.now))
    transaction.printing.lapse_all()
    begins = transaction.branch.moment(today)
    missed = transaction.appointments.miss_before(begins)
    if before is not None and today < before:
        transaction.appointments.expect_again(begins)
    transaction.start_day(today)
    if before is not None and today - before <= LONGEST_REST:
        long_ago = transaction.now - transaction.branch.phone.keep_words
        transaction.access.forget_words(long_ago)
        transaction.appointments.forget_before(long_ago)
    return Done(
        facts={
            "day": today.isoformat(),
            "expired": expired,
            "missed": missed,
            "closed": " ".join(str(counter) for counter in forgotten),
        }
    )


def hash_new_pin(hasher: PinHasher, pin: str) -> str:
    """Check a new PIN's form and hash it; slow, so done before the transaction."""
    check_pin_form(pin)
    return hasher.hash(pin)


def _require_nobody_lost(transaction: Transaction, new: Branch) -> None:
    services = {service.code for service in new.services}
    categories = {category.code for category in new.categories}
    counters = {counter.number for counter in new.counters}
    for unfinished in transaction.unfinished():
        leg = unfinished.leg
        if leg.service not in services:
            service = transaction.branch.service(leg.service)
            raise Refused(Reason.SERVICE_IN_USE, service=service.name)
        if leg.category not in categories:
            category = transaction.branch.category(leg.category)
            raise Refused(Reason.CATEGORY_IN_USE, category=category.name)
        if leg.for_counter is not None and leg.for_counter not in counters:
            raise Refused(Reason.COUNTER_EXPECTED, ticket=unfinished.label, counter=leg.for_counter)
    keeps_appointments = takes_appointments(new) and appointment_category(new) is not None
    for code in transaction.appointments.services_awaited(transaction.now):
        if code not in services or not keeps_appointments:
            service = transaction.branch.service(code)
            raise Refused(Reason.SERVICE_AWAITED, service=service.name)
    for desk in transaction.desks():
        if desk.counter not in counters and desk.staff is not None:
            person = transaction.staff(desk.staff)
            raise Refused(Reason.COUNTER_IN_USE, staff=person.name, counter=desk.counter)
