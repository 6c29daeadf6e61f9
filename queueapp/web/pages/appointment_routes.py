"""An appointment's own page: its time, its code, and giving it up."""

import asyncio
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from queueapp.domain.appointment import (
    Appointment,
    AppointmentState,
    is_expected,
    is_token,
    page_address,
    rules_of,
    spoken_code,
)
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Refused
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.operations.appointment_commands import CancelAppointment
from queueapp.operations.commands import new_command_id
from queueapp.web.asking import form_of
from queueapp.web.office import Office
from queueapp.web.pages.rendering import Rendering, other_languages
from queueapp.web.pages.ticket_routes import command_id_of
from queueapp.web.problems import Problem, problem_of_refusal
from queueapp.web.qr_picture import qr_picture

NO_APPOINTMENT = sentence("There is no such appointment.")
TITLE = sentence("Your appointment")
CODE = sentence("Your code")
HERE = sentence(
    "When you are here, type this code at the kiosk, or hold the picture in front of it."
)
WINDOW = sentence("You can check in from {begin} to {end}.")
GIVE_UP = sentence("I cannot come")
GIVE_UP_WHY = sentence("Somebody else can have your time then. This cannot be taken back.")
GIVE_UP_DO = sentence("Cancel the appointment")
CANCELLED = sentence("This appointment was cancelled.")
OVER = sentence("This appointment is over.")
CAME = sentence("You have checked in.")
YOUR_TICKET = sentence("Your number: {ticket}")
BOOK_AGAIN = sentence("Book another appointment")


def appointment_routes(office: Office, rendering: Rendering) -> APIRouter:
    """Everything under ``/a``."""
    routes = APIRouter(prefix="/a", include_in_schema=False)
    pages = _AppointmentPages(office, rendering)
    routes.get("/{token}")(pages.show)
    routes.post("/{token}/cancel")(pages.cancel)
    return routes


class _AppointmentPages:
    """The handlers, which share how an appointment is found."""

    def __init__(self, office: Office, rendering: Rendering) -> None:
        self._office = office
        self._rendering = rendering

    async def show(self, token: str, request: Request) -> Response:
        """The page."""
        found, language = await self._found(token, request)
        return await self._page(found, language)

    async def cancel(self, token: str, request: Request) -> Response:
        """Give it up."""
        found, language = await self._found(token, request)
        command = CancelAppointment(command_id=command_id_of(await form_of(request)), code=token)
        try:
            await self._office.lane.do(command)
        except Refused as refused:
            problem = problem_of_refusal(refused, language)
            return await self._page(found, language, problem.status, problem.detail)
        return RedirectResponse(
            f"/a/{found.token}?lang={language.code}", status_code=HTTPStatus.SEE_OTHER
        )

    # -- within ----------------------------------------------------------------------------------

    async def _found(self, token: str, request: Request) -> tuple[Appointment, Language]:
        """The appointment behind ``token``; its code, which can be guessed, opens nothing here."""
        store, branch = self._office.context.store, self._office.context.branch
        found = None
        if is_token(token):
            found = await asyncio.to_thread(store.appointment, branch, token)
        if found is None:
            language = self._office.spoken_language(request)
            raise Problem(HTTPStatus.NOT_FOUND, language.text(NO_APPOINTMENT))
        asked = request.query_params.get("lang", "")
        known = self._office.live.branch.languages
        code = asked if asked in known else found.language
        return found, self._office.context.language_of(code)

    async def _page(
        self,
        shown: Appointment,
        language: Language,
        status: HTTPStatus = HTTPStatus.OK,
        notice: str = "",
    ) -> Response:
        live = await self._office.latest()
        facts = {**self._facts(live, shown, language), "notice": notice}
        return self._rendering.page("appointment.html", language, facts, status=status)

    def _facts(self, live: LiveBranch, shown: Appointment, language: Language) -> dict[str, Any]:
        branch, now = live.branch, self._office.context.clock()
        address = page_address(branch.public_url, shown.token)
        rules = rules_of(branch, shown.service)
        ticket = live.tickets.get(shown.ticket) if shown.ticket is not None else None
        is_open = is_expected(branch, shown, now)
        return {
            "title": language.text(TITLE),
            "branch": language.name(branch.name),
            "address": f"/a/{shown.token}",
            "command": new_command_id(),
            "languages": other_languages(branch.languages, language),
            "service": language.name(branch.service(shown.service).name),
            "day": language.date(branch.day(shown.starts_at)),
            "time": language.time(shown.starts_at),
            "is_open": is_open,
            "state": "" if is_open else language.text(_closed_word(shown)),
            "code": language.digits(spoken_code(shown.code)),
            "picture": qr_picture(address) if address and is_open else None,
            "window": language.text(
                WINDOW, begin=shown.starts_at - rules.early, end=shown.starts_at + rules.late
            ),
            "ticket": None
            if ticket is None
            else (f"/t/{ticket.token}", language.text(YOUR_TICKET, ticket=ticket)),
            "say": {
                "code": language.text(CODE),
                "here": language.text(HERE),
                "give_up": language.text(GIVE_UP),
                "give_up_why": language.text(GIVE_UP_WHY),
                "give_up_do": language.text(GIVE_UP_DO),
                "book_again": language.text(BOOK_AGAIN),
            },
        }


def _closed_word(shown: Appointment) -> str:
    match shown.state:
        case AppointmentState.CANCELLED:
            return CANCELLED
        case AppointmentState.CHECKED_IN:
            return CAME
    return OVER
