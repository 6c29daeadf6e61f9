"""The application: pages and API behind their guards, as one ASGI callable."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from queueapp.domain.access import Scope as KeyScope
from queueapp.domain.refusal import Refused
from queueapp.operations.ports import StoreUnavailable
from queueapp.web.api.address import ADDRESS
from queueapp.web.api.answers import event_facts
from queueapp.web.api.routes import add_api
from queueapp.web.client_address import ClientAddress, is_this_machine
from queueapp.web.context import WebContext
from queueapp.web.guards import PaceLimit, SizeLimit, StrictHeaders
from queueapp.web.metrics import Metered
from queueapp.web.office import BURST, Office, open_office
from queueapp.web.pace import Pace
from queueapp.web.pages.rendering import Rendering
from queueapp.web.pages.routes import add_pages
from queueapp.web.problems import Problem, problem_of, problem_response
from queueapp.web.retention import forget_in_time
from queueapp.web.webhook_sender import WebhookSender

FORESEEN = (Problem, Refused, StoreUnavailable, RequestValidationError, HTTPException)


class WebApplication:
    """The whole web part; uvicorn and tests call it."""

    def __init__(self, context: WebContext) -> None:
        self.office = open_office(context)
        self.framework = _framework(self.office)
        limits = context.limits
        pace = Pace(limits.requests_per_second, limits.requests_per_second * BURST, time.monotonic)
        app: ASGIApp = SizeLimit(
            self.framework, body_bytes=limits.body_bytes, address_bytes=limits.address_bytes
        )
        app = PaceLimit(app, pace)
        app = ClientAddress(app, context.trusted_proxies)
        app = StrictHeaders(app)
        self._app = Metered(app, self.office.metrics)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the beginning and the end."""
        await self._app(scope, receive, send)


def _framework(office: Office) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await office.following.start()
        sender = WebhookSender(office.context, office.following, event_facts)
        tasks = [asyncio.create_task(sender.run()), asyncio.create_task(forget_in_time(office))]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await office.following.stop()
            office.lane.close()

    app = FastAPI(
        title="queueapp",
        version="1",
        openapi_url=f"{ADDRESS}/openapi.json",
        docs_url=None,  # it would come from another server
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    rendering = Rendering()
    _answer_failures(app, office, rendering)
    _add_health(app, office)
    add_api(app, office)
    add_pages(app, office, rendering)
    return app


def _answer_failures(app: FastAPI, office: Office, rendering: Rendering) -> None:
    async def answer(request: Request, error: Exception) -> Response:
        if _is_for_people(request):
            language = office.spoken_language(request)
            return rendering.problem(problem_of(error, language), language)
        language = office.language_of_program(request)
        return problem_response(problem_of(error, language))

    for kind in FORESEEN:
        app.add_exception_handler(kind, answer)
    app.add_exception_handler(Exception, answer)


def _is_for_people(request: Request) -> bool:
    return not request.url.path.startswith((f"{ADDRESS}/", "/healthz", "/metrics", "/static/"))


def _add_health(app: FastAPI, office: Office) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def health() -> Response:
        is_well = office.following.is_connected
        status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
        facts: dict[str, object] = {"status": "ok" if is_well else "database away"}
        if is_well:
            facts["revision"] = office.live.revision
        return JSONResponse(facts, status_code=status)

    @app.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        if not is_this_machine(request.scope):
            await office.require(request, KeyScope.METRICS)
        return Response(
            office.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8"
        )
