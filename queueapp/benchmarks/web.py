"""`queueapp bench web`: phones that follow live, and clients that issue and call over HTTP.

A real server in a process of its own, on this machine's loopback; phones and clients are real
connections from here. All of it is bounded in count and time.
"""

import asyncio
from typing import Any

from queueapp.benchmarks.bench_branch import bench_branch
from queueapp.benchmarks.web_clients import race
from queueapp.benchmarks.web_phones import follow
from queueapp.benchmarks.web_server import server
from queueapp.config.settings import Settings

CLIENTS = (1, 8, 64)
LONGEST_S = 300.0
"""How long the phones are followed at most."""


def measure(
    settings: Settings, *, phones: int, counters: int, seconds: float, tickets: int
) -> dict[str, Any]:
    """Follow with ``phones`` while ``counters`` work, then issue and call with more clients.

    ``phone_p95_ms``: from the commit of a call to the phone that reads it. ``rss_mb`` and ``cpu_s``
    are those of the server while the phones follow; the forecaster beside it foretells every wait
    meanwhile. ``tickets``: for each number of clients.
    """
    with (
        bench_branch(settings, desks=counters) as branch,
        server(branch, forecaster=True) as (port, process),
    ):
        seconds = min(seconds, LONGEST_S)
        figures = asyncio.run(follow(branch, port, process, phones=phones, seconds=seconds))
    return {**figures, "http": [race(settings, clients, tickets) for clients in CLIENTS]}
