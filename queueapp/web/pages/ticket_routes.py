"""What a phone may ask of its ticket; whoever holds the address holds the ticket."""

import asyncio
import re
from collections.abc import AsyncIterator
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from queueapp.domain.rating import RatingReason
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import Channel, Ticket
from queueapp.domain.words import CommandId, sentence
from queueapp.language import Language
from queueapp.operations.commands import (
    Command,
    LeaveQueue,
    LetPass,
    RateService,
    TakePlaceBack,
    new_command_id,
)
from queueapp.web.asking import form_of
from queueapp.web.news import Follower
from queueapp.web.office import OWN_PATIENCE_S, Office
from queueapp.web.pages.rendering import Rendering
from queueapp.web.pages.ticket_page import page_facts
from queueapp.web.problems import Problem, problem_of_refusal
from queueapp.web.streaming import ALIVE, ALIVE_EVERY_S, stream, too_many

NO_TICKET = sentence("There is no such ticket today. Its day may be over.")
NO_FACE = sentence("Please choose one of the five faces.")
DIGITS = 2
TOKEN = re.compile(r"[\w-]{16}", re.ASCII)
"""What a token looks like; for anything else the database is not asked."""


def ticket_routes(office: Office, rendering: Rendering) -> APIRouter:
    """Everything under ``/t``."""
    routes = APIRouter(prefix="/t", include_in_schema=False)
    pages = _TicketPages(office, rendering)
    routes.get("/{token}")(pages.show)
    routes.get("/{token}/events")(pages.follow)
    routes.post("/{token}/leave")(pages.leave)
    routes.post("/{token}/let-pass")(pages.let_pass)
    routes.post("/{token}/come-back")(pages.come_back)
    routes.post("/{token}/rate")(pages.rate)
    return routes


class _TicketPages:
    """The handlers, which share how a ticket is found and a refusal is told."""

    def __init__(self, office: Office, rendering: Rendering) -> None:
        self._office = office
        self._rendering = rendering

    async def show(self, token: str, request: Request) -> Response:
        """The page."""
        ticket, language = await self._found(token, request)
        return await self._page(ticket, language)

    async def follow(self, token: str, request: Request) -> StreamingResponse:
        """What is new, as it happens."""
        ticket, language = await self._found(token, request)
        limits, following = self._office.context.limits, self._office.following
        if (
            following.count >= limits.streams
            or following.count_of(ticket.id) >= limits.streams_of_one_ticket
        ):
            raise too_many(language)
        return stream(self._news(following.follow(ticket, language)))

    async def leave(self, token: str, request: Request) -> Response:
        """Give the number up."""
        ticket, language = await self._found(token, request)
        own = command_id_of(await form_of(request))
        command = LeaveQueue(command_id=own, ticket=ticket.id, token=token)
        return await self._do(command, ticket, language)

    async def let_pass(self, token: str, request: Request) -> Response:
        """Step back by a few people."""
        ticket, language = await self._found(token, request)
        form = await form_of(request)
        command = LetPass(
            command_id=command_id_of(form),
            ticket=ticket.id,
            token=token,
            count=_number(form.get("count", "")),
        )
        return await self._do(command, ticket, language)

    async def come_back(self, token: str, request: Request) -> Response:
        """Stand where one stood before."""
        ticket, language = await self._found(token, request)
        own = command_id_of(await form_of(request))
        command = TakePlaceBack(command_id=own, ticket=ticket.id, token=token)
        return await self._do(command, ticket, language)

    async def rate(self, token: str, request: Request) -> Response:
        """Say how it was."""
        ticket, language = await self._found(token, request)
        form = await form_of(request)
        score = _number(form.get("score", ""))
        if not score:
            return await self._page(
                ticket, language, HTTPStatus.UNPROCESSABLE_ENTITY, language.text(NO_FACE)
            )
        reason = form.get("reason", "")
        command = RateService(
            command_id=command_id_of(form),
            ticket=ticket.id,
            score=score,
            reason=RatingReason(reason) if reason in set(RatingReason) else None,
            channel=Channel.PHONE,
            word=_one_line(form.get("word", "")),
            contact=_one_line(form.get("contact", "")),
        )
        return await self._do(command, ticket, language)

    # -- within ----------------------------------------------------------------------------------

    async def _found(self, token: str, request: Request) -> tuple[Ticket, Language]:
        """The ticket behind ``token`` and the language to speak; 404 when there is none."""
        await self._office.latest()
        ticket = self._office.following.ticket(token) or await self._just_issued(token)
        if ticket is None:
            language = self._office.spoken_language(request)
            raise Problem(HTTPStatus.NOT_FOUND, language.text(NO_TICKET))
        # The ticket's own language comes before the browser's: it was chosen at the kiosk.
        asked = request.query_params.get("lang", "")
        known = self._office.live.branch.languages
        code = asked if asked in known else ticket.language
        return ticket, self._office.context.language_of(code)

    async def _just_issued(self, token: str) -> Ticket | None:
        """A ticket that a kiosk issued a moment ago, before the feed has told of it."""
        if not TOKEN.fullmatch(token):
            return None
        context = self._office.context
        revision = await asyncio.to_thread(context.store.revision_of, context.branch, token)
        if revision is None:
            return None
        await self._office.following.reached(revision, OWN_PATIENCE_S)
        return self._office.following.ticket(token)

    async def _do(self, command: Command, ticket: Ticket, language: Language) -> Response:
        """Carry ``command`` out and show the page again, or say on it why not."""
        try:
            await self._office.lane.do(command)
        except Refused as refused:
            if refused.reason is Reason.TICKET_UNKNOWN:
                raise
            problem = problem_of_refusal(refused, language)
            return await self._page(ticket, language, problem.status, problem.detail)
        return RedirectResponse(
            f"/t/{ticket.token}?lang={language.code}", status_code=HTTPStatus.SEE_OTHER
        )

    async def _page(
        self,
        ticket: Ticket,
        language: Language,
        status: HTTPStatus = HTTPStatus.OK,
        notice: str = "",
    ) -> Response:
        live = await self._office.latest()
        latest = live.tickets.get(ticket.id, ticket)
        facts = page_facts(self._office, live, latest, language, notice)
        return self._rendering.page("ticket.html", language, facts, status=status)

    async def _news(self, follower: Follower) -> AsyncIterator[bytes]:
        try:
            yield b"retry: 3000\n\n"
            while not follower.is_over:
                news = await follower.next(ALIVE_EVERY_S)
                yield ALIVE if news is None else news
        finally:
            self._office.following.leave(follower)


def command_id_of(form: dict[str, str]) -> CommandId:
    """The id that the form was made with: sent twice, it does what it does once."""
    try:
        return CommandId(UUID(form.get("command", "")))
    except ValueError:
        return new_command_id()


def _number(written: str) -> int:
    """A small number; 0 for anything else."""
    is_small = written.isascii() and written.isdigit() and len(written) <= DIGITS
    return int(written) if is_small else 0


def _one_line(written: str) -> str:
    """What was typed, without what no keyboard types."""
    return "".join(letter if letter.isprintable() else " " for letter in written)
