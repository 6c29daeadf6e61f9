"""Following advice: the commands that carry an action out, as the supervisor who took it."""

from queueapp.domain.advice import (
    Action,
    ChangeServices,
    EndPause,
    MoveBreak,
    OpenCounter,
    PauseRemote,
)
from queueapp.domain.live import LiveBranch
from queueapp.domain.what_if import spare_clerks
from queueapp.domain.words import StaffCode
from queueapp.operations.commands import (
    MovePlannedBreak,
    OpenDesk,
    PauseRemoteTickets,
    ResumeRemoteTickets,
    SendForClerk,
    SetCounterServices,
    StaffCommand,
)

ON_THE_WAY_MINUTES = 3
"""Until a clerk who was sent for is expected at the counter."""


def command_for(
    action: Action, live: LiveBranch, staff: StaffCode, clerk: StaffCode | None = None
) -> StaffCommand | None:
    """What ``staff`` does to carry ``action`` out; ``None`` when it has become impossible.

    ``clerk``: who is sent to a closed counter; by default the first who is at no desk.
    """
    match action:
        case OpenCounter(counter=counter):
            spare = spare_clerks(live)
            chosen = clerk or (spare[0] if spare else None)
            if chosen is None:
                return None
            return SendForClerk(
                staff=staff, counter=counter, clerk=chosen, minutes=ON_THE_WAY_MINUTES
            )
        case EndPause(counter=counter):
            return OpenDesk(staff=staff, counter=counter)
        case ChangeServices(counter=counter, services=services):
            return SetCounterServices(staff=staff, counter=counter, services=services)
        case MoveBreak(counter=counter, planned=planned, starts=starts):
            return MovePlannedBreak(staff=staff, counter=counter, planned=planned, starts=starts)
        case PauseRemote(service=service):
            return PauseRemoteTickets(staff=staff, service=service)


def command_against(action: Action, before: LiveBranch, staff: StaffCode) -> StaffCommand | None:
    """What takes a harmless action back, seen from ``before`` it; ``None``: nothing does."""
    match action:
        case ChangeServices(counter=number):
            services = before.branch.counter(number).services
            return SetCounterServices(staff=staff, counter=number, services=services)
        case MoveBreak(counter=number, planned=planned):
            earlier = next(
                (
                    move.starts
                    for move in before.branch.break_moves
                    if (move.day, move.counter, move.planned) == (before.day, number, planned)
                ),
                planned,
            )
            return MovePlannedBreak(staff=staff, counter=number, planned=planned, starts=earlier)
        case PauseRemote(service=service):
            return ResumeRemoteTickets(staff=staff, service=service)
        case OpenCounter() | EndPause():
            return None
