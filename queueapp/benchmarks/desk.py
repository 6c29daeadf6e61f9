"""`queueapp bench desk`: real processes issue tickets, then race to call, start and finish them."""

from collections import Counter
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from time import monotonic
from typing import Any, Protocol

from queueapp.benchmarks.bare_driver import BareDriver
from queueapp.benchmarks.bench_branch import BenchBranch, bench_branch
from queueapp.benchmarks.figures import milliseconds
from queueapp.benchmarks.racing import Lap, race, rate
from queueapp.config.settings import Settings
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import ServiceCode
from queueapp.operations.commands import CallNext, Finish, IssueTicket, StartService


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
    """Race ``processes`` over ``tickets``; the bare driver does the same right after.

    Rates count tickets: in the second phase each is called, started and finished, which is three
    commands. Times are those of single commands, in milliseconds.
    """
    shares = [tickets // processes + (n < tickets % processes) for n in range(processes)]
    with bench_branch(settings, desks=processes) as branch:
        issued, called = _race(QueueappWorker, branch, shares)
        opened = branch.open()
        served = {ticket.label for ticket, _ in opened.store.live(opened.id).served}
        opened.store.close()
    with bench_branch(settings, desks=processes) as branch:
        bare_issued, bare_called = _race(BareDriver, branch, shares)
    numbers = [label for lap in issued for label in lap.labels]
    calls = [label for lap in called for label in lap.labels]
    return {
        "issued": len(numbers),
        "called": len(calls),
        "double_called": _repeated(calls),
        "duplicate_numbers": _repeated(numbers),
        "lost": len(set(numbers) - served),
        "issue_per_s": rate(issued),
        "driver_issue_per_s": rate(bare_issued),
        "call_per_s": rate(called),
        "driver_per_s": rate(bare_called),
        "issue_ms": milliseconds(second for lap in issued for second in lap.seconds),
        "call_ms": milliseconds(second for lap in called for second in lap.seconds),
    }


def _race(
    kind: Callable[[BenchBranch, int], Worker], branch: BenchBranch, shares: list[int]
) -> list[list[Lap]]:
    return race(_run, [(kind, branch, desk, share) for desk, share in enumerate(shares)])


def _run(
    barrier: Barrier,
    kind: Callable[[BenchBranch, int], Worker],
    branch: BenchBranch,
    desk: int,
    share: int,
) -> list[Lap]:
    worker = kind(branch, desk)
    issued, called = Lap(), Lap()
    barrier.wait()
    issued.began = monotonic()
    for number in range(share):
        began = monotonic()
        label = worker.issue(branch.services[(desk + number) % len(branch.services)])
        issued.add(monotonic() - began, label)
    issued.ended = monotonic()
    barrier.wait()
    called.began = monotonic()
    while True:
        began = monotonic()
        called_label = worker.call()
        if called_label is None:
            break
        called.add(monotonic() - began, called_label)
        worker.serve()
    called.ended = monotonic()
    worker.close()
    return [issued, called]


def _repeated(labels: list[str]) -> int:
    return sum(count - 1 for count in Counter(labels).values())
