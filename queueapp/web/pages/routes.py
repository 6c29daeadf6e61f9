"""All pages."""

from fastapi import FastAPI

from queueapp.web.office import Office
from queueapp.web.pages.appointment_routes import appointment_routes
from queueapp.web.pages.board import board_routes
from queueapp.web.pages.booking_routes import booking_routes
from queueapp.web.pages.join_routes import join_routes
from queueapp.web.pages.live_pages import LivePages
from queueapp.web.pages.poster import poster_routes
from queueapp.web.pages.rendering import Rendering
from queueapp.web.pages.sign_in import SignIn
from queueapp.web.pages.ticket_routes import ticket_routes
from queueapp.web.pages.wall import wall_routes


def add_pages(app: FastAPI, office: Office, rendering: Rendering) -> None:
    """Let ``app`` answer people; all routes stand in one list, as those of the API do."""
    live_pages = LivePages(office)
    sign_in = SignIn(office, rendering)
    for routes in (
        rendering.routes(),
        ticket_routes(office, rendering),
        join_routes(office, rendering),
        booking_routes(office, rendering),
        appointment_routes(office, rendering),
        sign_in.routes(),
        poster_routes(office, rendering, sign_in),
        board_routes(office, rendering, live_pages),
        wall_routes(office, rendering, sign_in, live_pages),
    ):
        app.router.routes.extend(routes.routes)
