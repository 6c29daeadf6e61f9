"""Several real processes that start at the same moment and report what they did."""

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier
from time import monotonic
from typing import Any, Self

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

    @classmethod
    def beginning(cls, barrier: Barrier) -> Self:
        """A lap that begins when all processes have come to ``barrier``."""
        barrier.wait()
        return cls(began=monotonic())

    def end(self) -> Self:
        """The same lap, which ends now."""
        self.ended = monotonic()
        return self

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


def rate(turns: Sequence[Sequence[Lap]]) -> float:
    """Commands per second of all processes together.

    ``turns`` are laps of one phase, of all processes for each turn; a turn takes from the first
    start to the last end.
    """
    took = sum(max(lap.ended for lap in turn) - min(lap.began for lap in turn) for turn in turns)
    return round(len(seconds(turns)) / took, 1) if took else 0.0


def seconds(turns: Sequence[Sequence[Lap]]) -> list[float]:
    """How long each measured command of ``turns`` took."""
    return [each for turn in turns for lap in turn for each in lap.seconds]


def labels(turns: Sequence[Sequence[Lap]]) -> list[str]:
    """The ticket of each measured command of ``turns``."""
    return [each for turn in turns for lap in turn for each in lap.labels]


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
