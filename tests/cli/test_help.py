"""Every command explains itself, with an example that is one, and the shell completes it."""

import os
import shlex
import subprocess
import sys
from importlib.metadata import version

import pytest
from typer.main import get_command

from queueapp.cli import app
from tests.cli.command_line import CommandLine
from tests.cli.commands import commands

COMMANDS = commands(get_command(app))


def test_the_commands_that_were_promised_are_there() -> None:
    promised = """
        init | branch check | branch apply | db upgrade | staff add | staff reset-pin | kiosk
        | board | rate | counter | supervisor | demo | doctor | export visits | export events
        | bench desk | bench sync | bench history | bench start | bench web
        | web | api-key create | api-key list | api-key revoke
    """
    assert {" ".join(words.split()) for words in promised.split("|")} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_and_an_example_of_itself(name: str, command_line: CommandLine) -> None:
    command = COMMANDS[name]
    assert command.help
    assert command.epilog
    kind, _, example = command.epilog.partition(": ")
    assert kind == "Example"
    program, *words = shlex.split(example.partition("|")[0])
    assert program == "queueapp"
    assert " ".join(words).startswith(name)
    told = command_line(*name.split(), "--help")
    assert told.exit_code == 0
    assert example in " ".join(told.out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    for parameter in COMMANDS[name].params:
        assert getattr(parameter, "help", None), f"{name} {parameter.name}"


@pytest.mark.parametrize("group", sorted({name.rpartition(" ")[0] for name in COMMANDS}))
def test_the_list_of_commands_is_cut_nowhere(
    group: str, command_line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    told = command_line(*group.split(), "--help")
    assert told.exit_code == 0
    assert "..." not in told.out.partition("Commands:")[2]


def test_the_version_is_told(command_line: CommandLine) -> None:
    assert command_line("--version").out == f"queueapp {version('queueapp')}\n"


def run_as_a_module(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "queueapp", *words],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_program_is_a_module_too() -> None:
    told = run_as_a_module("--version")
    assert (told.returncode, told.stdout) == (0, f"queueapp {version('queueapp')}\n")
    wrong = run_as_a_module("branch", "check", "nowhere.toml")
    assert wrong.returncode == 1
    assert len(wrong.stderr.splitlines()) == 1


def test_the_shell_completes_commands() -> None:
    told = run_as_a_module(
        _PYTHON__M_QUEUEAPP_COMPLETE="complete_bash",
        _QUEUEAPP_COMPLETE="complete_bash",
        COMP_WORDS="queueapp s",
        COMP_CWORD="1",
    )
    assert {"supervisor", "staff"} <= set(told.stdout.split())


LOADED = """
import sys, queueapp.cli
print([name for name in ("textual", "sqlalchemy", "numpy", "pydantic") if name in sys.modules])
"""


def test_help_loads_no_database_and_no_screens() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
