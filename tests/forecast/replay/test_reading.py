"""Whatever a log is like: what can be meant is read, the rest is told by its line."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queueapp.config.problems import BranchFileError
from queueapp.forecast.replay.folder import read_material
from queueapp.forecast.replay.log import DeskWord, Ending
from queueapp.forecast.replay.reading import LogError
from tests.forecast.replay.logs import BRANCH, HEADING, a_folder, row

GOOD = row("t1", "09:00:00", "09:05:00", "09:10:00")


def bad_rows(folder: Path) -> list[str]:
    return [str(bad) for bad in read_material(folder).log.bad_rows]


def test_times_without_an_offset_are_on_the_branchs_clock(tmp_path: Path) -> None:
    [visit] = read_material(a_folder(tmp_path / "log", GOOD)).log.visits

    assert visit.arrived_at == datetime(2026, 3, 10, 5, 30, tzinfo=UTC)
    assert visit.wait == 300
    assert visit.outcome is Ending.SERVED


def test_visits_come_in_order_of_arrival_whatever_the_files_order(tmp_path: Path) -> None:
    early, late = row("t2", "08:00:00", "08:01:00", "08:02:00"), GOOD
    log = read_material(a_folder(tmp_path / "log", late, early)).log
    assert [visit.ticket for visit in log.visits] == ["t2", "t1"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (row("t2", "09:00:00", "08:59:00", "09:10:00"), "called_at is before arrived_at"),
        (row("t2", "09:00:00", "09:05:00", "09:04:00"), "ended_at is before started_at"),
        (row("t2", "nine", "09:05:00", "09:10:00"), "arrived_at is not a time such as"),
        (row("t2", ""), "there is no arrived_at"),
        (row("", "09:00:00"), "there is no ticket"),
        (
            row("t2", "09:00:00", outcome="served"),
            "the outcome is served and there is no called_at",
        ),
        (row("t2", "09:00:00", outcome="left"), "the outcome is left and there is no ended_at"),
        (row("t2", "09:00:00", "09:05:00", outcome="gone"), "outcome must be one of served"),
        (row("t2", "09:00:00", "09:05:00", counter="9"), "branch.toml has no counter 9"),
        (row("t2", "09:00:00", "09:05:00", service="Q"), "branch.toml has no service Q"),
        (row("t2", "09:00:00", "09:05:00", "09:06:00", day="9999-99-99"), "is not a time such as"),
    ],
)
def test_a_row_that_cannot_be_meant_is_skipped_and_told_by_its_line(
    tmp_path: Path, wrong: str, sentence: str
) -> None:
    folder = a_folder(tmp_path / "log", GOOD, wrong)

    [told] = bad_rows(folder)

    assert "line 3" in told
    assert sentence in told
    assert len(read_material(folder).log.visits) == 1


def test_a_visit_over_days_has_a_wrong_date(tmp_path: Path) -> None:
    wrong = row("t2", "09:00:00", "09:05:00").replace("2026-03-10T09:05", "2026-03-12T09:05")
    assert "more than a day" in bad_rows(a_folder(tmp_path / "log", GOOD, wrong))[0]


def test_rows_with_too_few_or_too_many_cells_are_no_trouble(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "log", GOOD, "t2,A", GOOD.replace("t1", "t3") + ",more,cells")
    log = read_material(folder).log
    assert [visit.ticket for visit in log.visits] == ["t1", "t3"]
    assert len(log.bad_rows) == 1


def test_spreadsheets_semicolons_and_marks_are_read(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "log", GOOD)
    text = "\n".join([HEADING, GOOD]).replace(",", ";")
    (folder / "visits.csv").write_text(text, encoding="utf-8-sig")
    assert len(read_material(folder).log.visits) == 1


def test_desks_and_appointments_are_read(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path / "log",
        GOOD,
        others={
            "desks.csv": (
                "counter,staff,state,at,expected_minutes\n"
                "1,sara,open,2026-03-10T08:00:00,\n"
                "1,sara,paused,2026-03-10T09:30:00,15\n"
                "1,sara,asleep,2026-03-10T09:45:00,\n"
                "1,sara,paused,2026-03-10T10:30:00,-5\n"
            ),
            "appointments.csv": (
                "appointment_at,service,booked_at\n2026-03-10T11:00:00,A,2026-03-01T10:00:00\n"
            ),
        },
    )

    log = read_material(folder).log

    assert log.desks is not None
    assert [change.state for change in log.desks] == [DeskWord.OPEN, DeskWord.PAUSED]
    assert log.desks[1].expected == timedelta(minutes=15)
    assert [bad.line for bad in log.bad_rows] == [4, 5]
    assert [slot.service for slot in log.bookings] == ["A"]


def test_a_file_alone_is_enough_and_what_was_inferred_is_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "log", GOOD, branch=None)
    packed = tmp_path / "some-visits.csv.gz"
    packed.write_bytes(gzip.compress((folder / "visits.csv").read_bytes()))

    material = read_material(packed)

    assert len(material.log.visits) == 1
    assert "1 services, 1 counters" in material.remarks[0]
    assert "desks.csv" in material.remarks[1]


def test_the_clock_of_a_log_without_a_plan_is_that_of_its_times(tmp_path: Path) -> None:
    with_offset = GOOD.replace(":00,", ":00+03:30,")
    material = read_material(a_folder(tmp_path / "log", with_offset, branch=None))
    assert material.plan.branch.time_zone == "Asia/Tehran"
    assert material.plan.branch.local(material.log.visits[0].arrived_at).hour == 9


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "lacks the columns ticket, service"),
        ("ticket,arrived_at\nt1,2026-03-10T09:00:00\n", "lacks the columns service, category"),
        (HEADING, "has no visit that could be read"),
        (HEADING + "\nt1,A,normal\n", "The first problem: visits.csv, line 2"),
    ],
)
def test_a_file_that_is_no_table_of_visits_is_refused_in_a_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    folder = a_folder(tmp_path / "log")
    (folder / "visits.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LogError, match=sentence):
        read_material(folder)


def test_what_is_not_there_or_not_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="no folder or file"):
        read_material(tmp_path / "nowhere")
    with pytest.raises(LogError, match=r"no visits\.csv"):
        read_material(tmp_path)
    (tmp_path / "visits.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LogError, match="UTF-8"):
        read_material(tmp_path)
    (tmp_path / "broken.csv.gz").write_bytes(b"not gzip")
    with pytest.raises(LogError, match="gzip"):
        read_material(tmp_path / "broken.csv.gz")


def test_a_log_that_names_no_counters_gets_as_many_as_were_busy_at_once(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path / "log",
        row("t1", "09:00:00", "09:00:00", "09:10:00", counter=""),
        row("t2", "09:01:00", "09:01:00", "09:05:00", counter=""),
        row("t3", "09:02:00", "09:05:00", "09:09:00", counter=""),
        row("t4", "09:03:00", "09:10:00", "09:12:00", counter=""),
        branch=None,
    )

    material = read_material(folder)

    assert [visit.counter for visit in material.log.visits] == ["1", "2", "2", "1"]
    assert len(material.plan.branch.counters) == 2


def test_services_of_other_systems_may_have_names_of_any_length(tmp_path: Path) -> None:
    branch = BRANCH.replace("[services.A]", "[services.BILLS]").replace('["A"]', '["BILLS"]')
    log = read_material(
        a_folder(
            tmp_path / "log", row("t1", "09:00:00", service="BILLS", outcome=""), branch=branch
        )
    ).log
    assert log.visits[0].service == "BILLS"


def test_mistakes_in_branch_toml_are_told_as_always(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "log", GOOD, branch=BRANCH.replace("mean_minutes = 4", ""))
    with pytest.raises(BranchFileError, match="mean_minutes"):
        read_material(folder)
