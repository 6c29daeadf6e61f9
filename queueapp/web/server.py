"""Serves the application with uvicorn until the process is told to end."""

import socket
import threading

import uvicorn

from queueapp.web.application import WebApplication

LAST_WORDS_S = 3
"""How long answers that have begun may take after the end was asked for."""


class WebServer(uvicorn.Server):
    """A server whose streams end first, so that stopping it takes no longer than an answer."""

    def __init__(self, application: WebApplication, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,  # ClientAddress does it, for configured proxies only
                timeout_graceful_shutdown=LAST_WORDS_S,
                timeout_keep_alive=20,
                backlog=4096,
            )
        )
        self._office = application.office
        self.listening = threading.Event()
        """Set once requests are answered."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self.listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in good order."""
        self._office.following.let_go()
        await super().shutdown(sockets)


def serve(application: WebApplication, host: str, port: int) -> None:
    """Serve until Ctrl+C or a signal to end."""
    WebServer(application, host, port).run()
