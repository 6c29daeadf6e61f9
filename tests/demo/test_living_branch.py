"""The branch behind the demo: it lives, it shows honest ranges, and it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from queueapp.bootstrap import OpenBranch
from queueapp.demo.living_branch import living_branch
from queueapp.demo.people import YOU, YOUR_COUNTER
from queueapp.domain.estimate import Estimate
from queueapp.domain.live import LiveBranch

FAST = 60.0
COMPILED = 150.0
"""Seconds until a machine that never did has compiled the simulation, with others at work."""
PROGRAM = """
import sys, time
from queueapp.demo.living_branch import living_branch
with living_branch(60.0) as branch:
    print(branch.settings.database.path, flush=True)
    sys.stdin.read()
"""


def wait_until(happened: Callable[[], bool], within: float = 30.0) -> None:
    """Look again and again; what is waited for happens in another thread or process."""
    due = time.monotonic() + within
    while not happened():
        assert time.monotonic() < due, "it did not happen in time"
        time.sleep(0.02)


def live(opened: OpenBranch) -> LiveBranch:
    return opened.store.live(opened.id)


def ranges(opened: OpenBranch) -> list[Estimate]:
    picture, now = live(opened), opened.clock()
    forecasts = [picture.forecast_waiting(ticket.id, now) for ticket in picture.waiting]
    return [forecast for forecast in forecasts if isinstance(forecast, Estimate)]


def forecasters_of(database: str) -> list[int]:
    """The processes that were started to compute estimates for ``database``."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            started_with = (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if database.encode() in started_with and b"forecaster" in command.split(b"\0"):
            found.append(int(process.name))
    return found


def test_it_has_lived_an_hour_goes_on_and_tells_ranges() -> None:
    with living_branch(FAST) as branch:
        opened = branch.opened
        wait_until(branch.has_begun.is_set)
        assert live(opened).desk(YOUR_COUNTER).staff == YOU
        before = live(opened)
        assert len(before.served) > 10
        assert before.waiting
        wait_until(lambda: len(live(opened).served) > len(before.served) + 3)
        wait_until(lambda: len(live(opened).ratings) > len(before.ratings))
        wait_until(lambda: bool(ranges(opened)), within=COMPILED)


@pytest.mark.usefixtures("without_estimates")
def test_its_clock_runs_as_fast_as_was_asked_for() -> None:
    with living_branch(FAST, large_text=True) as branch:
        assert branch.context().large_text
        opened = branch.opened
        wait_until(branch.has_begun.is_set)
        assert live(opened).desk(YOUR_COUNTER).staff == YOU
        real, simulated = time.monotonic(), opened.clock()
        wait_until(lambda: opened.clock() - simulated > timedelta(seconds=30))
        assert time.monotonic() - real >= 30 / FAST


def test_nothing_is_left_of_it() -> None:
    with living_branch(FAST) as branch:
        opened = branch.opened
        database = branch.settings.database.path
        assert database is not None
        wait_until(lambda: bool(forecasters_of(str(database))))
        assert opened.plan().counters
    assert not database.parent.exists()
    assert forecasters_of(str(database)) == []


def test_it_can_be_left_while_its_hour_still_rushes_by() -> None:
    with living_branch(FAST) as branch:
        database = branch.settings.database.path
    assert database is not None
    assert not database.parent.exists()


def test_a_demo_that_was_killed_takes_its_child_with_it() -> None:
    demo = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert demo.stdin is not None
    assert demo.stdout is not None
    database = Path(demo.stdout.readline().strip())
    wait_until(lambda: bool(forecasters_of(str(database))))
    os.kill(demo.pid, signal.SIGKILL)
    demo.wait()
    wait_until(lambda: forecasters_of(str(database)) == [])
    demo.stdin.close()
    demo.stdout.close()
    for file in database.parent.iterdir():
        file.unlink()
    database.parent.rmdir()
