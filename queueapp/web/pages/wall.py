"""The supervisor's wall as a page, for a tablet: every service and counter; only looking."""

import asyncio
from datetime import timedelta
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from queueapp.domain.alerts import AT_RISK
from queueapp.domain.desk import DeskState
from queueapp.domain.figures import counter_figures, service_figures
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.web.office import Office
from queueapp.web.pages.live_pages import LivePages
from queueapp.web.pages.rendering import Rendering
from queueapp.web.pages.sign_in import SignIn

SERVICE = sentence("Service")
WAITING = sentence("Waiting")
LONGEST = sentence("Longest wait")
WITHIN = sentence("Within target")
COUNTER = sentence("Counter")
STATE = sentence("State")
IN_HAND = sentence("In hand")
SERVED = sentence("Served")
RATING = sentence("Rating")


def wall_routes(
    office: Office, rendering: Rendering, sign_in: SignIn, pages: LivePages
) -> APIRouter:
    """``/wall``, for supervisors who have signed in and for keys of the scope ``wall``."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/wall")
    async def wall(request: Request) -> Response:
        language = office.spoken_language(request)
        if not await sign_in.is_known(request):
            return sign_in.ask(language, "/wall", status=HTTPStatus.UNAUTHORIZED)
        live = await office.latest()
        facts = {
            "title": language.name(live.branch.name),
            "clock": language.moment(office.context.clock()),
            "service_heads": [language.text(each) for each in (SERVICE, WAITING, LONGEST, WITHIN)],
            "counter_heads": [
                language.text(each) for each in (COUNTER, STATE, IN_HAND, SERVED, RATING)
            ],
            "services": _services(office, live, language),
            "counters": _counters(live, language),
            "to_contact": await _to_contact(office, language),
        }
        return rendering.page("wall.html", language, facts)

    @routes.get("/wall/events")
    async def follow(request: Request) -> Response:
        language = office.spoken_language(request)
        if not await sign_in.is_known(request):
            return sign_in.ask(language, "/wall", status=HTTPStatus.UNAUTHORIZED)
        return pages.follow(language)

    return routes


async def _to_contact(office: Office, language: Language) -> str:
    """How many asked to be contacted and since when; no numbers, for a wall hangs in the open."""
    context = office.context
    wishes = await asyncio.to_thread(context.store.contact_wishes, context.branch)
    if not wishes:
        return ""
    return language.plural(
        "{count} customer waits to be contacted, for {wait}",
        "{count} customers wait to be contacted, the longest for {wait}",
        len(wishes),
        wait=context.clock() - wishes[0].at,
    )


def _services(office: Office, live: LiveBranch, language: Language) -> list[dict[str, str]]:
    now = office.context.clock()
    rows = []
    for service in live.branch.services:
        figures = service_figures(live, service.code, now)
        longest, share = figures.longest_wait, figures.share_within_target
        rows.append(
            {
                "name": language.name(service.name),
                "waiting": language.number(figures.waiting),
                "longest": "–" if longest is None else language.minutes(longest),
                "used": "" if longest is None else _used(longest, service.target),
                "within": "–" if share is None else language.percent(share),
            }
        )
    return rows


def _used(wait: timedelta, target: timedelta) -> str:
    share = wait / target
    if share > 1:
        return "past"
    return "near" if share > AT_RISK else "within"


def _counters(live: LiveBranch, language: Language) -> list[dict[str, str]]:
    rows = []
    for counter in live.branch.counters:
        desk, figures = live.desk(counter.number), counter_figures(live, counter.number)
        in_hand, rating = live.in_hand(counter.number), figures.mean_rating
        person = live.staff.get(desk.staff) if desk.staff is not None else None
        who = f" · {person.name}" if person is not None else ""
        reason = f" · {desk.reason}" if desk.state is DeskState.PAUSED and desk.reason else ""
        rows.append(
            {
                "number": language.number(counter.number),
                "state": f"{language.desk_state(desk.state)}{who}{reason}",
                "in_hand": "–" if in_hand is None else language.ticket(in_hand),
                "served": language.number(figures.served),
                "rating": "–" if rating is None else language.number(rating),
            }
        )
    return rows
