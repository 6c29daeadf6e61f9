"""All pages."""

from fastapi import FastAPI

from queueapp.web.office import Office
from queueapp.web.pages.rendering import Rendering
from queueapp.web.pages.ticket_routes import ticket_routes


def add_pages(app: FastAPI, office: Office, rendering: Rendering) -> None:
    """Let ``app`` answer people."""
    for routes in (rendering.routes(), ticket_routes(office, rendering)):
        app.include_router(routes)
