"""Take a ticket by phone: with the code that is shown in the branch, or by its address."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from queueapp.domain.branch import Service
from queueapp.domain.estimate import Estimate
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.domain.phone import JOIN_SECRET, check_join_code
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.remote import are_remote_paused
from queueapp.domain.ticket import Channel
from queueapp.domain.words import ServiceCode, sentence
from queueapp.language import Language
from queueapp.operations.commands import IssueTicket, new_command_id
from queueapp.web.asking import form_of
from queueapp.web.branch_words import can_be_booked
from queueapp.web.office import Office
from queueapp.web.pages.rendering import Rendering, other_languages
from queueapp.web.pages.ticket_routes import command_id_of
from queueapp.web.pages.visitors import language_of_visitor, refuse_too_many

TITLE = sentence("Take a number")
CHOOSE = sentence("Choose a service to take your number.")
NOBODY = sentence("Nobody is waiting")
CLOSED = sentence("Closed now")
HALL_ONLY = sentence("At the moment only at the kiosk in the hall")
BOOK = sentence("Book an appointment")
FROM_AFAR = sentence("You will not be called in the next {minutes}: time to get here.")
TOO_MANY = sentence("Too many numbers were taken from this network. Please take one at the kiosk.")


def join_routes(office: Office, rendering: Rendering) -> APIRouter:
    """``/j/{code}`` for who is here, ``/join`` for who has the address."""
    routes = APIRouter(include_in_schema=False)
    pages = _JoinPages(office, rendering)
    routes.get("/j/{code}")(pages.show_here)
    routes.post("/j/{code}")(pages.take_here)
    routes.get("/join")(pages.show_afar)
    routes.post("/join")(pages.take_afar)
    return routes


class _JoinPages:
    """The handlers; what is allowed is looked at when the page is shown and when it is sent."""

    def __init__(self, office: Office, rendering: Rendering) -> None:
        self._office = office
        self._rendering = rendering

    async def show_here(self, code: str, request: Request) -> Response:
        """The services, for somebody with a code."""
        await self._check_code(code)
        return await self._page(request, f"/j/{code}")

    async def take_here(self, code: str, request: Request) -> Response:
        """A ticket for somebody who is here."""
        await self._check_code(code)
        return await self._take(request, f"/j/{code}", from_afar=False)

    async def show_afar(self, request: Request) -> Response:
        """The services, for somebody with the branch's address."""
        self._check_link()
        return await self._page(request, "/join", from_afar=True)

    async def take_afar(self, request: Request) -> Response:
        """A ticket for somebody who still has to come."""
        self._check_link()
        return await self._take(request, "/join", from_afar=True)

    # -- within ----------------------------------------------------------------------------------

    async def _check_code(self, code: str) -> None:
        if not self._office.live.branch.phone.join:
            raise Refused(Reason.JOIN_NOT_ALLOWED)
        context = self._office.context
        secret = await asyncio.to_thread(context.store.secret, context.branch, JOIN_SECRET)
        check_join_code(secret, context.branch, code, context.clock())

    def _check_link(self) -> None:
        if not self._office.live.branch.phone.link:
            raise Refused(Reason.JOIN_NOT_ALLOWED)

    async def _take(self, request: Request, address: str, *, from_afar: bool) -> Response:
        language = language_of_visitor(self._office, request)
        refuse_too_many(self._office, request, language.text(TOO_MANY))
        form = await form_of(request)
        command = IssueTicket(
            command_id=command_id_of(form),
            service=ServiceCode(form.get("service", "")[:1]),
            category=self._office.live.branch.usual_category.code,
            language=language.code,
            channel=Channel.PHONE,
            from_afar=from_afar,
        )
        try:
            receipt = await self._office.lane.do(command)
        except Refused as refused:
            return await self._page(
                request, address, from_afar=from_afar, notice=language.refusal(refused)
            )
        return RedirectResponse(
            f"/t/{receipt.token}?lang={language.code}", status_code=HTTPStatus.SEE_OTHER
        )

    async def _page(
        self, request: Request, address: str, *, from_afar: bool = False, notice: str = ""
    ) -> Response:
        live, language = await self._office.latest(), language_of_visitor(self._office, request)
        facts = {
            "title": language.text(TITLE),
            "branch": language.name(live.branch.name),
            "address": address,
            "notice": notice,
            "choose": language.text(CHOOSE),
            "hint": _hint(live, language) if from_afar else "",
            "command": new_command_id(),
            "book": language.text(BOOK) if can_be_booked(live.branch) else "",
            "languages": other_languages(live.branch.languages, language),
            "services": [self._offer(live, service, language) for service in live.branch.services],
        }
        status = HTTPStatus.CONFLICT if notice else HTTPStatus.OK
        return self._rendering.page("join.html", language, facts, status=status)

    def _offer(self, live: LiveBranch, service: Service, language: Language) -> Mapping[str, Any]:
        now = self._office.context.clock()
        refusal = ""
        if not is_service_open(live.branch, service, now):
            refusal = language.text(CLOSED)
        elif are_remote_paused(live.branch, service, now):
            refusal = language.text(HALL_ONLY)
        return {
            "code": service.code,
            "name": language.name(service.name),
            "is_open": not refusal,
            "words": refusal or _queue_words(live, service, now, language),
        }


def _queue_words(live: LiveBranch, service: Service, now: datetime, language: Language) -> str:
    """How many wait, and how long somebody who comes now will."""
    forecast = live.forecast_arriving(service.code, live.branch.usual_category.code, now)
    count = len(live.waiting_for(service.code))
    waiting = language.plural("{count} person waiting", "{count} people waiting", count)
    if not count:
        waiting = language.text(NOBODY)
    wait = language.range(forecast) if isinstance(forecast, Estimate) else ""
    return " · ".join(filter(None, (waiting, wait)))


def _hint(live: LiveBranch, language: Language) -> str:
    distance = live.branch.phone.distance
    return language.text(FROM_AFAR, minutes=distance) if distance else ""
