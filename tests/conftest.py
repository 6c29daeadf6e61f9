"""What every folder of tests may use."""

import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresServer, start_postgres


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> PostgresServer:
    """A real PostgreSQL, shared by all workers of the run.

    Its folder lies outside pytest's own, which no other user may enter: started by root, the server
    runs as a user of its own.
    """
    return start_postgres(Path(tempfile.gettempdir()) / f"queueapp-{testrun_uid}" / "postgres")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; a test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'queueapp.db'}"
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
