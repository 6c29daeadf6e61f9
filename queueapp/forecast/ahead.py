"""The simulation itself: one branch at one moment, its day played through to the end.

:func:`look_ahead` is what estimates, what-if and the forecast of the day are made of. Two calls
with one seed differ by the effect of what differs between them: luck belongs to people and
counters, so the same people come at the same times.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from queueapp.domain.live import LiveBranch
from queueapp.domain.words import TicketId
from queueapp.forecast.arrays import Places, Seconds
from queueapp.forecast.bookings import Booking, not_come_yet, still_to_come
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.planned_day import seconds_left_of_day
from queueapp.forecast.presence import Plans, always_present, presence_of
from queueapp.forecast.scene import Played, Scene
from queueapp.forecast.scene_arrivals import arrivals_of, kept_of, later_of
from queueapp.forecast.scene_desks import desks_of, locations, services_of
from queueapp.forecast.scene_people import (
    Hall,
    booked_of,
    hall_of,
    lines_of,
    newcomers_of,
    people_of,
)

REPLICATES = 200
"""Enough for the P90; the median needs half as many."""
SEED = 20_260_101
"""Any number: the same one each time, so that estimates move only when the branch does."""
_ROOM = 64
"""For people who go on with another service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What happens in each of R replicates; seconds from the moment of the forecast."""

    tickets: tuple[TicketId, ...]
    waiting: Seconds
    """Shape (R, tickets): when each ticket is called; ``inf``: not before the day is over."""
    replicate: Places
    """Shape (n,), as all of the following: one row for everybody who comes before ``until`` in
    some replicate, the same rows in the same order whatever the desks do."""
    service: Places
    """The place in ``knowledge.services``."""
    came: Seconds
    """When the wait begins to count: at the arrival, or at the slot if that is later."""
    called: Seconds
    """``inf``: not before the day is over."""

    def wait_of_people(self) -> Seconds:
        """Shape (n,): how long those who come wait."""
        return self.called - self.came


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a simulation is asked beside the branch and the moment."""

    knowledge: Knowledge
    replicates: int = REPLICATES
    seed: int = SEED
    bookings: Sequence[Booking] = ()
    only: Collection[TicketId] | None = None
    """Just these tickets and nobody who arrives; ``None``: everybody."""
    plans: Plans | None = None
    staffing_known: bool = True
    until: float = 0.0
    """Seconds: everybody who comes before is followed to their call."""


def look_ahead(
    live: LiveBranch,
    now: datetime,
    *,
    until: datetime,
    knowledge: Knowledge | None = None,
    bookings: Sequence[Booking] = (),
    replicates: int = REPLICATES,
    seed: int = SEED,
    plans: Plans | None = None,
) -> Ahead:
    """Everybody who waits in ``live`` and everybody who comes before ``until`` (aware).

    ``plans``: stretches in which counters call, instead of their roster and its slips.
    """
    asked = Asked(
        knowledge=knowledge or Knowledge.configured(live.branch),
        bookings=bookings,
        replicates=replicates,
        seed=seed,
        plans=plans,
        until=max((until - now).total_seconds(), 0.0),
    )
    hall, scene = scene_of(live, now, asked)
    played = played_through(scene)
    replicate, row = np.nonzero(np.isfinite(played.came))
    line = played.line[replicate, row]
    return Ahead(
        tickets=tuple(ticket.id for ticket in hall.tickets),
        waiting=played.waiting,
        replicate=replicate,
        service=scene.lines.service[line],
        came=played.came[replicate, row],
        called=played.called[replicate, row],
    )


def played_through(scene: Scene) -> Played:
    """Play ``scene``; the first time on a machine, compiling takes some seconds."""
    from queueapp.forecast.kernel import play  # noqa: PLC0415 - numba is heavy, see `compiled`

    return play(scene)


def scene_of(live: LiveBranch, now: datetime, asked: Asked) -> tuple[Hall, Scene]:
    """``live`` as arrays, and who is who in them."""
    branch, knowledge = live.branch, asked.knowledge
    replicates, seed = asked.replicates, asked.seed
    hall = hall_of(live, with_newcomers=asked.only is None and asked.until <= 0)
    people = people_of(hall, branch, now, seed, asked.only)
    expected = [*not_come_yet(live, asked.bookings), *still_to_come(live, now)]
    booked = booked_of(hall, branch, knowledge, expected, now, seed)
    arrivals = arrivals_of(
        branch,
        now,
        knowledge,
        replicates=replicates,
        seed=seed,
        with_booked=bool(expected) or knowledge.comings.knows_bookings,
        kept=kept_of(live, now),
    )
    location = locations(live, knowledge, replicates=replicates, seed=seed)
    presence = (
        presence_of(live, now, knowledge, replicates=replicates, seed=seed, plans=asked.plans)
        if asked.staffing_known
        else always_present(len(branch.counters), replicates)
    )
    desks, done = desks_of(
        live,
        now,
        knowledge,
        presence,
        location,
        seed=seed,
        staffing_known=asked.staffing_known,
    )
    later = later_of(live, hall, now, knowledge, done, seed=seed)
    to_come = float(arrivals.expected[-1]) * float(arrivals.factor.max(initial=1.0))
    room = int(to_come + 6 * np.sqrt(to_come)) + _ROOM
    return hall, Scene(
        horizon=seconds_left_of_day(branch, now),
        until=asked.until,
        most=len(people.line) + len(booked.line) + len(later.line) + 2 * room,
        rows=len(booked.line) + room if asked.until > 0 else 0,
        lines=lines_of(hall, branch),
        people=people,
        newcomers=newcomers_of(hall, branch, seed),
        later=later,
        booked=booked,
        arrivals=arrivals,
        desks=desks,
        services=services_of(knowledge, location),
    )
