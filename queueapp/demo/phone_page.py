"""The demo on a phone: the web part beside the terminals, in a thread of the same program."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from queueapp.bootstrap.joining import join_codes
from queueapp.demo.living_branch import LivingBranch
from queueapp.operations.commands import ApplyBranch

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what somebody may set, not what is bound
NOWHERE = ("192.0.2.1", 9)
"""An address that nobody has: asking which way it lies sends nothing."""
PATIENCE_S = 10.0


@contextmanager
def phone_page(branch: LivingBranch) -> Iterator[Callable[[datetime], str]]:
    """Serve ``branch`` until the end; gives what the kiosk shows to take a number by phone.

    It listens where the settings say, on loopback unless they do, and on another port when that
    one is taken. What it takes to load waits for no screen.
    """
    listening = _listen(branch.settings.web_host, branch.settings.web_port)
    port = listening.getsockname()[1]
    plan = branch.opened.plan()
    address = f"http://{_reachable_as(branch.settings.web_host)}:{port}"
    branch.opened.operations.handle(ApplyBranch(branch=replace(plan, public_url=address)))
    serving = _Serving(branch, listening)
    serving.start()
    try:
        yield join_codes(branch.opened)
    finally:
        serving.stop()
        listening.close()


class _Serving:
    """The server in its thread."""

    def __init__(self, branch: LivingBranch, listening: socket.socket) -> None:
        self._branch = branch
        self._listening = listening
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="web", daemon=True)

    def start(self) -> None:
        """Begin to load."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait a while until it has ended."""
        self._is_over.set()
        self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        import asyncio  # noqa: PLC0415 - loaded in this thread, so that no screen waits

        from queueapp.bootstrap.web import web_context  # noqa: PLC0415
        from queueapp.web.application import WebApplication  # noqa: PLC0415
        from queueapp.web.server import WebServer  # noqa: PLC0415

        settings = self._branch.settings
        application = WebApplication(web_context(self._branch.opened, settings))
        server = WebServer(application, settings.web_host, settings.web_port)

        async def serve() -> None:
            serving = asyncio.create_task(server.serve([self._listening]))
            await asyncio.to_thread(self._is_over.wait)
            server.should_exit = True
            await serving

        asyncio.run(serve())


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError:
        return socket.create_server((host, 0), family=family)


def _reachable_as(host: str) -> str:
    """What a phone calls this machine."""
    if host not in EVERYWHERE:
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(NOWHERE)
        except OSError:
            return "127.0.0.1"
        return str(asking.getsockname()[0])
