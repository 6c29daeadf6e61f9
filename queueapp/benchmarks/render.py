"""`queueapp bench render`: what a Persian screen costs, and how soon a key is answered."""

import asyncio
from typing import Any

from queueapp.benchmarks import answering, drawing
from queueapp.benchmarks.bench_branch import BenchBranch, bench_branch
from queueapp.benchmarks.figures import percentile
from queueapp.config.settings import Settings
from queueapp.operations.commands import CallNext, IssueTicket, StartService

SIZE = (200, 60)
DESKS = 6
TICKETS = 40


def measure(settings: Settings) -> dict[str, Any]:
    """``en_ms`` and ``fa_ms`` of a full screen, and ``key_p95_ms``.

    A full screen: the mean over the five terminals of the median drawing. ``fa_first_ms`` is the
    same with no line and no word that was seen before; the ratios compare both with English.
    """
    with bench_branch(settings, desks=DESKS) as branch:
        _fill(branch)
        drawn = asyncio.run(drawing.measure(branch, SIZE))
        answers = answering.measure(branch, SIZE)
    every = [seconds for terminal in answers.values() for seconds in terminal]
    return {
        "en_ms": _milliseconds(drawn.english),
        "fa_ms": _milliseconds(drawn.persian),
        "ratio": round(drawn.persian / drawn.english, 2),
        "fa_first_ms": _milliseconds(drawn.persian_first),
        "first_ratio": round(drawn.persian_first / drawn.english, 2),
        "keys": len(every),
        "key_p50_ms": _milliseconds(percentile(every, 0.50)),
        "key_p95_ms": _milliseconds(percentile(every, 0.95)),
        "key_p95_ms_of": {
            name: _milliseconds(percentile(seconds, 0.95)) for name, seconds in answers.items()
        },
    }


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)


def _fill(branch: BenchBranch) -> None:
    """A hall as in a busy hour: people wait for every service, and every desk serves one."""
    opened = branch.open()
    for number in range(TICKETS):
        service = branch.services[number % len(branch.services)]
        opened.operations.handle(
            IssueTicket(service=service, category=branch.category, language="fa")
        )
    for counter, clerk in branch.desks:
        opened.operations.handle(CallNext(counter=counter, staff=clerk))
        opened.operations.handle(StartService(counter=counter, staff=clerk))
    opened.store.close()
