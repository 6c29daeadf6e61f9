"""All of the API under one address."""

from fastapi import FastAPI

from queueapp.web.api.appointments import appointment_routes
from queueapp.web.api.counters import counter_routes
from queueapp.web.api.documenting import describe
from queueapp.web.api.events import event_routes
from queueapp.web.api.reading import reading_routes
from queueapp.web.api.tickets import ticket_routes
from queueapp.web.api.webhooks import webhook_routes
from queueapp.web.office import Office


def add_api(app: FastAPI, office: Office) -> None:
    """Let ``app`` answer programs.

    All routes stand in one list, the busiest first: of routers within routers the framework looks
    each one up three times, which took a third of a request.
    """
    for routes in (
        counter_routes(office),
        ticket_routes(office),
        reading_routes(office),
        event_routes(office),
        webhook_routes(office),
        appointment_routes(office),
    ):
        app.router.routes.extend(routes.routes)
    describe(app)
