"""Of several forecasters of a branch one computes; the others load nothing."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from queueapp.bootstrap import OpenBranch, computing, open_branch
from queueapp.bootstrap.forecaster import run_forecaster
from queueapp.config.settings import read_settings
from queueapp.operations.commands import ApplyBranch
from queueapp.operations.forecasting import Forecaster
from tests.domain.samples import a_branch

PATIENCE_S = 30


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenBranch]:
    branch = a_branch()
    opened = open_branch(read_settings(db=str(tmp_path / "a.db"), branch=str(branch.id)))
    opened.store.create_branch(opened.id)
    opened.operations.handle(ApplyBranch(branch=branch))
    with closing(opened.store):
        yield opened


@pytest.fixture
def made_ready(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when a forecaster is made ready, at a time when nobody else can have the lease."""
    event = threading.Event()

    def ready(opened: OpenBranch, holder: str) -> Forecaster:
        if not opened.store.lease_is_free(opened.id):
            event.set()
        return Forecaster(opened.store, opened.id, holder, opened.clock)

    monkeypatch.setattr(computing, "ready_forecaster", ready)
    return event


@contextmanager
def forecaster_of(opened: OpenBranch) -> Iterator[None]:
    """Runs beside, until the block is over."""
    ends, terminal = os.pipe()
    with os.fdopen(ends, "rb") as its_input:
        running = threading.Thread(target=run_forecaster, args=(opened, its_input))
        running.start()
        try:
            yield
        finally:
            os.close(terminal)
            running.join(PATIENCE_S)
    assert not running.is_alive()


def test_a_forecaster_is_made_ready_once_it_has_the_lease(
    opened: OpenBranch, made_ready: threading.Event
) -> None:
    with forecaster_of(opened):
        assert made_ready.wait(PATIENCE_S)


def test_while_another_computes_a_forecaster_is_not_made_ready(
    opened: OpenBranch, made_ready: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened.store.take_lease(opened.id, "another", timedelta(minutes=1))
    take, asked = opened.store.take_lease, threading.Event()

    def take_and_tell(*who: object) -> bool:
        got = take(*who)  # type: ignore[arg-type] # handed on as it is
        asked.set()
        return got

    monkeypatch.setattr(opened.store, "take_lease", take_and_tell)
    with forecaster_of(opened):
        assert asked.wait(PATIENCE_S)
    assert not made_ready.is_set()
