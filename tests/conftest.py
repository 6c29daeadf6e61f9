"""What every folder of tests may use."""

import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresServer, copied_sqlite, migrated_sqlite, start_postgres
from tests.spared_work import (
    look_for_garbage_rarely,
    parse_styles_once,
    read_certificates_once,
    write_statements_once,
)


def pytest_collection_finish() -> None:
    """Everything is imported that tests need."""
    parse_styles_once()
    write_statements_once()
    read_certificates_once()
    look_for_garbage_rarely()


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> PostgresServer:
    """A real PostgreSQL, shared by all workers of the run.

    Its folder lies outside pytest's own, which no other user may enter: started by root, the server
    runs as a user of its own.
    """
    return start_postgres(Path(tempfile.gettempdir()) / f"queueapp-{testrun_uid}" / "postgres")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows, to be copied: making it takes half a second."""
    return migrated_sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture
def sqlite_database(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a SQLite database that has all tables and no rows."""
    return copied_sqlite(migrated_file, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database that has all tables and no rows, of one kind after the other."""
    if request.param == "sqlite":
        address: str = request.getfixturevalue("sqlite_database")
        yield address
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url:
        yield url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything must be there (``.ci/run``), a test that lacks something has failed."""
    report = yield
    if report.skipped and "QUEUEAPP_CI" in os.environ and "needs " in report.longreprtext:
        report.outcome = "failed"
    return report
