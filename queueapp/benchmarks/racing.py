"""Several real processes that start at the same moment and report what they did."""

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier
from typing import Any

PATIENCE_S = 600


@dataclass(slots=True)
class Lap:
    """What one process did in one phase."""

    began: float = 0.0
    ended: float = 0.0
    """Seconds of the system's monotonic clock, which all processes share."""
    seconds: list[float] = field(default_factory=list)
    """How long each measured command took."""
    labels: list[str] = field(default_factory=list)
    """The ticket of each measured command."""

    def add(self, seconds: float, label: str) -> None:
        """One more measured command."""
        self.seconds.append(seconds)
        self.labels.append(label)


def race(
    runner: Callable[..., list[Lap]], arguments: Sequence[tuple[object, ...]]
) -> list[list[Lap]]:
    """Run ``runner(barrier, *arguments[i])`` in a process each; a runner gives a lap per phase.

    The result has one list per phase, with the laps of all processes in order.
    Raises :class:`RuntimeError` when a process fails.
    """
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(len(arguments))
    results = context.Queue()
    processes = [
        context.Process(target=_report, args=(runner, barrier, results, place, *each))
        for place, each in enumerate(arguments)
    ]
    for process in processes:
        process.start()
    reports = sorted(
        (results.get(timeout=PATIENCE_S) for _ in processes), key=lambda report: report[0]
    )
    for process in processes:
        process.join()
    failures = [report for _, report in reports if isinstance(report, str)]
    if failures:
        raise RuntimeError(failures[0])
    laps = [report for _, report in reports]
    return [list(phase) for phase in zip(*laps, strict=True)]


def rate(laps: list[Lap]) -> float:
    """Commands per second of all processes together, from the first start to the last end."""
    done = sum(len(lap.seconds) for lap in laps)
    took = max(lap.ended for lap in laps) - min(lap.began for lap in laps)
    return round(done / took, 1) if took else 0.0


def _report(
    runner: Callable[..., list[Lap]],
    barrier: Barrier,
    results: Any,  # noqa: ANN401 - multiprocessing's queue has no public type
    place: int,
    *arguments: Any,  # noqa: ANN401 - multiprocessing's queue has no public type
) -> None:
    try:
        results.put((place, runner(barrier, *arguments)))
    except Exception as error:  # told to the parent, which raises it
        barrier.abort()
        results.put((place, f"{type(error).__name__}: {error}"))
