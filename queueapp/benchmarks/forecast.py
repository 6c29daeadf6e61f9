"""`queueapp bench forecast`: what it costs to estimate every wait, to learn, and to start."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from queueapp.benchmarks.bench_branch import bench_branch
from queueapp.benchmarks.busy_hall import NOW, a_branch, a_hall, past_visits
from queueapp.benchmarks.figures import milliseconds, percentile
from queueapp.benchmarks.history import lay_in
from queueapp.config.settings import Settings
from queueapp.domain.words import TicketId
from queueapp.forecast.calibration import GRID
from queueapp.forecast.correction import FEATURES
from queueapp.forecast.learner import Learner
from queueapp.forecast.learning.corrections import MOST as PROMISES
from queueapp.forecast.waits import predict
from queueapp.operations.forecasting import Learned, remembered
from queueapp.store.learned import SqlMemory

SIZES = ((10, 4, 3), (40, 8, 6), (60, 12, 5), (100, 20, 12), (200, 30, 12))
"""Waiting, counters, services."""
WARM_UP = 3
LEASE = timedelta(seconds=30)

Row = dict[str, Any]


def measure(settings: Settings, *, refreshes: int, legs: int) -> list[Row]:
    """A row for each size: estimates for everybody, learning from a visit; and how a start went.

    The first refresh of all, which may compile, is told in ``first_s``.
    """
    began = time.perf_counter()
    _refresh(4, 2, 2)()
    first_s = round(time.perf_counter() - began, 2)
    start = _start(settings, legs) if legs else {}
    return [{**_row(*size, refreshes), "first_s": first_s, **start} for size in SIZES]


def _row(waiting: int, counters: int, services: int, refreshes: int) -> Row:
    refresh = _refresh(waiting, counters, services)
    for _ in range(WARM_UP):
        refresh()
    busy = time.process_time()
    found = milliseconds([_seconds(refresh) for _ in range(refreshes)])
    busy = time.process_time() - busy
    return {
        "waiting": waiting,
        "counters": counters,
        "services": services,
        "ms_p50": found["p50"],
        "ms_p95": found["p95"],
        "processor_ms": round(busy / refreshes * 1000, 2),
        **_learning(counters, services),
    }


def _refresh(waiting: int, counters: int, services: int) -> Callable[[], None]:
    """One refresh of all estimates, as the forecaster makes it."""
    branch = a_branch(counters, services)
    learner = Learner(branch)
    learner.recall(past_visits(branch), after=None, until=NOW)
    hall = a_hall(branch, waiting)
    learner.saw(hall, NOW)

    def refresh() -> None:
        learner.predicted(predict(hall, NOW, knowledge=learner.knowledge(NOW)))

    return refresh


def _learning(counters: int, services: int) -> Row:
    """What a finished visit costs that is learned as it happens, in milliseconds."""
    branch = a_branch(counters, services)
    learner = Learner(branch)
    times = []
    for ticket in sorted(past_visits(branch), key=lambda ticket: ticket.arrived_at):
        ended = ticket.leg.ended_at or ticket.arrived_at
        times.append(_seconds(lambda t=ticket, at=ended: learner.ticket_changed(None, t, at)))  # type: ignore[misc]
    return {
        "learn_ms_p50": round(percentile(times, 0.5) * 1000, 3),
        "learn_ms_p95": round(percentile(times, 0.95) * 1000, 3),
    }


def _start(settings: Settings, legs: int) -> Row:
    """From ``legs`` legs of history to what can be known: without a snapshot, and with one."""
    with bench_branch(settings, desks=1) as branch:
        opened = branch.open()
        lay_in(opened, branch, legs)
        memory, live = SqlMemory(opened.store), opened.store.live(opened.id)
        now = opened.clock()
        times = {}
        for name in ("start_anew_s", "start_s"):  # the second finds what the first has saved
            began = time.perf_counter()
            learner = remembered(memory, opened.id, live, now)
            learner.knowledge(now)
            times[name] = round(time.perf_counter() - began, 2)
            _promise(learner, now)
            opened.store.take_lease(opened.id, "bench", LEASE)
            saved = Learned(revision=live.revision, snapshot=learner.to_json())
            memory.save_learned(opened.id, "bench", saved)
        opened.store.close()
    return {"start_legs": legs, **times}


def _promise(learner: Learner, now: datetime) -> None:
    """As many predictions and what came of them as a branch remembers: a snapshot holds them."""
    chance = np.random.default_rng(1)
    service, *_ = learner.knowledge(now).services
    for number in range(PROMISES):
        ticket, made_at = TicketId(UUID(int=number)), now - timedelta(minutes=number)
        raw = np.sort(chance.exponential(600, GRID + 1))
        learner.quality.predicted({ticket: raw}, made_at, {ticket: service}, made_at.hour)
        features = {ticket: chance.normal(6, 1, FEATURES)}
        learner.corrections.predicted(features, {ticket: raw[:: GRID // 3]}, made_at)
        called = made_at + timedelta(seconds=chance.exponential(600))
        learner.quality.called(ticket, called)
        learner.corrections.called(ticket, called, shortest=1)
    learner.corrections.begin_day()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
