"""``queueapp replay`` as a person types it: figures, a file of estimates, and plain sentences."""

import csv
import json
from pathlib import Path

import pytest

from queueapp.forecast.replay.predictors.panel import NAMES
from tests.cli.command_line import CommandLine
from tests.forecast.replay.logs import HEADING, a_folder, a_made_folder, row

EVERYBODY = {"queueapp", *NAMES}


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four days of a made branch, the first a Saturday, 2026-01-03."""
    return a_made_folder(
        tmp_path_factory.mktemp("made") / "log", days=4, name="clinic, appointments"
    )


def test_every_predictor_is_scored_on_the_same_visits(
    command_line: CommandLine, days: Path
) -> None:
    answer = command_line("replay", str(days), "--train-until", "2026-01-05", "--json")

    figures = json.loads(answer.out)
    assert answer.exit_code == 0
    assert figures["days"] == 2
    assert set(figures["overall"]) == EVERYBODY
    assert {score["visits"] for score in figures["overall"].values()} == {figures["queued"]}
    assert figures["queued"] > 80
    assert (
        sum(scores["queueapp"]["visits"] for scores in figures["by_hour"].values())
        == (figures["queued"])
    )
    ours = figures["overall"]["queueapp"]
    assert (
        0 < ours["mean_absolute_error"] < figures["overall"]["queue_length"]["mean_absolute_error"]
    )
    assert "Replaying" in answer.err


def test_the_file_of_estimates_has_a_row_for_each_visit_and_predictor(
    command_line: CommandLine, days: Path
) -> None:
    command_line("replay", str(days), "--train-until", "2026-01-06", "--estimates", "told.csv")

    with (command_line.home / "told.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "ticket",
        "at",
        "predictor",
        "p10",
        "p50",
        "p80",
        "p90",
        "actual",
    ]
    assert {told["at"][:10] for told in rows} == {"2026-01-06"}
    tickets = {told["ticket"] for told in rows}
    assert len(rows) == len(tickets) * len(EVERYBODY)
    for told in rows:
        if told["predictor"] == "queueapp":
            values = [float(told[name]) for name in ("p10", "p50", "p80", "p90")]
            assert values == sorted(values)
            assert values[0] >= 0


def test_the_tables_say_what_is_in_them(command_line: CommandLine, days: Path) -> None:
    out = command_line("replay", str(days), "--train-until", "2026-01-06").out

    assert "queueapp by service" in out
    assert "queueapp by hour" in out
    assert "did not have to wait" in out
    assert "0 bad rows" in out


def test_bad_rows_are_told_by_line_and_the_rest_is_played(command_line: CommandLine) -> None:
    folder = a_folder(
        command_line.home / "log",
        row("t1", "09:00:00", "09:00:00", "09:05:00"),
        row("t2", "09:01:00", "09:00:30", "09:09:00"),
        *(row(f"b{number}", "when?") for number in range(30)),
        row("t3", "09:02:00", "09:05:00", "09:09:00"),
    )

    answer = command_line("replay", str(folder))

    assert answer.exit_code == 0
    assert "visits.csv, line 3: called_at is before arrived_at" in answer.err
    assert "… and 11 more." in answer.err
    assert "31 rows were skipped." in answer.err
    assert "1 queued" in answer.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere"], "There is no folder or file nowhere."),
        (["empty"], "has no visits.csv"),
        (["log", "--train-until", "2027-01-01"], "leaves no day to score"),
        (["nobody"], "Nobody in this log was ever called"),
        (["mistaken"], "mean_minutes"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    command_line: CommandLine, words: list[str], sentence: str
) -> None:
    home = command_line.home
    (home / "empty").mkdir()
    a_folder(home / "log", row("t1", "09:00:00", "09:00:00", "09:05:00"))
    a_folder(home / "nobody", row("t1", "09:00:00", "", "09:05:00", outcome="left", counter=""))
    a_folder(home / "mistaken", branch='id = "x"\n[services.A]\nname = "A"\n')

    assert sentence in command_line.refuses("replay", *words)


def test_a_log_in_which_nobody_queued_has_nothing_to_score(command_line: CommandLine) -> None:
    folder = a_folder(command_line.home / "log", row("t1", "09:00:00", "09:00:00", "09:05:00"))
    assert "nothing to score" in command_line("replay", str(folder)).out
    assert json.loads(command_line("replay", str(folder), "--json").out)["queued"] == 0


def test_visits_that_were_exported_are_read_as_they_are(command_line: CommandLine) -> None:
    """More columns than the replay needs, and milliseconds."""
    heading = f"{HEADING},leg,state,note"
    times = (("09:00:00", "09:00:00", "09:04:00"), ("09:02:00", "09:04:00", "09:06:00"))
    first, second = (
        row(f"2026-03-10-A00{number}", *clocks).replace(":00,", ":00.000+03:30,")
        for number, clocks in enumerate(times)
    )
    lines = [heading, f"{first},1,ended,ok", f"{second},1,ended,"]
    (command_line.home / "visits.csv").write_text("\n".join(lines), encoding="utf-8")

    answer = command_line("replay", "visits.csv", "--json")

    assert json.loads(answer.out)["queued"] == 1
    assert "There is no branch.toml" in answer.err
    assert "There is no desks.csv" in answer.err
