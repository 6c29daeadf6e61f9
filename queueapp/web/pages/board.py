"""The hall board as a page, for a TV: who is called where, and the waits; nothing secret."""

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from queueapp.domain.estimate import Estimate
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import IN_HAND
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.web.office import Office
from queueapp.web.pages.live_pages import LivePages
from queueapp.web.pages.rendering import Rendering

CALLS_SHOWN = 6
CALLED = sentence("Called now")
NOBODY_CALLED = sentence("Please wait: your number will appear here")
WAITS = sentence("Wait")
CLOSED = sentence("Closed now")
COUNTER = sentence("Counter {counter}")


def board_routes(office: Office, rendering: Rendering, pages: LivePages) -> APIRouter:
    """``/board``; it draws itself anew when the branch moved, without scripts every few seconds.

    Whoever opens the bare address is led there, or to where numbers are given from afar.
    """
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    async def begin(request: Request) -> RedirectResponse:
        place = "/join" if office.live.branch.phone.link else "/board"
        return RedirectResponse(str(request.url.replace(scheme="", netloc="", path=place)))

    @routes.get("/board")
    async def board(request: Request) -> Response:
        live, language = await office.latest(), office.spoken_language(request)
        facts = {
            "title": language.name(live.branch.name),
            "clock": language.moment(office.context.clock()),
            "called": language.text(CALLED),
            "nobody": language.text(NOBODY_CALLED),
            "waits": language.text(WAITS),
            "calls": _calls(live, language),
            "services": _services(office, live, language),
        }
        return rendering.page("board.html", language, facts)

    @routes.get("/board/events")
    async def follow(request: Request) -> StreamingResponse:
        return pages.follow(office.spoken_language(request))

    return routes


def _calls(live: LiveBranch, language: Language) -> list[tuple[str, str]]:
    """The numbers in hand and their counters, the latest call first."""
    in_hand = [
        (language.ticket(ticket), language.text(COUNTER, counter=leg.counter))
        for ticket, leg in live.called
        if leg.state in IN_HAND and leg == ticket.leg
    ]
    return in_hand[:CALLS_SHOWN]


def _services(office: Office, live: LiveBranch, language: Language) -> list[tuple[str, str]]:
    now, category = office.context.clock(), live.branch.usual_category
    lines = []
    for service in live.branch.services:
        forecast = live.forecast_arriving(service.code, category.code, now)
        words = language.range(forecast) if isinstance(forecast, Estimate) else "–"
        if not is_service_open(live.branch, service, now):
            words = language.text(CLOSED)
        lines.append((language.name(service.name), words))
    return lines
