"""Every command and option, key, table and column is in the reference, which names no others."""

import importlib
import pkgutil
from types import ModuleType
from typing import Any

import pytest
from sqlmodel import SQLModel
from typer.main import get_command

import counters
import kiosk
import queueapp.tui
from queueapp.cli import app
from queueapp.demo.demo_terminal import DemoTerminal
from queueapp.demo.role_bar import ROLES
from queueapp.store import learned_tables, print_tables, tables
from queueapp.tui.keys import Key
from queueapp.tui.role_screen import RoleScreen
from tests.cli.commands import commands
from tests.docs.pages import DOCS, listed, marked, sections

REFERENCE = DOCS / "reference"
SHARED = {
    "--db",
    "--branch",
    "--settings",
    "--language",
    "--theme",
    "--large-text",
    "--log-file",
}
COMMANDS = commands(get_command(app))
OF_COMMANDS = sections(REFERENCE / "commands.md")
OF_KEYS = sections(REFERENCE / "keys.md")
OF_SCHEMA = sections(REFERENCE / "schema.md")

SCREENS = {
    "StaffScreen": "Every screen of staff",
    "SignInScreen": "Sign-in",
    "DeskWork": "Desk",
    "EverybodyScreen": "List of everybody",
    "Supervisor": "Supervisor's wall",
    "SupervisorScreen": "Supervisor's wall",
    "BoardScreen": "Hall board",
}
"""Where the keys of each screen are told; a screen with keys of its own that is not here fails."""


def parameters(name: str) -> set[str]:
    """The options of a command by their long names, and its arguments."""
    return {
        parameter.opts[-1] if parameter.param_type_name == "option" else parameter.metavar
        for parameter in COMMANDS[name].params
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_in_the_reference_with_everything_it_takes(name: str) -> None:
    section = OF_COMMANDS[f"queueapp {name}"]
    own = {word.split()[0] for word in listed(section) if word.startswith("--") or word.isupper()}
    shared = SHARED & marked(section)
    assert own | shared == parameters(name)


def test_the_reference_names_no_other_command() -> None:
    told = {heading for heading in OF_COMMANDS if heading.startswith("queueapp ")}
    assert told == {f"queueapp {name}" for name in COMMANDS}


def test_the_shared_options_are_told_once() -> None:
    told = {word.split()[0] for word in listed(OF_COMMANDS["Shared options"])}
    assert told == SHARED


def modules(package: ModuleType) -> list[ModuleType]:
    """Every module of ``package``."""
    return [
        importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    ]


def screens_with_keys() -> dict[str, tuple[Key, ...]]:
    """Every screen of a role that declares keys of its own."""
    return {
        screen.__name__: screen.__dict__["KEYS"]
        for package in (kiosk, counters, queueapp.tui)
        for module in modules(package)
        for screen in vars(module).values()
        if isinstance(screen, type)
        and issubclass(screen, RoleScreen)
        and screen.__dict__.get("KEYS")
    }


KEYS_OF_SCREENS = screens_with_keys()


@pytest.mark.parametrize("screen", KEYS_OF_SCREENS)
def test_every_key_of_a_screen_is_in_the_reference(screen: str) -> None:
    told = listed(OF_KEYS[SCREENS[screen]])
    assert {key.shown_as for key in KEYS_OF_SCREENS[screen]} <= told


def test_the_keys_of_the_demo_are_in_the_reference() -> None:
    told = {word.lower() for word in listed(OF_KEYS["Demo"])}
    bound = {
        key
        for binding in DemoTerminal.BINDINGS
        for key in getattr(binding, "key", "").split(",")
        if key.isascii()
    }
    assert {role.key for role in ROLES} <= told
    assert bound <= told


def columns() -> dict[str, set[str]]:
    """The columns of every table."""
    assert tables.BranchRow.__tablename__ == "branch"
    assert print_tables.PrintRow.__tablename__ == "print"
    assert learned_tables.LearnedRow.__tablename__ == "learned"
    found: dict[str, Any] = SQLModel.metadata.tables
    return {name: {column.name for column in table.columns} for name, table in found.items()}


def test_every_table_and_column_is_in_the_reference() -> None:
    told = {
        heading: listed(section)
        for heading, section in OF_SCHEMA.items()
        if not heading.startswith("Indexes")
    }
    assert told == columns()


def test_every_index_that_is_told_exists() -> None:
    found: dict[str, Any] = SQLModel.metadata.tables
    existing = {index.name for table in found.values() for index in table.indexes}
    assert listed(OF_SCHEMA["Indexes that keep a call quick"]) <= existing
