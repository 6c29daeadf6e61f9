"""Offices to test in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.office import Office, office_on


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office that is set up, on a SQLite file."""
    with office_on(f"sqlite:///{tmp_path / 'office.db'}", tmp_path) as opened:
        yield opened
