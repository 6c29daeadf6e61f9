"""A thousand phones that follow their tickets live while every counter works."""

import asyncio
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil

from queueapp.benchmarks.bench_branch import BenchBranch
from queueapp.benchmarks.figures import percentile
from queueapp.benchmarks.web_server import HOST, START_S
from queueapp.bootstrap import OpenBranch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.operations.commands import CallNext, Finish, IssueTicket, StartService

COMPILED_S = 300.0
LOOK_S = 0.5
QUIET_S = 0.2
"""After so long without news every phone has heard of the last change."""
LONGEST_QUIET_S = 5.0
LONGEST_PAUSE_S = 0.05
"""Between two commands of all counters together."""


@dataclass(slots=True)
class Heard:
    """What the phones were told."""

    called: dict[str, float] = field(default_factory=dict)
    """By label: the first moment its phone read that it was called."""
    connected: set[str] = field(default_factory=set)
    news: int = 0
    last: float = 0.0


async def follow(
    branch: BenchBranch, port: int, process: psutil.Process, *, phones: int, seconds: float
) -> dict[str, object]:
    """Let so many phones follow while all desks of ``branch`` work for so long."""
    tokens = await asyncio.to_thread(_issue, branch, phones)
    await asyncio.to_thread(_wait_for_estimates, branch)
    heard = Heard()
    tasks = [asyncio.create_task(_phone(port, token, heard)) for token in tokens]
    await _all_connected(heard, phones)
    told_before, cpu_before, began = heard.news, _cpu(process), time.monotonic()
    calls = await asyncio.to_thread(_work, branch, seconds)
    await asyncio.to_thread(_wait_for_quiet, heard)
    took, cpu, rss = time.monotonic() - began, _cpu(process), process.memory_info().rss
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    delays = [heard.called[label] - at for label, at in calls.items() if label in heard.called]
    if not delays:
        raise RuntimeError("no phone was told of a call")
    return {
        "phones": phones,
        "counters": len(branch.desks),
        "seconds": round(took, 1),
        "calls": len(calls),
        "calls_heard": len(delays),
        "news": heard.news - told_before,
        "phone_p50_ms": round(percentile(delays, 0.5) * 1000, 1),
        "phone_p95_ms": round(percentile(delays, 0.95) * 1000, 1),
        "phone_max_ms": round(max(delays) * 1000, 1),
        "rss_mb": round(rss / 2**20, 1),
        "cpu_s": round(cpu - cpu_before, 2),
        "cores": os.cpu_count(),
    }


# -- the branch at work ----------------------------------------------------------------------------


def _issue(branch: BenchBranch, count: int) -> list[str]:
    opened = branch.open()
    tokens = []
    for number in range(count):
        service = branch.services[number % len(branch.services)]
        command = IssueTicket(service=service, category=branch.category, language="en")
        tokens.append(opened.operations.handle(command).token)
    opened.store.close()
    return tokens


def _wait_for_estimates(branch: BenchBranch) -> None:
    """Wait until the forecaster works; on a new machine it is compiled first."""
    opened = branch.open()
    due = time.monotonic() + COMPILED_S
    while opened.store.live(opened.id).estimates is None:
        if time.monotonic() > due:
            raise RuntimeError("no wait was foretold")
        time.sleep(LOOK_S)
    opened.store.close()


def _work(branch: BenchBranch, seconds: float) -> dict[str, float]:
    """Let every counter call, start and finish in turn, evenly; when each call was committed."""
    opened = branch.open()
    calls: dict[str, float] = {}
    began = time.monotonic()
    pause = min(seconds / (3 * len(branch.desks)), LONGEST_PAUSE_S)
    done = 0
    while time.monotonic() - began < seconds:
        for verb in VERBS:
            for counter, clerk in branch.desks:
                verb(opened, counter, clerk, calls)
                done += 1
                time.sleep(max(0.0, began + done * pause - time.monotonic()))
    opened.store.close()
    return calls


def _call(
    opened: OpenBranch, counter: CounterNumber, clerk: StaffCode, calls: dict[str, float]
) -> None:
    try:
        receipt = opened.operations.handle(CallNext(counter=counter, staff=clerk))
    except Refused as refused:
        if refused.reason is not Reason.NOBODY_WAITING:
            raise
        return
    calls[receipt.label] = time.monotonic()


def _start(
    opened: OpenBranch, counter: CounterNumber, clerk: StaffCode, _: dict[str, float]
) -> None:
    _with_customer(opened, StartService(counter=counter, staff=clerk))


def _finish(
    opened: OpenBranch, counter: CounterNumber, clerk: StaffCode, _: dict[str, float]
) -> None:
    _with_customer(opened, Finish(counter=counter, staff=clerk))


def _with_customer(opened: OpenBranch, command: StartService | Finish) -> None:
    """Do ``command`` unless nobody was left to be called."""
    try:
        opened.operations.handle(command)
    except Refused as refused:
        if refused.reason is not Reason.TICKET_NOT_IN_HAND:
            raise


Verb = Callable[[OpenBranch, CounterNumber, StaffCode, dict[str, float]], None]
VERBS: tuple[Verb, ...] = (_call, _start, _finish)


# -- phones ----------------------------------------------------------------------------------------


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
                heard.connected.add(token)
                told = json.loads(line[6:])
                if told["state"] == "called":
                    heard.called.setdefault(told["label"], heard.last)
    finally:
        writer.close()


def _wait_for_quiet(heard: Heard) -> None:
    """Wait until every phone has heard of the last change; waits are foretold on and on."""
    due = time.monotonic() + LONGEST_QUIET_S
    while time.monotonic() - heard.last < QUIET_S and time.monotonic() < due:
        time.sleep(QUIET_S / 4)


async def _all_connected(heard: Heard, phones: int) -> None:
    """Wait until every phone has read how its ticket stands."""
    due = time.monotonic() + START_S
    while len(heard.connected) < phones:
        if time.monotonic() > due:
            raise RuntimeError(f"only {len(heard.connected)} of {phones} phones were told anything")
        await asyncio.sleep(0.05)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
