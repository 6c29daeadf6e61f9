"""What happens: read on from a revision, or followed as it happens."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import StreamingResponse
from pydantic.json_schema import SkipJsonSchema

from queueapp.domain.access import ApiKey, Scope
from queueapp.domain.words import Revision
from queueapp.web.api import models as m
from queueapp.web.api.address import ADDRESS
from queueapp.web.api.answers import event_answer
from queueapp.web.api.asking import key_for
from queueapp.web.api.documenting import problems
from queueapp.web.office import Office
from queueapp.web.streaming import ALIVE, ALIVE_EVERY_S, STREAM, Room

MOST = 500
LARGEST = 2**62
After = Annotated[int, Query(ge=0, le=LARGEST)]


def event_routes(office: Office) -> APIRouter:
    """Everything under ``/events``."""
    routes = APIRouter(prefix=f"{ADDRESS}/events", tags=["events"])
    key = Depends(key_for(office, Scope.EVENTS))
    room = Room(office.context.limits.programs)

    @routes.get("/past", responses=problems())
    async def past(
        _key: Annotated[ApiKey, key],
        after: After = 0,
        most: Annotated[int, Query(ge=1, le=MOST)] = MOST,
    ) -> list[m.EventAnswer]:
        """What happened after a revision, in order."""
        return await _events(office, Revision(after), most)

    @routes.get(
        "",
        response_class=StreamingResponse,
        responses={**problems(), 200: {"content": {STREAM: {}}, "description": "Events."}},
    )
    async def follow(
        request: Request,
        _key: Annotated[ApiKey, key],
        after: Annotated[int | SkipJsonSchema[None], Query(ge=0, le=LARGEST)] = None,
        last_event_id: Annotated[str | None, Header(alias="Last-Event-ID")] = None,
    ) -> StreamingResponse:
        """Server-sent events, each with its revision as id; from now on, or after a revision."""
        known = after
        if last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit():
            known = min(int(last_event_id), LARGEST)
        since = office.live.revision if known is None else Revision(known)
        return room.stream(_follow(office, since), office.language_of_program(request))

    return routes


async def _events(office: Office, after: Revision, most: int) -> list[m.EventAnswer]:
    past = await asyncio.to_thread(
        office.context.store.events_after, office.context.branch, after, most
    )
    return [event_answer(event) for event in past]


async def _follow(office: Office, known: Revision) -> AsyncIterator[bytes]:
    yield b": hello\n\n"
    while not office.following.is_over:
        for event in await _events(office, known, MOST):
            known = Revision(event.revision)
            yield f"id: {event.revision}\ndata: {event.model_dump_json()}\n\n".encode()
        if not await office.following.reached(Revision(known + 1), ALIVE_EVERY_S):
            yield ALIVE
