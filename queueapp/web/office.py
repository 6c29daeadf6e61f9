"""What every page and every answer of the API works with."""

import time
from dataclasses import dataclass

from starlette.requests import Request

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.live import LiveBranch
from queueapp.language import Language
from queueapp.web.asking import language_code, language_of_program
from queueapp.web.context import WebContext
from queueapp.web.following import Following
from queueapp.web.keys import KeyRing
from queueapp.web.lane import Lane
from queueapp.web.metrics import Metrics
from queueapp.web.pace import Pace

BURST = 4
"""Seconds' worth of requests at once after a rest: a page brings its style and script."""
HOUR_S = 3600


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

    def language(self, request: Request, usual: str = "") -> Language:
        """The language that a person reads."""
        known = self.live.branch.languages
        code = language_code(request, known, usual or self.context.language)
        return self.context.language_of(code)

    def language_of_program(self, request: Request) -> Language:
        """The language in which a program is told what went wrong."""
        return self.context.language_of(language_of_program(request))

    async def require(self, request: Request, scope: Scope) -> ApiKey:
        """The key of ``request``, when it is good for ``scope``."""
        return await self.keys.require(request, scope, self.language_of_program(request))


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
