"""The poster: a code to take a number with, for a screen on the wall; it changes by itself."""

import asyncio
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from queueapp.domain.phone import JOIN_SECRET, code_of_now
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import sentence
from queueapp.web.office import Office
from queueapp.web.pages.rendering import Rendering
from queueapp.web.pages.sign_in import SignIn
from queueapp.web.qr_picture import qr_picture

SCAN = sentence("Scan this code to take a number on your phone")


def poster_routes(office: Office, rendering: Rendering, sign_in: SignIn) -> APIRouter:
    """``/poster``; who may see it may join from anywhere, so it is for staff to put up."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/poster")
    async def poster(request: Request) -> Response:
        language = office.spoken_language(request)
        if not await sign_in.is_known(request):
            return sign_in.ask(language, "/poster", status=HTTPStatus.UNAUTHORIZED)
        branch = office.live.branch
        if branch.public_url is None or not branch.phone.join:
            raise Refused(Reason.JOIN_NOT_ALLOWED)
        context = office.context
        secret = await asyncio.to_thread(context.store.secret, context.branch, JOIN_SECRET)
        code = code_of_now(secret, context.branch, context.clock())
        address = f"{branch.public_url}/j/{code}"
        spoken = [context.language_of(each) for each in branch.languages]
        facts = {
            "title": language.name(branch.name),
            "branch": " · ".join(dict.fromkeys(each.name(branch.name) for each in spoken)),
            "lines": [
                {"lang": each.code, "direction": each.direction.value, "words": each.text(SCAN)}
                for each in spoken
            ],
            "address": address,
            "picture": qr_picture(address),
        }
        return rendering.page("poster.html", language, facts)

    return routes
