"""`queueapp bench web`: phones that follow live, and clients that issue and call over HTTP.

A real server in a process of its own, on this machine's loopback; phones and clients are real
connections from here. All of it is bounded in count and time.
"""

import asyncio
import json
import multiprocessing
import os
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import httpx
import psutil

from queueapp.benchmarks.bench_branch import BenchBranch, bench_branch
from queueapp.benchmarks.figures import milliseconds, percentile
from queueapp.config.settings import Settings
from queueapp.domain.access import Scope, new_key
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.operations.access_commands import CreateApiKey
from queueapp.operations.commands import CallNext, Finish, IssueTicket, StartService

HOST = "127.0.0.1"
CLIENTS = (1, 8, 64)
START_S = 60.0
"""How long the server may take to listen."""
ANSWER_S = 60.0
QUIET_S = 0.2
"""After so long without news every phone has heard of the last change."""
LONGEST_S = 300.0
"""How long the phones are followed at most."""


@dataclass(slots=True)
class Heard:
    """What the phones were told: for each number, when they read which state."""

    called: dict[str, float] = field(default_factory=dict)
    """By label: the first moment its phone read that it was called."""
    news: int = 0
    last: float = 0.0


def measure(
    settings: Settings, *, phones: int, counters: int, seconds: float, tickets: int
) -> dict[str, Any]:
    """Follow with ``phones`` while ``counters`` work, then issue and call with more clients.

    ``phone_p95_ms``: from the commit of a call to the phone that reads it. ``rss_mb`` and ``cpu_s``
    are those of the server while the phones follow. ``tickets``: for each number of clients.
    """
    with bench_branch(settings, desks=counters) as branch, _server(branch) as (port, process):
        figures = asyncio.run(
            _follow(branch, port, process, phones=phones, seconds=min(seconds, LONGEST_S))
        )
    return {**figures, "http": [_race(settings, clients, tickets) for clients in CLIENTS]}


# -- the server ------------------------------------------------------------------------------------


@contextmanager
def _server(branch: BenchBranch) -> Iterator[tuple[int, psutil.Process]]:
    """A server for ``branch`` in a process of its own: its port, and the process."""
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    child = context.Process(target=_serve, args=(branch, its), daemon=True)
    child.start()
    try:
        if not ours.poll(START_S):
            raise RuntimeError("the server did not start")
        yield ours.recv(), psutil.Process(child.pid)
    finally:
        ours.send("end")
        child.join(START_S)


def _serve(branch: BenchBranch, pipe: Connection) -> None:
    """Serve until the other end of ``pipe`` says otherwise."""
    from queueapp.bootstrap.web import web_context  # noqa: PLC0415 - only this process serves
    from queueapp.web.application import WebApplication  # noqa: PLC0415
    from queueapp.web.context import WebLimits  # noqa: PLC0415
    from queueapp.web.server import WebServer  # noqa: PLC0415

    opened = branch.open()
    limits = WebLimits(requests_per_second=1_000_000, streams=20_000)
    application = WebApplication(web_context(opened, branch.settings, limits=limits))
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen(4096)
        server = WebServer(application, HOST, listening.getsockname()[1])

        async def run() -> None:
            serving = asyncio.create_task(server.serve([listening]))
            await asyncio.to_thread(server.listening.wait)
            pipe.send(listening.getsockname()[1])
            await asyncio.to_thread(pipe.recv)
            server.should_exit = True
            await serving

        with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
            runner.run(run())  # on the loop that `queueapp web` runs on
    opened.store.close()


# -- phones ----------------------------------------------------------------------------------------


async def _follow(
    branch: BenchBranch, port: int, process: psutil.Process, *, phones: int, seconds: float
) -> dict[str, Any]:
    opened = branch.open()
    tokens = await asyncio.to_thread(_issue, branch, phones)
    heard = Heard()
    tasks = [asyncio.create_task(_phone(port, token, heard)) for token in tokens]
    await _all_connected(heard, phones)
    cpu_before = sum(process.cpu_times()[:2])
    began = time.monotonic()
    calls = await asyncio.to_thread(_work, branch, seconds)
    await asyncio.to_thread(_wait_for_quiet, heard)
    took = time.monotonic() - began
    cpu = sum(process.cpu_times()[:2]) - cpu_before
    rss = process.memory_info().rss
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    opened.store.close()
    delays = [heard.called[label] - at for label, at in calls.items() if label in heard.called]
    if not delays:
        raise RuntimeError("no phone was told of a call")
    return {
        "phones": phones,
        "counters": len(branch.desks),
        "seconds": round(took, 1),
        "calls": len(calls),
        "calls_heard": len(delays),
        "news": heard.news - phones,
        "phone_p50_ms": round(percentile(delays, 0.5) * 1000, 1),
        "phone_p95_ms": round(percentile(delays, 0.95) * 1000, 1),
        "phone_max_ms": round(max(delays) * 1000, 1),
        "rss_mb": round(rss / 2**20, 1),
        "cpu_s": round(cpu, 2),
        "cores": os.cpu_count(),
    }


def _issue(branch: BenchBranch, count: int) -> list[str]:
    opened = branch.open()
    tokens = []
    for number in range(count):
        service = branch.services[number % len(branch.services)]
        command = IssueTicket(service=service, category=branch.category, language="en")
        tokens.append(opened.operations.handle(command).token)
    opened.store.close()
    return tokens


def _work(branch: BenchBranch, seconds: float) -> dict[str, float]:
    """Let every counter call, start and finish in turn, evenly; when each call was committed."""
    opened = branch.open()
    calls: dict[str, float] = {}
    began = time.monotonic()
    each = seconds / (3 * len(branch.desks))
    done = 0
    while time.monotonic() - began < seconds:
        for verb in (_call, _start, _finish):
            for counter, clerk in branch.desks:
                verb(opened, counter, clerk, calls)
                done += 1
                time.sleep(max(0.0, began + done * min(each, 0.05) - time.monotonic()))
    opened.store.close()
    return calls


def _call(opened: Any, counter: CounterNumber, clerk: StaffCode, calls: dict[str, float]) -> None:  # noqa: ANN401 - OpenBranch, which loads late
    try:
        receipt = opened.operations.handle(CallNext(counter=counter, staff=clerk))
    except Refused as refused:
        if refused.reason is not Reason.NOBODY_WAITING:
            raise
        return
    calls[receipt.label] = time.monotonic()


def _start(opened: Any, counter: CounterNumber, clerk: StaffCode, _: dict[str, float]) -> None:  # noqa: ANN401
    _with_customer(opened, StartService(counter=counter, staff=clerk))


def _finish(opened: Any, counter: CounterNumber, clerk: StaffCode, _: dict[str, float]) -> None:  # noqa: ANN401
    _with_customer(opened, Finish(counter=counter, staff=clerk))


def _with_customer(opened: Any, command: StartService | Finish) -> None:  # noqa: ANN401 - see above
    """Do ``command`` unless nobody was left to be called."""
    try:
        opened.operations.handle(command)
    except Refused as refused:
        if refused.reason is not Reason.TICKET_NOT_IN_HAND:
            raise


async def _phone(port: int, token: str, heard: Heard) -> None:
    """One phone: reads its stream as a browser does."""
    reader, writer = await asyncio.open_connection(HOST, port, limit=2**18)
    writer.write(
        f"GET /t/{token}/events?lang=en HTTP/1.1\r\nHost: {HOST}\r\n"
        "Accept: text/event-stream\r\n\r\n".encode()
    )
    try:
        while line := await reader.readline():
            if line.startswith(b"data: "):
                heard.last = time.monotonic()
                heard.news += 1
                told = json.loads(line[6:])
                if told["state"] == "called":
                    heard.called.setdefault(told["label"], heard.last)
    finally:
        writer.close()


def _wait_for_quiet(heard: Heard) -> None:
    """Wait until every phone has heard of the last change."""
    while time.monotonic() - heard.last < QUIET_S:
        time.sleep(QUIET_S / 4)


async def _all_connected(heard: Heard, phones: int) -> None:
    """Wait until every phone has read how its ticket stands."""
    due = time.monotonic() + START_S
    while heard.news < phones:
        if time.monotonic() > due:
            raise RuntimeError(f"only {heard.news} of {phones} phones were told anything")
        await asyncio.sleep(0.05)


# -- clients ---------------------------------------------------------------------------------------


def _race(settings: Settings, clients: int, tickets: int) -> dict[str, Any]:
    """``clients`` issue ``tickets`` between them, then call, start and finish them all."""
    with bench_branch(settings, desks=clients) as branch, _server(branch) as (port, _):
        return asyncio.run(_clients(branch, port, clients, tickets))


async def _clients(branch: BenchBranch, port: int, clients: int, tickets: int) -> dict[str, Any]:
    keys = await asyncio.to_thread(_keys, branch, clients)
    async with _connections(port, keys) as connections:
        left = iter(range(tickets))
        issued: list[tuple[str, float]] = []

        async def issue(client: httpx.AsyncClient, _desk: int) -> None:
            for number in left:
                service = branch.services[number % len(branch.services)]
                answer = await _timed(client, "/api/v1/tickets", issued, json={"service": service})
                if answer != httpx.codes.CREATED:
                    raise RuntimeError(f"a ticket was not issued: {answer}")

        called: list[tuple[str, float]] = []

        async def call(client: httpx.AsyncClient, desk: int) -> None:
            address = f"/api/v1/counters/{desk}"
            while await _timed(client, f"{address}/call-next", called) != httpx.codes.CONFLICT:
                for word, body in (("start", None), ("finish", {})):
                    answer = await client.post(f"{address}/{word}", json=body)
                    answer.raise_for_status()

        issue_s = await _together(issue, connections)
        call_s = await _together(call, connections)
    numbers, calls = [label for label, _ in issued], [label for label, _ in called]
    return {
        "clients": clients,
        "tickets": len(numbers),
        "issue_per_s": round(len(issued) / issue_s, 1),
        "call_per_s": round(len(called) / call_s, 1),
        "issue_ms": milliseconds(seconds for _, seconds in issued),
        "call_ms": milliseconds(seconds for _, seconds in called),
        "double_called": _repeated(calls),
        "duplicate_numbers": _repeated(numbers),
        "lost": len(set(numbers) - set(calls)),
    }


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


@asynccontextmanager
async def _connections(port: int, keys: list[str]) -> AsyncIterator[list[httpx.AsyncClient]]:
    clients = [
        httpx.AsyncClient(
            base_url=f"http://{HOST}:{port}",
            headers={"Authorization": f"Bearer {key}"},
            timeout=ANSWER_S,
            trust_env=False,
        )
        for key in keys
    ]
    try:
        yield clients
    finally:
        await asyncio.gather(*(client.aclose() for client in clients))


async def _timed(
    client: httpx.AsyncClient,
    address: str,
    into: list[tuple[str, float]],
    json: dict[str, str] | None = None,
) -> int:
    """Post, and note label and time of what was done; the status."""
    began = time.perf_counter()
    answer = await client.post(address, json=json)
    if answer.is_success:
        into.append((answer.json()["label"], time.perf_counter() - began))
    elif answer.status_code != httpx.codes.CONFLICT:
        answer.raise_for_status()
    return answer.status_code


async def _together(
    run: Callable[[httpx.AsyncClient, int], Awaitable[None]], clients: list[httpx.AsyncClient]
) -> float:
    """Let all clients run at once; how many seconds it took."""
    began = time.perf_counter()
    await asyncio.gather(*(run(client, desk) for desk, client in enumerate(clients, 1)))
    return time.perf_counter() - began


def _repeated(labels: list[str]) -> int:
    return sum(count - 1 for count in Counter(labels).values())
