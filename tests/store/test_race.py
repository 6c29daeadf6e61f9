"""Eight real processes want the same numbers and the same customers at the same moment."""

import multiprocessing
from itertools import chain
from multiprocessing.synchronize import Barrier

import pytest

from queueapp.benchmarks.racing import Lap, race
from queueapp.domain.words import CounterNumber
from queueapp.store import schema
from queueapp.store.store import SqlStore
from tests.store.busy_hall import (
    SERVICES,
    Hall,
    build_hall,
    call,
    issue,
    serve_in_hand,
    sign_on,
)

PROCESSES = 8
TICKETS_EACH = 10


@pytest.fixture(autouse=True)
def _processes_that_have_imported_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each begins as a copy of one that knows the hall: a new one imports for two seconds."""
    servers = multiprocessing.get_context("forkserver")
    servers.set_forkserver_preload([build_hall.__module__])
    monkeypatch.setattr(multiprocessing, "get_context", lambda _method: servers)


def test_nobody_is_called_twice_lost_or_given_anothers_number(database: str) -> None:
    store = SqlStore(database)
    schema.ensure_current(store.writing)
    hall = build_hall(store, PROCESSES)
    store.close()

    issued, called = race(run, [(hall, number) for number in range(1, PROCESSES + 1)])

    given = list(chain.from_iterable(lap.labels for lap in issued))
    reached = list(chain.from_iterable(lap.labels for lap in called))
    assert len(given) == len(set(given)) == PROCESSES * TICKETS_EACH
    assert sorted(reached) == sorted(given)
    assert sum(bool(lap.labels) for lap in called) > 1, "one process did it all: no race"
    audit = hall.audit()
    assert audit.is_clean, audit
    assert audit.unfinished == 0
    assert audit.labels == set(given)


def run(barrier: Barrier, hall: Hall, number: int) -> list[Lap]:
    """One process: give tickets out against the others, then call against them."""
    store, operations = hall.open()
    at = CounterNumber(number)
    sign_on(operations, at)
    given, reached = Lap(), Lap()
    barrier.wait()
    for turn in range(TICKETS_EACH):
        given.add(0.0, issue(operations, SERVICES[turn % len(SERVICES)]))
    barrier.wait()
    while (label := call(operations, at)) is not None:
        reached.add(0.0, label)
        serve_in_hand(store, operations, hall, at)
    store.close()
    return [given, reached]
