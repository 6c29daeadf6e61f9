"""Appointments on the command line: taken over from a file, listed, cancelled."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from queueapp.domain.branch import OpeningHours, Span, Weekday
from queueapp.domain.slot_rules import SlotRules
from queueapp.operations.appointment_commands import CheckIn
from queueapp.operations.commands import ApplyBranch
from tests.cli.command_line import CommandLine
from tests.domain.samples import LINES
from tests.operations.office import Office, open_office

TODAY = "2030-03-12"
"""Ahead on the real clock, which the command line goes by."""


@pytest.fixture
def office(
    command_line: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Office]:
    """New lines by appointment, 8 to 18."""
    url = f"sqlite:///{tmp_path / 'office.db'}"
    opened = open_office(url)
    hours = Span(starts=time(8), ends=time(18))
    opening = tuple(OpeningHours(weekday=day, span=hours) for day in Weekday)
    lines = replace(opened.branch.service(LINES), booking=SlotRules(), opening=opening)
    opened.do(ApplyBranch(branch=opened.branch.with_service(lines)))
    monkeypatch.setenv("QUEUEAPP_DB", url)
    monkeypatch.setenv("QUEUEAPP_BRANCH", opened.branch.id)
    assert command_line.home.exists()
    yield opened
    opened.store.close()


def a_file(home: Path, *rows: str, head: str = "appointment_at,service,reference,label") -> str:
    file = home / "tomorrow.csv"
    file.write_text("\n".join([head, *rows, ""]), encoding="utf-8-sig")
    return file.name


def listed(command_line: CommandLine, day: str) -> list[dict[str, str]]:
    answer = command_line("appointments", "list", "--day", day, "--format", "csv")
    return list(csv.DictReader(io.StringIO(answer.out)))


@pytest.mark.usefixtures("office")
def test_a_file_is_taken_over_once_however_often(command_line: CommandLine) -> None:
    file = a_file(
        command_line.home,
        f"{TODAY} 10:30,B,n-1,Ms Karimi",
        f"{TODAY}T11:00:00+03:30,B,n-2,",
    )
    assert command_line("appointments", "import", file).out == (
        "2 added, 0 changed, 0 as they were, 0 left out.\n"
    )
    a_file(command_line.home, f"{TODAY} 10:40,B,n-1,Ms Karimi", f"{TODAY} 11:00,B,n-2,")
    assert command_line("appointments", "import", file).out == (
        "0 added, 1 changed, 1 as they were, 0 left out.\n"
    )
    found = [
        (row["appointment_at"][11:16], row["reference"]) for row in listed(command_line, TODAY)
    ]
    assert found == [("10:40", "n-1"), ("11:00", "n-2")]


@pytest.mark.usefixtures("office")
def test_persian_spreadsheets_are_read_too(command_line: CommandLine) -> None:
    rows = ("۱۴۰۸/۱۲/۲۲ ۱۰:۳۰;B;۱۲;خانم كريمي",)
    file = a_file(command_line.home, *rows, head="appointment_at;service;reference;label")
    assert command_line("appointments", "import", file).out.startswith("1 added")
    [row] = listed(command_line, TODAY)
    assert (row["appointment_at"][11:16], row["label"]) == ("10:30", "خانم کریمی")


@pytest.mark.usefixtures("office")
def test_what_another_system_sends_is_no_formula_in_the_list(command_line: CommandLine) -> None:
    file = a_file(command_line.home, f"{TODAY} 10:30,B,@n-1,=1+1", f"{TODAY} 11:00,B,-12,")
    command_line("appointments", "import", file)
    found = [(row["reference"], row["label"]) for row in listed(command_line, TODAY)]
    assert found == [("'@n-1", "'=1+1"), ("-12", "")]


@pytest.mark.usefixtures("office")
def test_bad_rows_are_told_by_line_and_left_out(command_line: CommandLine) -> None:
    file = a_file(
        command_line.home,
        f"{TODAY} 10:30,B,n-1,",
        "soon,B,n-2,",
        f"{TODAY} 10:30,A,n-3,",
        f"{TODAY} 10:30,Z,n-4,",
        f"{TODAY} 10:30,B,,",
        "2020-03-12 10:30,B,n-6,",
        f"{TODAY} 20:30,B,n-7,",
        f"{TODAY} 10:30,B,{'n' * 61},",
    )
    answer = command_line("appointments", "import", file)
    assert answer.exit_code == 0
    assert answer.out == "1 added, 0 changed, 0 as they were, 7 left out.\n"
    told = [line.partition(": ") for line in answer.err.splitlines()]
    assert [head for head, _, _ in told] == [f"{file}:{line}" for line in range(3, 10)]
    for (_, _, sentence), expected in zip(
        told,
        [
            "such as 2026-11-22 10:30, not 'soon'",
            "Bill payment takes no appointments",
            "Z",
            "reference is missing",
            "is over",
            "New line is closed at that time",
            "more than 60 letters",
        ],
        strict=True,
    ):
        assert expected in sentence


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("missing.csv", None, "cannot be read"),
        ("visits.csv", "ticket,service\n", "the column appointment_at is missing"),
        ("empty.csv", "", "the column appointment_at is missing"),
        ("latin.csv", b"appointment_at,service,reference\n\xff", "as UTF-8"),
    ],
)
def test_a_file_that_is_none_of_appointments_is_refused(
    command_line: CommandLine, name: str, text: str | bytes | None, sentence: str
) -> None:
    if text is not None:
        (command_line.home / name).write_bytes(text.encode() if isinstance(text, str) else text)
    assert sentence in command_line.refuses("appointments", "import", name)


def test_the_list_says_what_became_of_each_and_counts(
    office: Office, command_line: CommandLine
) -> None:
    today = office.branch.day(office.clock()).isoformat()
    file = a_file(command_line.home, f"{TODAY} 10:30,B,n-1,Ms Karimi", f"{TODAY} 11:00,B,n-2,")
    command_line("appointments", "import", file)
    codes = [row["code"] for row in listed(command_line, TODAY)]
    command_line("appointments", "cancel", f"{codes[1][:4]} {codes[1][4:]}")
    office.clock.moment = office.clock.moment.replace(year=2030, month=3, day=12, hour=7, minute=0)
    office.do(CheckIn(code=codes[0], language="fa"))
    lines = command_line("appointments", "list", "--day", TODAY).out.splitlines()
    assert lines[0] == f"10:30  B  {codes[0][:4]} {codes[0][4:]}  checked in  n-1  Ms Karimi"
    assert "cancelled" in lines[1]
    assert lines[2] == "1 booked: 1 came, 0 missed, 0 to come; 1 cancelled."
    assert command_line("appointments", "list", "--day", today).out == (
        f"No appointments on {today}.\n"
    )


@pytest.mark.usefixtures("office")
def test_a_code_that_was_never_given_is_refused(command_line: CommandLine) -> None:
    assert "no appointment with this code" in command_line.refuses(
        "appointments", "cancel", "12345678"
    )
