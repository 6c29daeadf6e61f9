"""A branch on the web, for stories: the office of the operations' stories behind a real server."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from ipaddress import ip_network
from typing import Any

import httpx

from queueapp.domain.access import Scope, new_key
from queueapp.domain.words import StaffCode
from queueapp.language import Language, load_language
from queueapp.operations.access_commands import CreateApiKey
from queueapp.operations.ports import Feed
from queueapp.store.feed import SqlFeed
from queueapp.store.web_store import SqlWebStore
from queueapp.web.application import WebApplication
from queueapp.web.context import WebContext, WebLimits
from queueapp.web.server import WebServer
from tests.operations.office import Office

PATIENCE_S = 60
LOOK_S = 0.01
GENEROUS = WebLimits(requests_per_second=10_000, tickets_per_hour=10_000)


@dataclass
class Site:
    """One branch, its office, and where it answers."""

    office: Office
    application: WebApplication
    url: str
    client: httpx.Client

    def key(
        self, *scopes: Scope, staff: StaffCode | None = None, owner: str = "A test"
    ) -> dict[str, str]:
        """The header of a fresh key that is good for ``scopes``."""
        key_id, key, secret_hash = new_key()
        self.office.do(
            CreateApiKey(
                key_id=key_id,
                owner=owner,
                scopes=frozenset(scopes),
                staff=staff,
                secret_hash=secret_hash,
            )
        )
        self.application.office.keys.forget()
        return {"Authorization": f"Bearer {key}"}

    def caught_up(self) -> None:
        """Wait until the server has seen all that was done."""
        revision = self.office.live.revision
        moved = threading.Event()
        following = self.application.office.following

        def look(seen: int) -> None:
            if seen >= revision:
                moved.set()

        following.listen(look)
        if following.live.revision < revision:
            assert moved.wait(PATIENCE_S)


def context_of(office: Office, **overrides: Any) -> WebContext:  # noqa: ANN401 - checked there
    """What the web part of ``office`` is given."""

    @cache
    def language_of(code: str) -> Language:
        return load_language(code, zone=office.branch.zone)

    feed: Feed = SqlFeed(office.store, office.branch.id)
    context = WebContext(
        branch=office.branch.id,
        operations=office.operations,
        store=SqlWebStore(office.store),
        feed=feed,
        clock=office.clock,
        language_of=language_of,
        language="fa",
        trusted_proxies=(ip_network("10.9.0.0/16"),),
        limits=GENEROUS,
    )
    return replace(context, **overrides)


@contextmanager
def serving(office: Office, **overrides: Any) -> Iterator[Site]:  # noqa: ANN401 - checked there
    """``office`` on a free port of this machine, until the end of the block."""
    application = WebApplication(context_of(office, **overrides))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = WebServer(application, "127.0.0.1", port)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    assert server.listening.wait(PATIENCE_S)
    url = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=url, timeout=PATIENCE_S) as client:
        yield Site(office, application, url, client)
    server.should_exit = True
    thread.join()


def until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread will make true."""
    due = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < due, "it never came true"
        time.sleep(LOOK_S)
