"""`queueapp bench desk`: real processes issue tickets, then race to call, start and finish them."""

from collections import Counter
from multiprocessing.synchronize import Barrier
from time import monotonic
from typing import Any, Protocol

from queueapp.benchmarks.bare_driver import BareDriver
from queueapp.benchmarks.bench_branch import BenchBranch, bench_branch
from queueapp.benchmarks.figures import milliseconds
from queueapp.benchmarks.racing import Lap, labels, race, rate, seconds
from queueapp.config.settings import Settings
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import ServiceCode
from queueapp.operations.commands import CallNext, Finish, IssueTicket, StartService

TURNS = 8
"""Ours and the bare driver take turns, so that a busy moment of the machine falls on both."""


class Worker(Protocol):
    """One process of the race: a kiosk first, then a desk."""

    def issue(self, service: ServiceCode) -> str:
        """Give a ticket; its label."""

    def call(self) -> str | None:
        """Call the next customer; ``None`` when nobody waits."""

    def serve(self) -> None:
        """Start and finish the customer in hand."""

    def close(self) -> None:
        """Give all connections back."""


class QueueappWorker:
    """Works through the operations, as every terminal does."""

    def __init__(self, branch: BenchBranch, desk: int) -> None:
        self._opened = branch.open()
        self._category = branch.category
        self._counter, self._clerk = branch.desks[desk]

    def issue(self, service: ServiceCode) -> str:
        """Give a ticket; its label."""
        command = IssueTicket(service=service, category=self._category, language="en")
        return self._opened.operations.handle(command).label

    def call(self) -> str | None:
        """Call the next customer; ``None`` when nobody waits."""
        try:
            return self._opened.operations.handle(
                CallNext(counter=self._counter, staff=self._clerk)
            ).label
        except Refused as refused:
            if refused.reason is Reason.NOBODY_WAITING:
                return None
            raise

    def serve(self) -> None:
        """Start and finish the customer in hand."""
        self._opened.operations.handle(StartService(counter=self._counter, staff=self._clerk))
        self._opened.operations.handle(Finish(counter=self._counter, staff=self._clerk))

    def close(self) -> None:
        """Give all connections back."""
        self._opened.store.close()


def measure(settings: Settings, *, processes: int, tickets: int) -> dict[str, Any]:
    """Race ``processes`` over ``tickets``; with the bare driver they do the same, turn by turn.

    Rates count tickets: in the second phase each is called, started and finished, which is three
    commands. Times are those of single commands, in milliseconds.
    """
    shares = [tickets // processes + (n < tickets % processes) for n in range(processes)]
    with (
        bench_branch(settings, desks=processes) as ours,
        bench_branch(settings, desks=processes) as bare,
    ):
        laps = race(_run, [(ours, bare, desk, share) for desk, share in enumerate(shares)])
        opened = ours.open()
        served = {ticket.label for ticket, _ in opened.store.live(opened.id).served}
        opened.store.close()
    issuing, calling = laps[: 2 * TURNS], laps[2 * TURNS :]
    issued, called = issuing[::2], calling[::2]
    numbers, calls = labels(issued), labels(called)
    return {
        "issued": len(numbers),
        "called": len(calls),
        "double_called": _repeated(calls),
        "duplicate_numbers": _repeated(numbers),
        "lost": len(set(numbers) - served),
        "issue_per_s": rate(issued),
        "driver_issue_per_s": rate(issuing[1::2]),
        "call_per_s": rate(called),
        "driver_per_s": rate(calling[1::2]),
        "issue_ms": milliseconds(seconds(issued)),
        "call_ms": milliseconds(seconds(called)),
    }


def _run(
    barrier: Barrier, ours: BenchBranch, bare: BenchBranch, desk: int, share: int
) -> list[Lap]:
    """Both phases, in each one turn of ours and one of the bare driver after the other."""
    workers = (QueueappWorker(ours, desk), BareDriver(bare, desk))
    parts = [share // TURNS + (turn < share % TURNS) for turn in range(TURNS)]
    services = [ours.services[(desk + turn) % len(ours.services)] for turn in range(TURNS)]
    laps = [
        _issue(barrier, worker, service, part)
        for part, service in zip(parts, services, strict=True)
        for worker in workers
    ]
    # In the last turn whoever is left is called.
    laps += [_call(barrier, worker, most) for most in [*parts[:-1], None] for worker in workers]
    for worker in workers:
        worker.close()
    return laps


def _issue(barrier: Barrier, worker: Worker, service: ServiceCode, part: int) -> Lap:
    lap = Lap.beginning(barrier)
    for _ in range(part):
        began = monotonic()
        label = worker.issue(service)
        lap.add(monotonic() - began, label)
    return lap.end()


def _call(barrier: Barrier, worker: Worker, most: int | None) -> Lap:
    """Call and serve ``most`` customers, or all whom nobody else calls."""
    lap = Lap.beginning(barrier)
    while most is None or len(lap.labels) < most:
        began = monotonic()
        label = worker.call()
        if label is None:
            break
        lap.add(monotonic() - began, label)
        worker.serve()
    return lap.end()


def _repeated(labels: list[str]) -> int:
    return sum(count - 1 for count in Counter(labels).values())
