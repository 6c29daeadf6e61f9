"""A command line of one's own: no settings, files or databases of whoever runs the tests."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from queueapp.cli.log import SUBJECT
from queueapp.config import settings as settings_module
from queueapp.config.settings import Settings
from tests.cli.command_line import CommandLine
from tests.operations.office import Office, open_office


@pytest.fixture
def command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CommandLine]:
    """Runs ``queueapp`` in an empty directory, with a log file and a database file in it."""
    for name in [*Settings.model_fields, "SETTINGS"]:
        monkeypatch.delenv(f"QUEUEAPP_{name.upper()}", raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setattr(settings_module, "default_settings_file", lambda: home / "settings.toml")
    monkeypatch.setenv("QUEUEAPP_LOG_FILE", str(home / "queueapp.log"))
    monkeypatch.setenv("QUEUEAPP_DB", str(home / "queue.db"))
    yield CommandLine(home)
    logger = logging.getLogger(SUBJECT)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.propagate = True


@pytest.fixture
def office(
    database: str, command_line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An office at work, on each kind of database, which the command line works on."""
    opened = open_office(database)
    monkeypatch.setenv("QUEUEAPP_DB", database)
    monkeypatch.setenv("QUEUEAPP_BRANCH", opened.branch.id)
    assert command_line.home.exists()
    yield opened
    opened.store.close()
