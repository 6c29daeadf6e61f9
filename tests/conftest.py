"""What every folder of tests may use."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresServer, start_postgres


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> PostgresServer:
    """A real PostgreSQL, shared by all workers of the run."""
    base = tmp_path_factory.getbasetemp()
    return start_postgres((base if worker_id == "master" else base.parent) / "postgres")


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
