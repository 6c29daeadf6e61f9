"""Offices to test in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.office import Office, office_on
from tests.acceptance.terminals import ended_after


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of an office that is set up, to be copied: its real PINs take a second to hash."""
    folder = tmp_path_factory.mktemp("prepared") / "office"
    folder.mkdir()
    with office_on(f"sqlite:///{folder / 'office.db'}", folder):
        return folder


@pytest.fixture
def office(prepared: Path, tmp_path: Path) -> Iterator[Office]:
    """An office that is set up, on a SQLite file."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    with ended_after(Office(f"sqlite:///{tmp_path / 'office.db'}", tmp_path)) as opened:
        yield opened
