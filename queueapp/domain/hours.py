"""Opening hours of services and the roster of counters, in the branch's local time."""

from datetime import datetime

from queueapp.domain.branch import Branch, Counter, Service, Shift


def is_service_open(branch: Branch, service: Service, now: datetime) -> bool:
    """Whether ``service`` takes customers at ``now`` (aware)."""
    if not service.is_open:
        return False
    if not service.opening:
        return True
    local = branch.local(now)
    return any(
        hours.weekday == local.weekday() and hours.span.holds(local.time())
        for hours in service.opening
    )


def shifts_today(branch: Branch, counter: Counter, now: datetime) -> tuple[Shift, ...]:
    """What the roster plans for ``counter`` on the day of ``now``, in order of time."""
    weekday = branch.local(now).weekday()
    return tuple(
        sorted(
            (shift for shift in counter.roster if shift.weekday == weekday),
            key=lambda shift: shift.span.starts,
        )
    )


def is_on_duty(branch: Branch, counter: Counter, now: datetime) -> bool:
    """Whether the roster plans ``counter`` to be open at ``now``, outside its breaks."""
    moment = branch.local(now).time()
    return any(
        shift.span.holds(moment) and not any(pause.holds(moment) for pause in shift.breaks)
        for shift in shifts_today(branch, counter, now)
    )
