"""The doctor finds each thing that can be wrong, says what to do, and changes nothing."""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from queueapp.cli.doctor import database as database_checks
from queueapp.cli.doctor.branch import branch_findings
from queueapp.cli.doctor.database import clock_finding
from queueapp.cli.doctor.findings import Finding, Verdict
from queueapp.cli.doctor.terminal import Window, terminal_findings
from queueapp.config.database_address import read_database_address
from queueapp.domain.estimate import Estimates
from queueapp.store.health import DatabaseHealth, branch_health
from tests.cli.command_line import CommandLine
from tests.domain.samples import MINA
from tests.operations.office import Office

XTERM = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XTERM_VERSION": "XTerm(390)"}


def look(command_line: CommandLine, *words: str) -> tuple[int, list[Finding]]:
    """The exit code and what was found."""
    answer = command_line("doctor", "--json", *words)
    return answer.exit_code, [Finding(**found) for found in json.loads(answer.out)["findings"]]


def only_wrong(command_line: CommandLine, *words: str) -> Finding:
    """The one thing that is wrong."""
    exit_code, findings = look(command_line, *words)
    assert exit_code == 1
    [wrong] = [finding for finding in findings if finding.verdict == Verdict.WRONG]
    assert wrong.advice
    return wrong


def in_words(office: Office, *statements: str) -> None:
    """Do to the database what no command would."""
    with office.store.writing.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.mark.usefixtures("office")
def test_a_branch_in_order_is_told_so(command_line: CommandLine) -> None:
    exit_code, findings = look(command_line)
    assert exit_code == 0
    assert {finding.subject for finding in findings} == {
        "settings", "terminal", "database", "clock", "branch", "staff", "forecaster",
    }  # fmt: skip
    assert all(finding.advice for finding in findings if finding.verdict != Verdict.OK)


@pytest.mark.usefixtures("office")
def test_people_read_a_line_for_each_finding(command_line: CommandLine) -> None:
    told = command_line("doctor").out.splitlines()
    at = next(number for number, line in enumerate(told) if " forecaster " in line)
    assert told[at].startswith("attention")
    assert told[at + 1].strip() == "→ Start any terminal: it computes them beside."
    assert {line.split()[0] for line in told} == {"ok", "attention", "→"}


def test_nothing_is_changed(office: Office, command_line: CommandLine) -> None:
    before = office.rows()
    look(command_line)
    assert office.rows() == before


# -- settings -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("office")
def test_each_setting_says_where_it_comes_from(command_line: CommandLine) -> None:
    (command_line.home / "settings.toml").write_text('theme = "light"\n', encoding="utf-8")
    _, findings = look(command_line, "--language", "fa")
    told = [finding.sentence for finding in findings if finding.subject == "settings"]
    assert "branch is azadi (QUEUEAPP_BRANCH)." in told
    assert "language is fa (--language)." in told
    assert f"theme is light ({command_line.home / 'settings.toml'}:1 theme)." in told
    assert "kiosk_idle_seconds is 30 (the default)." in told


def test_a_password_is_not_told(command_line: CommandLine) -> None:
    answer = command_line("doctor", "--db", "postgresql://queue:geheim@127.0.0.1:9/queue")
    assert answer.exit_code == 1
    assert "queue:***@" in answer.out
    assert "geheim" not in answer.out + answer.err


def test_a_setting_that_cannot_be_used(
    command_line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUEUEAPP_THEME", "blue")
    wrong = only_wrong(command_line)
    assert wrong.subject == "settings"
    assert wrong.sentence.startswith("QUEUEAPP_THEME: must be")


@pytest.mark.usefixtures("office")
def test_a_log_file_that_cannot_be_written(command_line: CommandLine) -> None:
    (command_line.home / "letter.txt").write_text("Dear sir or madam", encoding="utf-8")
    wrong = only_wrong(command_line, "--log-file", "letter.txt/queueapp.log")
    assert "letter.txt/queueapp.log cannot be written" in wrong.sentence


# -- database -------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_not_made(command_line: CommandLine) -> None:
    wrong = only_wrong(command_line)
    assert wrong.sentence.startswith("There is no database yet at")
    assert not (command_line.home / "queue.db").exists()


def test_a_server_that_does_not_answer(command_line: CommandLine) -> None:
    wrong = only_wrong(command_line, "--db", "postgresql://nobody@127.0.0.1:9/queue")
    assert "does not answer" in wrong.sentence


def test_a_file_that_is_no_database(command_line: CommandLine) -> None:
    (command_line.home / "letter.txt").write_text("Dear sir or madam, " * 99, encoding="utf-8")
    wrong = only_wrong(command_line, "--db", "letter.txt")
    assert "file is not a database" in wrong.sentence


def test_an_empty_database(command_line: CommandLine) -> None:
    sqlite3.connect(command_line.home / "queue.db").close()
    (command_line.home / "queue.db").touch()
    assert only_wrong(command_line).sentence == "It has no tables yet."


@pytest.mark.parametrize(("layout", "word"), [("9999", "newer"), ("0000", "older")])
def test_a_database_of_another_version(
    office: Office, command_line: CommandLine, layout: str, word: str
) -> None:
    in_words(office, f"UPDATE alembic_version SET version_num = '{layout}'")
    assert f"{word} queueapp (layout {layout}" in only_wrong(command_line).sentence


@pytest.mark.usefixtures("office")
def test_a_branch_that_is_not_there(command_line: CommandLine) -> None:
    wrong = only_wrong(command_line, "--branch", "north")
    assert wrong.sentence == 'There is no branch "north" in this database yet.'


def test_a_database_that_takes_no_changes(
    office: Office, command_line: CommandLine, database: str
) -> None:
    if database.startswith("postgresql"):
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only"
                " = on', current_database()); END $$"
            )
    else:
        in_words(
            office,
            "CREATE TRIGGER full BEFORE UPDATE ON branch"
            " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
        )
    assert only_wrong(command_line).sentence.startswith("Changes cannot be written:")


def test_a_file_on_a_network_drive(
    command_line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (command_line.home / "queue.db").touch()

    def network(_path: Path) -> str:
        return "nfs4"

    monkeypatch.setattr(database_checks, "drive_kind", network)
    assert "lies on a network drive" in only_wrong(command_line).sentence


def test_the_drive_of_a_file_is_known(tmp_path: Path) -> None:
    assert database_checks.drive_kind(tmp_path) not in database_checks.SHARED_DRIVES


def test_a_file_that_cannot_keep_changes_beside_it() -> None:
    assert database_checks.journal_finding("delete").verdict is Verdict.WRONG
    assert database_checks.journal_finding("wal").verdict is Verdict.OK


# -- clocks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ahead_s", "verdict"),
    [(0.3, Verdict.OK), (-20, Verdict.ATTENTION), (20, Verdict.ATTENTION), (900, Verdict.WRONG)],
)
def test_two_clocks_that_disagree(ahead_s: float, verdict: Verdict) -> None:
    health = DatabaseHealth(
        layout="1",
        newest_layout="1",
        round_trip_ms=1,
        ahead=timedelta(seconds=ahead_s),
        journal=None,
    )
    address = read_database_address("postgresql://queue@db.example.com/queue")
    finding = clock_finding(health, address)
    assert finding.verdict is verdict
    assert ("behind" if ahead_s > 0 else "ahead of") in finding.sentence


def test_a_clock_that_was_set_back(office: Office, command_line: CommandLine) -> None:
    in_words(office, "UPDATE event SET at = '2126-03-10 08:30:00.000000'")
    wrong = only_wrong(command_line)
    assert (wrong.subject, "in the future" in wrong.sentence) == ("clock", True)


def test_a_time_zone_that_this_machine_does_not_know(
    office: Office, command_line: CommandLine
) -> None:
    in_words(office, "UPDATE branch SET time_zone = 'Mars/Olympus'")
    assert "Mars/Olympus" in only_wrong(command_line).sentence


# -- branch, staff, forecaster --------------------------------------------------------------------


def test_a_service_that_no_counter_serves(office: Office, command_line: CommandLine) -> None:
    in_words(office, "DELETE FROM counter_service WHERE service = 'B'")
    assert only_wrong(command_line).sentence.startswith("No counter serves New line")


def test_a_branch_without_anything(office: Office, command_line: CommandLine) -> None:
    in_words(office, "UPDATE service SET retired = true")
    assert only_wrong(command_line).sentence == 'The branch "azadi" is empty.'


@pytest.mark.usefixtures("office")
def test_a_branch_file_with_mistakes(command_line: CommandLine) -> None:
    (command_line.home / "branch.toml").write_text('id = "x"\nname = \n', encoding="utf-8")
    assert only_wrong(command_line).sentence.startswith("branch.toml:2")


def test_a_branch_file_that_was_not_applied(command_line: CommandLine) -> None:
    command_line("init")
    file = command_line.home / "branch.toml"
    changed = file.read_text(encoding="utf-8").replace(
        'time_zone = "Asia/Tehran"', 'time_zone = "UTC"'
    )
    file.write_text(changed, encoding="utf-8")
    _, findings = look(command_line)
    assert "branch.toml and the branch in the database differ." in [
        finding.sentence for finding in findings if finding.verdict == Verdict.ATTENTION
    ]


def test_nobody_on_the_staff(office: Office, command_line: CommandLine) -> None:
    in_words(office, "DELETE FROM staff")
    assert only_wrong(command_line).sentence == "Nobody is on the staff, so no desk can be opened."


def test_nobody_who_may_steer(office: Office, command_line: CommandLine) -> None:
    in_words(office, f"DELETE FROM staff WHERE code = '{MINA}'")
    exit_code, findings = look(command_line)
    assert exit_code == 0
    [staff] = [finding for finding in findings if finding.subject == "staff"]
    assert staff.sentence.startswith("There is no supervisor")


def test_estimates_that_come_and_estimates_that_stopped(office: Office) -> None:
    store, branch = office.store, office.branch.id
    store.take_lease(branch, "a terminal", timedelta(hours=1))
    now = branch_health(store, branch).now

    def verdict_after(age: timedelta) -> Verdict:
        said = Estimates(made_at=now - age, revision=office.live.revision)
        store.publish(branch, "a terminal", said)
        findings = branch_findings(branch_health(store, branch))
        [forecaster] = [finding for finding in findings if finding.subject == "forecaster"]
        return forecaster.verdict

    assert verdict_after(timedelta(0)) is Verdict.OK
    assert verdict_after(timedelta(minutes=5)) is Verdict.WRONG


# -- terminal -------------------------------------------------------------------------------------


def verdicts(**facts: object) -> list[Verdict]:
    """What is found of a good window with these facts changed, the worst of it."""
    good: dict[str, object] = {
        "is_terminal": True, "size": (120, 40), "encoding": "utf-8", "variables": XTERM,
    }  # fmt: skip
    window = Window(**(good | facts))  # type: ignore[arg-type] # facts of a test
    return [found.verdict for found in terminal_findings(window) if found.verdict != Verdict.OK]


def test_a_good_window() -> None:
    assert verdicts() == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"size": (40, 10)}, Verdict.WRONG),
        ({"size": (70, 22)}, Verdict.ATTENTION),
        ({"encoding": "ascii"}, Verdict.WRONG),
        ({"is_terminal": False}, Verdict.ATTENTION),
        ({"variables": XTERM | {"TERM": "dumb"}}, Verdict.WRONG),
        ({"variables": XTERM | {"NO_COLOR": "1"}}, Verdict.ATTENTION),
        ({"variables": {"TERM": "xterm", "XTERM_VERSION": "390"}}, Verdict.ATTENTION),
        ({"variables": XTERM | {"KITTY_WINDOW_ID": "1"}}, Verdict.ATTENTION),
        ({"variables": XTERM | {"KONSOLE_VERSION": "220401"}}, Verdict.ATTENTION),
        ({"variables": XTERM | {"MLTERM": "3.9"}}, Verdict.ATTENTION),
        ({"variables": XTERM | {"TMUX": "1", "VTE_VERSION": "7200"}}, Verdict.ATTENTION),
        ({"variables": {"TERM": "unheard-256color"}}, Verdict.ATTENTION),
    ],
)
def test_a_window_with_something_about_it(facts: dict[str, object], found: Verdict) -> None:
    assert verdicts(**facts) == [found]


@pytest.mark.parametrize(
    "variables",
    [
        {"TERM": "foot-direct"},
        {"TERM": "alacritty", "COLORTERM": "truecolor"},
        {"TERM": "xterm-256color", "VTE_VERSION": "7200"},
        {"TERM": "xterm-256color", "WT_SESSION": "1"},
    ],
)
def test_terminals_that_show_persian_as_it_should_be(variables: dict[str, str]) -> None:
    assert verdicts(variables=variables) == []
