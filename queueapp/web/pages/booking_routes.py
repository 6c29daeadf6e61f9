"""Take an appointment: choose a service, a day and a time; no script needed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from queueapp.domain.appointment import Source
from queueapp.domain.branch import Service
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.slots import YEARS, Slot, days_to_book
from queueapp.domain.words import ServiceCode, sentence
from queueapp.language import Language
from queueapp.operations.appointment_commands import BookAppointment
from queueapp.operations.commands import new_command_id
from queueapp.web.asking import form_of
from queueapp.web.branch_words import can_be_booked
from queueapp.web.office import Office
from queueapp.web.pages.rendering import Rendering, other_languages
from queueapp.web.pages.ticket_routes import command_id_of
from queueapp.web.pages.visitors import language_of_visitor, refuse_too_many
from queueapp.web.problems import Problem

TITLE = sentence("Book an appointment")
WHICH_SERVICE = sentence("Which service do you come for?")
WHICH_DAY = sentence("Choose a day")
WHICH_TIME = sentence("Choose a time")
NO_TIMES = sentence("No time is free on this day: please choose another one.")
NO_DAYS = sentence("No time is free in the coming days. Please look again later.")
NO_BOOKING = sentence("This branch gives no appointments by phone: please come and take a number.")
TOO_MANY = sentence("Too many appointments were booked from this network. Please try later.")
ANOTHER_SERVICE = sentence("Another service")


def booking_routes(office: Office, rendering: Rendering) -> APIRouter:
    """``/book``."""
    routes = APIRouter(include_in_schema=False)
    pages = _BookingPages(office, rendering)
    routes.get("/book")(pages.show)
    routes.post("/book")(pages.take)
    return routes


class _BookingPages:
    """The handlers; what is free is looked at when the page is shown and when it is sent."""

    def __init__(self, office: Office, rendering: Rendering) -> None:
        self._office = office
        self._rendering = rendering

    async def show(self, request: Request) -> Response:
        """What can be booked, as far as was chosen."""
        asked = request.query_params
        return await self._page(request, asked.get("service", ""), asked.get("day", ""))

    async def take(self, request: Request) -> Response:
        """Book one time."""
        language = language_of_visitor(self._office, request)
        refuse_too_many(self._office, request, language.text(TOO_MANY))
        form = await form_of(request)
        service, at = form.get("service", "")[:1], form.get("at", "")
        try:
            receipt = await self._office.lane.do(
                BookAppointment(
                    command_id=command_id_of(form),
                    service=ServiceCode(service),
                    starts_at=_moment(at),
                    source=Source.PAGE,
                    language=language.code,
                )
            )
        except Refused as refused:
            day, notice = at[: len("2026-11-22")], language.refusal(refused)
            return await self._page(request, service, day, notice=notice)
        return RedirectResponse(
            f"/a/{receipt.token}?lang={language.code}", status_code=HTTPStatus.SEE_OTHER
        )

    # -- within ----------------------------------------------------------------------------------

    async def _page(self, request: Request, asked: str, day: str, *, notice: str = "") -> Response:
        live, language = await self._office.latest(), language_of_visitor(self._office, request)
        offered = [each for each in live.branch.services if each.booking and each.booking.on_page]
        if not can_be_booked(live.branch):
            raise Problem(HTTPStatus.FORBIDDEN, language.text(NO_BOOKING))
        chosen = next((each for each in offered if each.code == asked), None)
        if len(offered) == 1:
            chosen = offered[0]
        facts: dict[str, Any] = {
            "title": language.text(TITLE),
            "branch": language.name(live.branch.name),
            "notice": notice,
            "command": new_command_id(),
            "languages": other_languages(live.branch.languages, language),
            "query": f"service={chosen.code}" if chosen is not None else "",
            "services": [(each.code, language.name(each.name)) for each in offered],
            "chosen": None,
            "say": {
                "which_service": language.text(WHICH_SERVICE),
                "which_day": language.text(WHICH_DAY),
                "which_time": language.text(WHICH_TIME),
                "no_times": language.text(NO_TIMES),
                "no_days": language.text(NO_DAYS),
                "another_service": language.text(ANOTHER_SERVICE),
            },
        }
        if chosen is not None:
            facts["chosen"] = await self._times(chosen, day, language)
        status = HTTPStatus.CONFLICT if notice else HTTPStatus.OK
        return self._rendering.page("book.html", language, facts, status=status)

    async def _times(self, service: Service, asked: str, language: Language) -> Mapping[str, Any]:
        branch, now = self._office.live.branch, self._office.context.clock()
        days = days_to_book(branch, service, now)
        free = await self._office.free_slots(service, days)
        shown = _chosen_day(days, free, asked)
        return {
            "code": service.code,
            "name": language.name(service.name),
            "days": [
                (day.isoformat(), language.date(day), bool(slots), day == shown)
                for day, slots in zip(days, free, strict=True)
            ],
            "times": [
                (branch.local(slot.starts_at).isoformat(), language.time(slot.starts_at))
                for day, slots in zip(days, free, strict=True)
                if day == shown
                for slot in slots
            ],
        }


def _chosen_day(days: Sequence[date], free: Sequence[Sequence[Slot]], asked: str) -> date | None:
    """The day that was asked for, else the first on which a time is free."""
    for day in days:
        if day.isoformat() == asked:
            return day
    return next((day for day, slots in zip(days, free, strict=True) if slots), None)


def _moment(written: str) -> datetime:
    """A moment as the page's own form sends it; refused when it is none of our time."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise Refused(Reason.SLOT_UNKNOWN) from None
    if moment.tzinfo is None or moment.year not in YEARS:
        raise Refused(Reason.SLOT_UNKNOWN)
    return moment
