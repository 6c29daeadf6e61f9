"""What every page and every answer of the API works with."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.appointment import Appointment
from queueapp.domain.branch import Service
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import CustomerWords
from queueapp.domain.slots import Slot, free_slots, whole_day
from queueapp.language import Language
from queueapp.web.asking import language_code, language_of_program
from queueapp.web.context import WebContext
from queueapp.web.following import Following
from queueapp.web.keys import KeyRing
from queueapp.web.lane import Lane
from queueapp.web.metrics import Metrics
from queueapp.web.pace import Pace

LANGUAGES = ("en", "fa")
BURST = 4
"""Seconds' worth of requests at once after a rest: a page brings its style and script."""
HOUR_S = 3600
OWN_PATIENCE_S = 1.0
"""How long a reader waits for the picture to show what was written before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The branch as the web part has it: its picture, its line for commands, its keys."""

    context: WebContext
    following: Following
    lane: Lane
    keys: KeyRing
    metrics: Metrics
    new_tickets: Pace
    """How fast one address may take tickets."""

    @property
    def live(self) -> LiveBranch:
        """The branch as it is."""
        return self.following.live

    def spoken_language(self, request: Request) -> Language:
        """The language that a person reads, of those that the program speaks."""
        code = language_code(request, LANGUAGES, self.context.language)
        return self.context.language_of(code)

    def language_of_program(self, request: Request) -> Language:
        """The language in which a program is told what went wrong."""
        return self.context.language_of(language_of_program(request))

    async def latest(self) -> LiveBranch:
        """The branch with everything in it that was done through this process."""
        await self.following.reached(self.lane.newest, OWN_PATIENCE_S)
        return self.live

    async def words_since(self, since: datetime) -> Sequence[CustomerWords]:
        """What customers typed since then."""
        store, branch = self.context.store, self.context.branch
        return await asyncio.to_thread(store.words_since, branch, since)

    async def appointments_of(self, day: date) -> Sequence[Appointment]:
        """Every appointment of ``day``, in order of time."""
        store, branch = self.context.store, self.live.branch
        began, ends = whole_day(branch, day)
        return await asyncio.to_thread(store.appointments, branch.id, began, ends)

    async def free_slots(self, service: Service, days: Sequence[date]) -> list[list[Slot]]:
        """What can still be booked on each of ``days``, which are in order."""
        if not days:
            return []
        store, branch, now = self.context.store, self.live.branch, self.context.clock()
        since, until = whole_day(branch, days[0])[0], whole_day(branch, days[-1])[1]
        taken = await asyncio.to_thread(store.taken, branch.id, service.code, since, until)
        return [free_slots(branch, service, day, taken, now) for day in days]

    async def require(self, request: Request, scope: Scope) -> ApiKey:
        """The key of ``request``, when it is good for ``scope``."""
        return await self.keys.require(request, scope, self.language_of_program)


def open_office(context: WebContext) -> Office:
    """Everything, before it has started."""
    limits = context.limits
    per_second = limits.requests_per_second
    following = Following(context)
    lane = Lane(context.operations)
    return Office(
        context=context,
        following=following,
        lane=lane,
        keys=KeyRing(
            context.store,
            context.branch,
            Pace(per_second, per_second * BURST, time.monotonic),
        ),
        metrics=Metrics(following, lane),
        new_tickets=Pace(limits.tickets_per_hour / HOUR_S, limits.tickets_per_hour, time.monotonic),
    )
