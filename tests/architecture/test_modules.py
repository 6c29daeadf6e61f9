"""Habits that no linter knows: what each module is like, and what it does when it is imported."""

import ast
import re
import tomllib

from tests.architecture.sources import ROOT, at_import, calls, modules, name_of, parsed

LONGEST = 400
"""Lines; a longer file has two subjects."""
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MADE_WHEN_NEEDED = {
    "create_engine": "an engine",
    "sessionmaker": "a session",
    "getLogger": "a logger",
    "connect": "a connection",
    "now": "the time",
    "utcnow": "the time",
    "monotonic": "the time",
    "read_settings": "settings",
    "Settings": "settings",
}
"""Calls that no module makes when it is imported, and what they would make."""


def test_a_file_is_read_in_one_sitting() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in modules(tests=True)}
    migrations = "queueapp/store/migrations/versions/"  # written once, in order, never read through
    assert [
        f"{name}: {length} lines"
        for name, length in lengths.items()
        if length > LONGEST and not name.startswith(migrations)
    ] == []


def test_nothing_is_left_for_later() -> None:
    own = name_of(ROOT / "tests/architecture/test_modules.py")
    assert [
        f"{name_of(path)}:{number}"
        for path in modules(tests=True)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if UNFINISHED.search(line) and name_of(path) != own
    ] == []


def test_every_module_says_what_it_is() -> None:
    assert [name_of(path) for path in modules() if not ast.get_docstring(parsed(path))] == []


def test_only_the_command_line_prints() -> None:
    assert [
        name_of(path)
        for path in modules()
        if "print" in calls(parsed(path)) and not name_of(path).startswith("queueapp/cli/")
    ] == []


def test_nothing_that_lives_is_made_by_an_import() -> None:
    made = [
        f"{name_of(path)}: {MADE_WHEN_NEEDED[called]}"
        for path in modules()
        for statement in at_import(parsed(path))
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr)
        for called in (name.rsplit(".", 1)[-1] for name in calls(statement))
        if called in MADE_WHEN_NEEDED
    ]
    assert made == []


def test_every_package_has_its_layer() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [
        contract
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]
    placed = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    there = {
        f"queueapp.{path.stem}"
        for path in (ROOT / "queueapp").iterdir()
        if not path.name.startswith("_")
        and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert placed == there | {"kiosk", "counters"}
