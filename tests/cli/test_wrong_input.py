"""Whatever is typed, the answer is a sentence and exit code 1, and nothing is lost."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from queueapp.bootstrap.child_keeper import ChildKeeper
from queueapp.config.sample_branch import sample_branch_toml
from tests.cli.command_line import CommandLine


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands of ``ready`` left behind, once they have run."""
    return tmp_path_factory.mktemp("ready") / "home"


@pytest.fixture
def ready(command_line: CommandLine, kept: Path) -> CommandLine:
    """A branch that is set up, with Sara on the staff."""
    if kept.exists():
        shutil.copytree(kept, command_line.home, dirs_exist_ok=True)
        return command_line
    assert command_line("init").exit_code == 0
    added = command_line("staff", "add", "12", "--name", "Sara", "--pin", "2468")
    assert added.exit_code == 0, added
    shutil.copytree(command_line.home, kept)
    return command_line


@pytest.fixture
def in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the command was typed in a terminal window, but without the forecaster's process."""
    monkeypatch.setattr("queueapp.tui.environment.require_terminal", lambda: None)
    monkeypatch.setattr(ChildKeeper, "_look", lambda _keeper, rest: rest)


def test_a_branch_is_set_up_in_two_commands(ready: CommandLine) -> None:
    assert (ready.home / "branch.toml").exists()
    again = ready("init")
    assert again.exit_code == 0
    assert "Wrote" not in again.out
    assert "staff add" not in again.out


def test_the_sample_does_not_take_the_place_of_a_living_branch(ready: CommandLine) -> None:
    own = ready.home / "branch.toml"
    own.write_text(own.read_text().replace("Bill payment", "Parcels"))
    assert ready("branch", "apply", "--yes").exit_code == 0
    own.rename(ready.home / "office.toml")
    assert "Nothing was changed" in ready.refuses("init")
    assert not own.exists()
    assert "Nothing to change" in ready("branch", "apply", "office.toml").out


@pytest.mark.usefixtures("in_a_terminal")
@pytest.mark.parametrize("words", [("counter", "nine"), ("rate", "--counter", "nine")])
def test_a_word_is_no_counter(ready: CommandLine, words: tuple[str, ...]) -> None:
    said = "nine is no number of a counter: type one of 1, 2, 3."
    assert ready.refuses(*words) == said


@pytest.mark.usefixtures("in_a_terminal")
@pytest.mark.parametrize(
    "words", [("counter", "99"), ("counter", "0"), ("rate", "--counter", "99")]
)
def test_a_counter_that_the_branch_lacks(ready: CommandLine, words: tuple[str, ...]) -> None:
    number = words[-1]
    assert ready.refuses(*words) == f"There is no counter {number} in this branch."


def test_a_screen_without_a_terminal(ready: CommandLine) -> None:
    assert "needs a terminal window" in ready.refuses("counter", "1")


@pytest.mark.usefixtures("in_a_terminal")
@pytest.mark.parametrize(
    "words", [("kiosk",), ("counter", "1"), ("branch", "apply"), ("export", "visits")]
)
def test_a_database_that_is_not_there_is_not_made(
    command_line: CommandLine, words: tuple[str, ...]
) -> None:
    (command_line.home / "branch.toml").write_text(sample_branch_toml(), encoding="utf-8")
    missing = command_line.home / "mistyped.db"
    sentence = command_line.refuses(*words, "--db", "mistyped.db")
    assert sentence.startswith(f"There is no database at {missing}: run `queueapp init` first")
    assert not missing.exists()


def test_a_database_without_a_branch(command_line: CommandLine) -> None:
    assert command_line("db", "upgrade").exit_code == 0
    sentence = command_line.refuses("staff", "add", "12", "--name", "Sara", "--pin", "2468")
    assert sentence.endswith("run `queueapp init` first.")


def test_a_branch_that_the_database_lacks(ready: CommandLine) -> None:
    sentence = ready.refuses("branch", "apply", "--branch", "north")
    assert sentence.startswith('There is no branch "north" in this database yet')


def test_a_database_that_a_newer_program_made(ready: CommandLine) -> None:
    with sqlite3.connect(ready.home / "queue.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert "made by a newer queueapp" in ready.refuses("branch", "apply")


def test_a_server_that_does_not_answer(command_line: CommandLine) -> None:
    sentence = command_line.refuses("init", "--db", "postgresql://nobody@127.0.0.1:9/queue")
    assert sentence.startswith("The database does not answer, so nothing was done.")


def test_a_file_that_is_no_database(command_line: CommandLine) -> None:
    (command_line.home / "letter.txt").write_text("Dear sir or madam, " * 100, encoding="utf-8")
    sentence = command_line.refuses("init", "--db", "letter.txt")
    assert sentence.splitlines()[1] == "file is not a database"


def test_a_database_in_a_place_that_is_no_directory(command_line: CommandLine) -> None:
    (command_line.home / "letter.txt").write_text("Dear sir or madam", encoding="utf-8")
    assert "letter.txt cannot be used" in command_line.refuses(
        "init", "--db", "letter.txt/queue.db"
    )


def test_a_branch_file_with_mistakes(command_line: CommandLine) -> None:
    (command_line.home / "branch.toml").write_text('id = "x"\nname = \n', encoding="utf-8")
    assert command_line.refuses("branch", "check").startswith("branch.toml:2")


def test_a_branch_file_that_is_not_there(command_line: CommandLine) -> None:
    assert "there is no such file" in command_line.refuses("branch", "check", "nowhere.toml")


def test_a_directory_where_the_branch_file_cannot_be_written(command_line: CommandLine) -> None:
    sentence = command_line.refuses("init", "nowhere/branch.toml")
    assert sentence == "nowhere/branch.toml cannot be used: no such file or directory."


def test_a_branch_elsewhere_is_ready_and_what_comes_next_is_told_the_same(
    command_line: CommandLine,
) -> None:
    told = command_line("init", "--db", "elsewhere.db").out
    assert told.splitlines()[-1] == (
        "Give each of them --db as here, or put that into the settings."
    )
    assert "Give each" not in command_line("init").out


def test_a_role_that_nobody_has(ready: CommandLine) -> None:
    sentence = ready.refuses("staff", "add", "7", "--name", "Reza", "--role", "boss", "--pin=1234")
    assert sentence == "--role: must be one of clerk, supervisor, administrator, not 'boss'."


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [
        ("", "Reza", "CODE: must be 1 to 40 letters or figures."),
        ("\u200f", "Reza", "CODE: must be 1 to 40 letters or figures."),
        ("7" * 41, "Reza", "CODE: must be 1 to 40 letters or figures."),
        ("re za", "Reza", "CODE: must be one word, for it is typed at every sign-in."),
        ("7", " ", "--name: must be 1 to 40 letters or figures."),
        ("7", "Re\nza", "--name: must be 1 to 40 letters or figures."),
    ],
)
def test_somebody_without_a_code_or_a_name(
    ready: CommandLine, code: str, name: str, sentence: str
) -> None:
    assert ready.refuses("staff", "add", code, "--name", name, "--pin", "2468") == sentence


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "2026-03", "1405/13/01", ""])
def test_a_day_that_is_none(ready: CommandLine, day: str) -> None:
    for words in (("export", "visits", "--since"), ("appointments", "list", "--day")):
        answer = ready(*words, day)
        assert answer.exit_code == 2
        assert "must be a day such as 2026-03-21 or 1405/01/01" in " ".join(answer.err.split())


@pytest.mark.parametrize("pin", ["123", "12a4", "1234567890123"])
def test_a_pin_that_is_none(ready: CommandLine, pin: str) -> None:
    sentence = ready.refuses("staff", "add", "7", "--name", "Reza", "--pin", pin)
    assert sentence == "A PIN has 4 to 12 digits."


def test_a_pin_that_nobody_can_be_asked_for(ready: CommandLine) -> None:
    assert ready.refuses("staff", "reset-pin", "12").startswith("--pin: give the PIN here")


def test_a_person_who_is_there_already_or_not_at_all(ready: CommandLine) -> None:
    twice = ready.refuses("staff", "add", "12", "--name", "Omid", "--pin", "2468")
    assert twice == "Sara has this code already: choose another one."
    nobody = "Nobody on the staff has the code 99."
    assert nobody in ready.refuses("staff", "reset-pin", "99", "--pin", "2468")


def test_a_setting_that_cannot_be_used(ready: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUEAPP_THEME", "blue")
    assert ready.refuses("branch", "apply").startswith("QUEUEAPP_THEME: must be")


def test_a_settings_file_that_is_not_there(command_line: CommandLine) -> None:
    assert "there is no file" in command_line.refuses("init", "--settings", "nowhere.toml")


def test_an_unforeseen_failure_goes_to_the_log_file(
    ready: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(path: Path) -> None:
        raise ZeroDivisionError(path)

    monkeypatch.setattr("queueapp.config.branch_file.read_branch", break_down)
    ready("staff", "list")  # so that settings have been read
    sentence = ready.refuses("branch", "apply")
    assert sentence == (
        "Something went wrong that should not have: ZeroDivisionError."
        f" The details are in {ready.home / 'queueapp.log'}."
    )
    assert "Traceback" in ready.log()
    assert "ZeroDivisionError: branch.toml" in ready.log()


def test_a_log_file_that_cannot_be_written_hides_no_failure(
    ready: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_db: object) -> None:
        raise ZeroDivisionError

    (ready.home / "letter.txt").write_text("Dear sir or madam", encoding="utf-8")
    monkeypatch.setenv("QUEUEAPP_LOG_FILE", "letter.txt/queueapp.log")
    monkeypatch.setattr("queueapp.store.schema.upgrade", break_down)
    sentence = ready.refuses("db", "upgrade")
    assert sentence.splitlines() == [
        "Something went wrong that should not have: ZeroDivisionError.",
        "The details could not be kept: the log file cannot be written.",
    ]


def test_who_works_here_is_listed_and_can_leave(ready: CommandLine) -> None:
    ready("staff", "add", "۷", "--name", "علي", "--pin", "۱۲۳۴")
    assert ready("staff", "list").out.splitlines() == ["12  Sara (clerk)", "7   علی (clerk)"]
    assert ready("staff", "remove", "۷").out == "7 is not on the staff any more.\n"
    assert ready("staff", "list").out.splitlines() == ["12  Sara (clerk)"]
    assert ready.refuses("staff", "remove", "7") == "Nobody on the staff has the code 7."


def test_a_calendar_is_written_once(command_line: CommandLine) -> None:
    assert "Name it in branch.toml" in command_line("branch", "holidays", "holidays.toml").out
    assert "nothing was written" in command_line.refuses("branch", "holidays", "holidays.toml")
