"""Visits and history leave the branch whole, row by row, and without its secrets."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event

from queueapp.benchmarks.bench_branch import bench_branch
from queueapp.benchmarks.history import TICKETS_A_DAY, lay_in
from queueapp.config.settings import read_settings
from queueapp.domain.rating import RatingReason
from queueapp.operations.commands import (
    AddService,
    CallTicket,
    Finish,
    NoShow,
    Transfer,
    Undo,
)
from queueapp.store.export import events, visits
from tests.cli.command_line import CommandLine
from tests.databases import PIN
from tests.domain.samples import BILLS, DONE, FIRST, LINES, NORMAL, SARA, SECOND, TODAY
from tests.operations.office import AtDesk, Office

AT_FIRST = AtDesk(staff=SARA, counter=FIRST)
REPLAY_FORMAT = (
    "ticket,service,category,appointment_at,arrived_at,called_at,started_at,ended_at,outcome,"
    "counter,staff"
)


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def objects(text: str) -> list[dict[str, Any]]:
    """The objects of a JSON lines text."""
    return [json.loads(line) for line in text.splitlines()]


def test_a_visit_is_one_row_with_its_times_on_the_branchs_clock(
    office: Office, command_line: CommandLine
) -> None:
    office.sign_on()
    issued = office.issue()
    office.later(minutes=7)
    office.call()
    office.later(minutes=1)
    office.start()
    office.later(minutes=4)
    office.do(Finish(**AT_FIRST, outcome_code=DONE, note="نقدی، با رسید"))
    office.rate(issued, 2, reason=RatingReason.UNCLEAR_ANSWER)

    answer = command_line("export", "visits")

    assert answer.exit_code == 0
    assert answer.out.startswith(f"{REPLAY_FORMAT},leg,")
    [visit] = rows(answer.out)
    assert visit["ticket"] == "2026-03-10-A001"
    assert (visit["service"], visit["category"]) == (BILLS, NORMAL)
    assert visit["appointment_at"] == ""
    assert visit["arrived_at"] == "2026-03-10T12:00:00.000+03:30"
    assert visit["called_at"] == "2026-03-10T12:07:00.000+03:30"
    assert visit["started_at"] == "2026-03-10T12:08:00.000+03:30"
    assert visit["ended_at"] == "2026-03-10T12:12:00.000+03:30"
    assert (visit["outcome"], visit["counter"], visit["staff"]) == ("served", "1", SARA)
    assert (visit["outcome_code"], visit["note"]) == ("done", "نقدی، با رسید")
    assert (visit["rating"], visit["rating_reason"]) == ("2", "unclear_answer")


def test_a_note_that_looks_like_a_formula_is_text_to_a_spreadsheet(
    office: Office, command_line: CommandLine
) -> None:
    note = '=HYPERLINK("http://evil.example")'
    office.sign_on()
    office.issue()
    office.serve()
    office.do(Finish(**AT_FIRST, outcome_code=DONE, note=note))
    [visit] = rows(command_line("export", "visits").out)
    assert visit["note"] == f"'{note}"
    [told] = objects(command_line("export", "visits", "--format", "jsonl").out)
    assert told["note"] == note
    assert not any(
        cell.startswith(("=", "+", "@"))
        for event in rows(command_line("export", "events").out)
        for cell in event.values()
    )


def test_each_leg_is_a_row_and_says_how_it_ended(office: Office, command_line: CommandLine) -> None:
    office.sign_on()
    office.issue()  # served, then goes on with a further service that waits
    office.serve()
    office.do(AddService(**AT_FIRST, service=LINES, here=False))
    missing = office.issue()
    assert missing.ticket is not None
    office.do(CallTicket(**AT_FIRST, ticket=missing.ticket))
    office.do(NoShow(**AT_FIRST))

    told = [
        (visit["ticket"], visit["leg"], visit["outcome"], visit["ended_as"])
        for visit in objects(command_line("export", "visits", "--format", "jsonl").out)
    ]

    assert told == [
        ("2026-03-10-A001", 1, "served", "served"),
        ("2026-03-10-A001", 2, None, None),
        ("2026-03-10-A002", 1, "no_show", "no_show"),
    ]


def test_a_customer_who_is_sent_on_was_served_only_if_somebody_had_begun(
    office: Office, command_line: CommandLine
) -> None:
    office.sign_on()
    office.issue()
    office.serve()
    office.do(Transfer(**AT_FIRST, to_counter=SECOND))
    office.issue()
    office.call()
    office.do(Transfer(**AT_FIRST, to_counter=SECOND))

    told = rows(command_line("export", "visits").out)

    sent_on = [visit["outcome"] for visit in told if visit["ended_as"] == "transferred"]
    assert sent_on == ["served", "left"]


def test_what_an_undo_took_back_is_no_visit(office: Office, command_line: CommandLine) -> None:
    office.sign_on()
    office.issue()
    office.serve()
    office.do(Transfer(**AT_FIRST, to_counter=SECOND))
    office.do(Undo(**AT_FIRST))

    [visit] = rows(command_line("export", "visits").out)

    assert (visit["leg"], visit["state"], visit["counter"]) == ("1", "serving", "1")


def test_the_history_is_in_order_and_names_who_did_what(
    office: Office, command_line: CommandLine
) -> None:
    office.sign_on()
    office.issue()
    office.serve()

    told = objects(command_line("export", "events", "--format", "jsonl").out)

    assert [event["kind"] for event in told][-4:] == [
        "SignOn",
        "IssueTicket",
        "CallNext",
        "StartService",
    ]
    revisions = [event["revision"] for event in told]
    assert revisions == sorted(revisions)
    called = told[-2]
    assert (called["ticket"], called["staff"], called["counter"]) == ("2026-03-10-A001", SARA, 1)
    assert called["before"][0]["state"] == "waiting"
    assert called["after"][0]["state"] == "called"
    [in_csv] = [
        event for event in rows(command_line("export", "events").out) if event["kind"] == "CallNext"
    ]
    assert json.loads(in_csv["after"]) == called["after"]


def test_no_secret_is_ever_exported(office: Office, command_line: CommandLine) -> None:
    office.sign_on()
    issued = office.issue()
    told = command_line("export", "visits").out + command_line("export", "events").out
    assert issued.token
    assert issued.token not in told
    assert "pin" not in told.lower()
    assert f"quick:{PIN}" not in told


def test_days_narrow_what_is_exported(office: Office, command_line: CommandLine) -> None:
    office.issue()
    office.later(days=1)
    office.issue()
    office.later(days=1)
    office.issue()

    for what in ("visits", "events"):
        days = {
            row["ticket"]
            for row in rows(
                command_line("export", what, "--since", "2026-03-11", "--until", "2026-03-11").out
            )
            if row["ticket"]
        }
        assert days == {"2026-03-11-A001"}
    assert len(rows(command_line("export", "visits", "--since", "2026-03-11").out)) == 2
    for day in ("2026-03-11", "۱۴۰۴/۱۲/۲۰", "1404-12-20"):
        assert len(rows(command_line("export", "visits", "--until", day).out)) == 2


def test_a_file_holds_the_same_as_the_screen(office: Office, command_line: CommandLine) -> None:
    office.issue()
    shown = command_line("export", "visits").out
    assert command_line("export", "visits", "-o", "visits.csv").out == ""
    assert (command_line.home / "visits.csv").read_text(encoding="utf-8") == shown


def test_a_file_that_cannot_be_written_is_named(office: Office, command_line: CommandLine) -> None:
    office.issue()
    sentence = command_line.refuses("export", "visits", "-o", "nowhere/visits.csv")
    assert sentence == "nowhere/visits.csv cannot be used: no such file or directory."


def test_an_unknown_branch_is_told(office: Office, command_line: CommandLine) -> None:
    office.issue()
    assert 'no branch "nobody"' in command_line.refuses("export", "events", "--branch", "nobody")


def test_whoever_has_seen_enough_hears_no_complaint(office: Office) -> None:
    for _ in range(300):  # more than a pipe holds
        office.issue()
    with subprocess.Popen(
        [sys.executable, "-m", "queueapp", "export", "events"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ,
        text=True,
    ) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        assert export.stdout.readline().startswith("revision,")
        export.stdout.close()
        assert export.stderr.read() == ""
        assert export.wait() == 0


def test_postgresql_hands_out_the_rows_in_batches(
    office: Office, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not database.startswith("postgresql"):
        pytest.skip("SQLite computes rows as they are read")
    monkeypatch.setattr("queueapp.store.export.BATCH", 2)
    for _ in range(6):
        office.issue()
    reading = visits(office.store, office.branch.id, since=TODAY)
    assert len(list(islice(reading, 1))) == 1
    with psycopg.connect(database) as other:
        [(query,)] = other.execute(
            "SELECT query FROM pg_stat_activity WHERE state = 'idle in transaction'"
            " AND datname = current_database() AND query LIKE 'FETCH%'"
        ).fetchall()
    assert "FETCH FORWARD" in query
    reading.close()


def test_sqlite_hands_out_the_first_row_before_it_has_read_the_last(
    office: Office, database: str
) -> None:
    if database.startswith("postgresql"):
        pytest.skip("PostgreSQL keeps the result on its server")
    steps: list[str] = []

    @event.listens_for(office.store.reading, "before_cursor_execute")
    def explain(
        _: Connection, cursor: sqlite3.Cursor, statement: str, values: tuple[Any, ...], *__: object
    ) -> None:
        if "JOIN" in statement:  # not the branch's plan, which is read first
            plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            steps.extend(step[3] for step in plan)

    office.issue()
    assert len(list(visits(office.store, office.branch.id))) == 1
    assert len(list(events(office.store, office.branch.id))) > 1
    assert len(steps) > 1
    assert not [step for step in steps if "TEMP B-TREE" in step]  # nothing is sorted first


def test_days_the_wrong_way_round(command_line: CommandLine) -> None:
    sentence = command_line.refuses(
        "export", "visits", "--since", "2026-03-11", "--until", "2026-03-10"
    )
    assert sentence == "--until: the last day must not be before the first one."


@pytest.mark.usefixtures("command_line")  # its settings, not those of whoever runs the tests
def test_five_times_the_rows_need_no_more_memory(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queueapp.store.export.BATCH", 100)
    with bench_branch(read_settings(db=database), desks=1) as branch:
        opened = branch.open()
        lay_in(opened, branch, 5 * TICKETS_A_DAY)

        def peak_bytes(since: date) -> tuple[int, int]:
            tracemalloc.start()
            count = sum(1 for _ in visits(opened.store, opened.id, since=since))
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return count, peak

        today = datetime.now(UTC).date()
        peak_bytes(today)  # so that everything is loaded
        few, for_few = peak_bytes(today - timedelta(days=1))
        many, for_many = peak_bytes(today - timedelta(days=5))
        opened.store.close()
    assert few > 0
    assert many == 5 * few
    assert for_many < 1.3 * for_few
