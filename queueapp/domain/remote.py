"""Tickets that people take from outside: by phone, or through another system.

Appointments are none of these: whoever has one is expected, and checks in as ever.
"""

from datetime import datetime, timedelta

from queueapp.domain.branch import Branch, Service
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Channel
from queueapp.domain.words import ServiceCode

REMOTE = frozenset({Channel.PHONE, Channel.API})
RECENT = timedelta(hours=2)
"""Who took a ticket longer ago says little about who comes next."""
FEWEST = 3
"""Fewer remote tickets than this tell no share."""


def are_remote_paused(branch: Branch, service: Service, now: datetime) -> bool:
    """Whether tickets for ``service`` are given in the hall only; that ends with the day."""
    since = service.remote_paused_at
    return since is not None and branch.day(since) == branch.day(now)


def may_come_from_outside(live: LiveBranch) -> bool:
    """Whether anybody takes tickets from outside: there is a page for it, or somebody did today."""
    branch = live.branch
    if branch.public_url and (branch.phone.join or branch.phone.link):
        return True
    return any(ticket.channel in REMOTE for ticket in live.tickets.values())


def remote_share(live: LiveBranch, code: ServiceCode, now: datetime) -> float:
    """The share of remote tickets among those that a service gave lately, 0 to 1.

    While they are paused: among those of the time before. 0 where there were too few to tell.
    """
    service = live.branch.service(code)
    until = now
    if service.remote_paused_at is not None and are_remote_paused(live.branch, service, now):
        until = service.remote_paused_at
    lately = [
        ticket.channel
        for ticket in live.tickets.values()
        if ticket.letter == code
        and ticket.appointment_at is None
        and until - RECENT < ticket.arrived_at <= until
    ]
    remote = sum(channel in REMOTE for channel in lately)
    return remote / len(lately) if remote >= FEWEST else 0.0
