"""Days are played and advice is given on the command line; wrong input is a sentence."""

import json
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine

SMALL = """
id = "small"
name = { en = "Small", fa = "کوچک" }
time_zone = "Asia/Tehran"
[services.A]
name = { en = "Bills", fa = "قبض" }
target_minutes = 10
mean_minutes = 4
spread_minutes = 2
[categories.normal]
name = { en = "Normal", fa = "عادی" }
[counters.1]
services = ["A"]
[[roster]]
days = "every day"
hours = "09:00-11:00"
"""


@pytest.fixture
def small(command_line: CommandLine) -> CommandLine:
    (command_line.home / "branch.toml").write_text(SMALL, encoding="utf-8")
    return command_line


def played(command_line: CommandLine, *words: str) -> dict[str, object]:
    answer = command_line("simulate", "--days", "1", "--json", *words)
    assert answer.exit_code == 0, answer.err
    figures: dict[str, object] = json.loads(answer.out)
    return figures


def test_the_figures_of_a_day_are_one_json_object(small: CommandLine) -> None:
    figures = played(small)
    assert figures["branch"] == "small"
    assert {
        "mean_wait",
        "p90_wait",
        "share_past_target",
        "longest_wait_by_category",
        "clerk_idle_hours",
        "overtime_hours",
    } <= figures.keys()
    assert not (small.home / "queue.db").exists(), "the database of the settings is left alone"


def test_the_same_seed_has_the_same_figures_and_another_has_others(small: CommandLine) -> None:
    assert played(small, "--seed", "4") == played(small, "--seed", "4")
    assert played(small, "--seed", "4") != played(small, "--seed", "5")


def test_a_table_says_the_same_in_words_and_progress_goes_elsewhere(small: CommandLine) -> None:
    answer = small("simulate", "--days", "1", "--policy", "fifo")
    assert "past their target" in answer.out
    assert "longest wait, normal" in answer.out
    assert "Playing" not in answer.out


def test_an_unknown_policy_is_named_with_those_there_are(small: CommandLine) -> None:
    said = small.refuses("simulate", "--policy", "lottery")
    assert said == "--policy: must be one of accumulating, strict, fifo, not 'lottery'."


def test_a_file_that_is_not_there_or_wrong_is_told(small: CommandLine) -> None:
    assert "there is no such file" in small.refuses("simulate", "--branch", "nowhere.toml")
    Path("broken.toml").write_text("services = 3", encoding="utf-8")
    assert "broken.toml" in small.refuses("simulate", "--branch", "broken.toml")


def test_a_roster_without_anybody_cannot_be_played(small: CommandLine) -> None:
    rest = SMALL.replace('id = "small"', 'id = "small"\nweekend = "every day"')
    Path("branch.toml").write_text(rest, encoding="utf-8")
    assert "no day can be played" in small.refuses("simulate", "--days", "1")


# -- advice ---------------------------------------------------------------------------------------


def test_advice_about_an_empty_branch_is_that_nothing_helps(small: CommandLine) -> None:
    assert small("init").exit_code == 0
    answer = small("advise")
    assert answer.exit_code == 0
    assert answer.out.startswith("Nothing that could be done now would shorten")


def test_advice_is_one_json_object(small: CommandLine) -> None:
    assert small("init").exit_code == 0
    answer = small("advise", "--json")
    assert json.loads(answer.out).keys() == {"made_at", "advice", "ahead", "slower"}


def test_no_roster_is_proposed_for_a_branch_that_was_never_seen_at_work(small: CommandLine) -> None:
    assert small("init").exit_code == 0
    answer = small("advise", "--roster", "roster.toml")
    assert answer.exit_code == 1
    assert "Nothing was written" in answer.out
    assert not Path("roster.toml").exists()


def test_advice_needs_a_branch(command_line: CommandLine) -> None:
    assert "queueapp init" in command_line.refuses("advise")
