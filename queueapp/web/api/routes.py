"""All of the API under one address."""

from fastapi import APIRouter, FastAPI

from queueapp.web.api.counters import counter_routes
from queueapp.web.api.documenting import describe
from queueapp.web.api.events import event_routes
from queueapp.web.api.reading import reading_routes
from queueapp.web.api.tickets import ticket_routes
from queueapp.web.api.webhooks import webhook_routes
from queueapp.web.office import Office

ADDRESS = "/api/v1"


def add_api(app: FastAPI, office: Office) -> None:
    """Let ``app`` answer programs."""
    api = APIRouter(prefix=ADDRESS)
    for routes in (
        ticket_routes(office),
        counter_routes(office),
        reading_routes(office),
        event_routes(office),
        webhook_routes(office),
    ):
        api.include_router(routes)
    app.include_router(api)
    describe(app)
