"""``queueapp`` alone: what it finds, and what a choice starts."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from queueapp.cli import app, demo, launcher, setting_up, terminals
from queueapp.config.sample_branch import telecom_office
from queueapp.config.settings import Settings, read_settings
from queueapp.domain.words import CounterNumber
from queueapp.tui.programs import Program, Start
from tests.databases import open_sample


def settings_for(file: Path) -> Settings:
    return read_settings(db=str(file), branch="demo")


def test_where_nobody_can_choose_the_help_is_printed() -> None:
    answer = CliRunner().invoke(app, [])
    assert answer.exit_code == 0
    assert "Usage" in answer.output
    assert "kiosk" in answer.output


def test_looking_for_a_branch_makes_no_database(tmp_path: Path) -> None:
    file = tmp_path / "none" / "queueapp.db"
    found = launcher.find(settings_for(file))
    assert found.branch is None
    assert not found.trouble
    assert found.database == str(file)
    assert not file.parent.exists()


def test_the_branch_in_the_database_is_found(tmp_path: Path) -> None:
    file = tmp_path / "queueapp.db"
    store, _operations = open_sample(f"sqlite:///{file}", telecom_office())
    store.close()
    found = launcher.find(settings_for(file))
    assert found.branch is not None
    assert [counter.number for counter in found.branch.counters] == [1, 2, 3, 4, 5, 6]


def test_a_database_without_this_branch_has_none(tmp_path: Path) -> None:
    file = tmp_path / "queueapp.db"
    store, _operations = open_sample(f"sqlite:///{file}", telecom_office())
    store.close()
    assert launcher.find(read_settings(db=str(file), branch="elsewhere")).branch is None


@pytest.mark.parametrize(
    ("chosen", "module", "command", "handed_on"),
    [
        (Start(program=Program.KIOSK), terminals, "kiosk", ()),
        (Start(program=Program.BOARD, language="fa"), terminals, "board", ()),
        (Start(program=Program.COUNTER, counter=CounterNumber(3)), terminals, "counter", ("3",)),
        (Start(program=Program.SUPERVISOR), terminals, "supervisor", ()),
        (Start(program=Program.RATING, counter=CounterNumber(2)), terminals, "rate", ("2",)),
        (Start(program=Program.DEMO, language="en"), demo, "demo", ()),
    ],
)
def test_a_choice_starts_its_program_in_the_language_on_show(
    chosen: Start,
    module: object,
    command: str,
    handed_on: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[tuple[tuple[str, ...], str | None]] = []
    monkeypatch.setattr(module, command, lambda *given, language: started.append((given, language)))
    launcher.start(chosen)
    assert started == [(handed_on, chosen.language)]


def test_setting_up_is_init(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[bool] = []
    monkeypatch.setattr(setting_up, "init", lambda: started.append(True))
    launcher.start(Start(program=Program.SET_UP))
    assert started == [True]
