"""Other systems that issue tickets and call customers over HTTP, several at once."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from queueapp.benchmarks.bench_branch import BenchBranch, bench_branch
from queueapp.benchmarks.figures import milliseconds
from queueapp.benchmarks.web_client import WebClient
from queueapp.benchmarks.web_server import HOST, server
from queueapp.config.settings import Settings
from queueapp.domain.access import Scope, new_key
from queueapp.operations.access_commands import CreateApiKey

Run = Callable[[WebClient, int], Awaitable[None]]


@dataclass(slots=True)
class Timed:
    """Requests of one kind: the label that each answer gave, and how long it took."""

    labels: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    took: float = 0.0
    """Seconds in which at least one of them was under way."""

    async def post(
        self, client: WebClient, address: str, facts: dict[str, str] | None = None
    ) -> bool:
        """Send one; false when nobody waits any more."""
        began = time.perf_counter()
        status, answer = await client.post(address, facts)
        if answer.get("reason") == "nobody_waiting":
            return False
        _require(status)
        self.seconds.append(time.perf_counter() - began)
        self.labels.append(answer["label"])
        return True

    @property
    def per_s(self) -> float:
        """Of all clients together."""
        return round(len(self.seconds) / self.took, 1)


def race(settings: Settings, clients: int, tickets: int) -> dict[str, Any]:
    """``clients`` issue ``tickets`` between them, then call them all.

    The first half of the calls are measured alone, as many at once as there are clients. In the
    second each client calls, starts and finishes one customer after the other, without a pause.
    """
    with (
        bench_branch(settings, desks=clients) as branch,
        server(branch, forecaster=False) as (port, _),
    ):
        return asyncio.run(_race(branch, port, clients, tickets))


async def _race(branch: BenchBranch, port: int, clients: int, tickets: int) -> dict[str, Any]:
    keys = await asyncio.to_thread(_keys, branch, clients)
    async with _connected(port, keys) as connected:
        issued = await _issue(branch, connected, tickets)
        called = await _call(connected, tickets // 2)
        visits = await _visit(connected)
    calls = called.labels + visits.labels
    return {
        "clients": clients,
        "tickets": len(issued.labels),
        "issue_per_s": issued.per_s,
        "call_per_s": called.per_s,
        "visit_per_s": visits.per_s,
        "issue_ms": milliseconds(issued.seconds),
        "call_ms": milliseconds(called.seconds),
        "double_called": _repeated(calls),
        "duplicate_numbers": _repeated(issued.labels),
        "lost": len(set(issued.labels) - set(calls)),
    }


async def _issue(branch: BenchBranch, connected: list[WebClient], tickets: int) -> Timed:
    issued = Timed()
    left = iter(range(tickets))

    async def issue(client: WebClient, _desk: int) -> None:
        for number in left:
            service = branch.services[number % len(branch.services)]
            await issued.post(client, "/api/v1/tickets", {"service": service})

    issued.took = await _together(issue, connected)
    return issued


async def _call(connected: list[WebClient], calls: int) -> Timed:
    """Calls alone: all clients call at the same moment, and serve before the next moment."""
    called = Timed()

    async def call(client: WebClient, desk: int) -> None:
        await called.post(client, f"/api/v1/counters/{desk}/call-next")

    for _ in range(-(-calls // len(connected))):
        called.took += await _together(call, connected)
        await _together(_serve, connected)
    return called


async def _visit(connected: list[WebClient]) -> Timed:
    """Whole visits, until nobody waits."""
    called = Timed()

    async def visit(client: WebClient, desk: int) -> None:
        while await called.post(client, f"/api/v1/counters/{desk}/call-next"):
            await _serve(client, desk)

    called.took = await _together(visit, connected)
    return called


async def _serve(client: WebClient, desk: int) -> None:
    for word, facts in (("start", None), ("finish", {})):
        status, _ = await client.post(f"/api/v1/counters/{desk}/{word}", facts)
        _require(status)


def _require(status: HTTPStatus) -> None:
    if status >= HTTPStatus.BAD_REQUEST:
        raise RuntimeError(f"a request was answered with {status}")


async def _together(run: Run, connected: list[WebClient]) -> float:
    """Let all clients run at once; how many seconds it took."""
    began = time.perf_counter()
    await asyncio.gather(*(run(client, desk) for desk, client in enumerate(connected, 1)))
    return time.perf_counter() - began


@asynccontextmanager
async def _connected(port: int, keys: list[str]) -> AsyncIterator[list[WebClient]]:
    connected = [await WebClient.connect(HOST, port, key) for key in keys]
    try:
        yield connected
    finally:
        for client in connected:
            client.close()


def _keys(branch: BenchBranch, clients: int) -> list[str]:
    """A key for the clerk of each desk."""
    opened = branch.open()
    keys = []
    for _, clerk in branch.desks[:clients]:
        key_id, key, secret_hash = new_key()
        opened.operations.handle(
            CreateApiKey(
                key_id=key_id,
                owner="bench",
                scopes=frozenset({Scope.TICKETS, Scope.COUNTERS}),
                staff=clerk,
                secret_hash=secret_hash,
            )
        )
        keys.append(key)
    opened.store.close()
    return keys


def _repeated(labels: list[str]) -> int:
    return sum(count - 1 for count in Counter(labels).values())
