"""Each key of branch.toml and each setting is in the reference, which names no others."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from queueapp.config.branch_file import parse_branch
from queueapp.config.sample_branch import sample_branch_toml, telecom_office_toml
from queueapp.config.settings import FILE_VARIABLE, PREFIX, Settings
from queueapp.config.toml_table import TomlTable
from tests.config.branch_texts import BRANCH

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
ROW = re.compile(r"^\| `(?P<key>\w+)` \|", re.MULTILINE)
SECTIONS = {
    (): "The branch",
    ("services", "*"): "`[services.A]`",
    ("services", "*", "opening"): "`[[services.A.opening]]`",
    ("services", "*", "booking"): "`[services.A.booking]`",
    ("categories", "*"): "`[categories.normal]`",
    ("counters", "*"): "`[counters.1]`",
    ("roster",): "`[[roster]]`",
    ("phone",): "`[phone]`",
    ("holidays",): "`[[holidays]]`",
}


def documented(text: str) -> dict[str, set[str]]:
    """The keys in the table of each section of a reference page."""
    _, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    return {section.splitlines()[0]: set(ROW.findall(section)) for section in sections}


@pytest.fixture
def keys_by_section(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The keys that reading a branch file asks for, by the heading they belong under."""
    keys: dict[str, set[str]] = defaultdict(set)
    ask = TomlTable.get

    def remember(table: TomlTable, key: str) -> object | None:
        parents = [part for part in table.path if isinstance(part, str)]
        if len(parents) > 1:
            parents[1] = "*"
        keys[SECTIONS[tuple(parents)]].add(key)
        return ask(table, key)

    monkeypatch.setattr(TomlTable, "get", remember)
    for text in (
        BRANCH,
        sample_branch_toml(),
        telecom_office_toml(),
        'public_url = "http://a.b"\nholidays = "iran"\nphone = { link = true }\n' + BRANCH,
    ):
        parse_branch(text)
    return keys


def test_each_key_of_the_branch_file_is_in_the_reference(
    keys_by_section: dict[str, set[str]],
) -> None:
    text = (REFERENCE / "branch-toml.md").read_text(encoding="utf-8")
    in_reference = {heading: keys for heading, keys in documented(text).items() if keys}
    assert in_reference == dict(keys_by_section)


def test_each_setting_is_in_the_reference_with_its_flag_and_variable() -> None:
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    table = re.search(r"\| setting .*?\n\n", text, re.DOTALL)
    assert table is not None
    assert set(ROW.findall(table[0])) == set(Settings.model_fields)
    for name in Settings.model_fields:
        row = f"| `{name}` | `--{name.replace('_', '-')}` | `{PREFIX}{name.upper()}` |"
        assert row in table[0]
    assert FILE_VARIABLE in text


def test_the_reference_tells_the_true_defaults() -> None:
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    for name in ("branch", "theme", "kiosk_idle_seconds"):
        default = Settings.model_fields[name].default
        assert re.search(rf"^\| `{name}` .*\| `{default}` \|$", text, re.MULTILINE)
