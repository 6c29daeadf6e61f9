"""The office that takes appointments, on one kind of database or on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.appointments.booked_office import (
    open_booked,
)
from tests.operations.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """For what the rules say: one kind of database is enough."""
    opened = open_booked(f"sqlite:///{tmp_path / 'queueapp.db'}")
    yield opened
    opened.store.close()


@pytest.fixture
def on_either(database: str) -> Iterator[Office]:
    """For what the database must keep: on both kinds."""
    opened = open_booked(database)
    yield opened
    opened.store.close()
