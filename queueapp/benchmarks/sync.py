"""`queueapp bench sync`: from a commit in one process to the new picture in another."""

import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from threading import Event
from typing import Any

from queueapp.benchmarks.bench_branch import BenchBranch, bench_branch
from queueapp.benchmarks.figures import percentile
from queueapp.benchmarks.racing import Lap, race
from queueapp.config.settings import Settings
from queueapp.domain.live import LiveBranch
from queueapp.operations.commands import IssueTicket

PAUSE_S = 0.037
"""Between two commits; no multiple of the feed's own pace, so every phase of it is met."""
PATIENCE_S = 30


def measure(settings: Settings, *, commits: int) -> dict[str, Any]:
    """Commit ``commits`` times in one process while another follows; times in milliseconds."""
    with bench_branch(settings, desks=1) as branch:
        [[committed, seen]] = race(_run, [(_commit, branch, commits), (_follow, branch, commits)])
    waits = [_first_at_least(seen, revision) - at for revision, at in _moments(committed)]
    return {
        "commits": len(waits),
        "p50_ms": round(percentile(waits, 0.50) * 1000, 1),
        "p95_ms": round(percentile(waits, 0.95) * 1000, 1),
    }


def _moments(lap: Lap) -> list[tuple[int, float]]:
    return [(int(label), at) for label, at in zip(lap.labels, lap.seconds, strict=True)]


def _first_at_least(seen: Lap, revision: int) -> float:
    return next(at for known, at in _moments(seen) if known >= revision)


def _run(
    barrier: Barrier,
    part: Callable[[Barrier, BenchBranch, int], Lap],
    branch: BenchBranch,
    commits: int,
) -> list[Lap]:
    return [part(barrier, branch, commits)]


def _commit(barrier: Barrier, branch: BenchBranch, commits: int) -> Lap:
    opened = branch.open()
    lap = Lap()
    barrier.wait()
    for number in range(commits):
        service = branch.services[number % len(branch.services)]
        receipt = opened.operations.handle(
            IssueTicket(service=service, category=branch.category, language="en")
        )
        lap.add(time.monotonic(), str(receipt.revision))
        time.sleep(PAUSE_S)
    opened.store.close()
    return lap


def _follow(barrier: Barrier, branch: BenchBranch, commits: int) -> Lap:
    opened = branch.open()
    lap = Lap()
    ready, done = Event(), Event()

    def note(live: LiveBranch) -> None:
        lap.add(time.monotonic(), str(live.revision))
        ready.set()
        if len(live.tickets) >= commits:
            done.set()

    feed = opened.feed()
    feed.start(note, lambda _is_connected: None)
    ready.wait(PATIENCE_S)
    barrier.wait()
    done.wait(PATIENCE_S + commits * PAUSE_S * 4)
    feed.stop()
    opened.store.close()
    return lap
