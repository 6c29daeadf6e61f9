"""A log moves the branch as the terminals would have moved it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queueapp.domain.estimate import Estimate
from queueapp.domain.words import ServiceCode
from queueapp.forecast.replay.contestant import OURS, LiveForecast
from queueapp.forecast.replay.folder import read_material
from queueapp.forecast.replay.head_starts import HeadStarts
from queueapp.forecast.replay.inferred_plan import InferredPlan
from queueapp.forecast.replay.log import Visit
from queueapp.forecast.replay.play import Replay, Told
from queueapp.forecast.replay.reading import read_log
from tests.forecast.replay.logs import BRANCH, a_folder, a_made_folder, read_and_played, row
from tests.forecast.worlds.kinds import FOUR

DESKS = "counter,staff,state,at,expected_minutes\n1,sara,open,2026-03-10T08:55:00,\n"


def ours(told: list[Told]) -> dict[str, Told]:
    return {one.visit.ticket: one for one in told if one.predictor == OURS}


def in_numbers(told: Told) -> Estimate:
    assert isinstance(told.forecast, Estimate)
    return told.forecast


def test_who_finds_a_free_counter_is_told_no_wait_and_who_queues_is_told_one(
    tmp_path: Path,
) -> None:
    folder = a_folder(
        tmp_path / "log",
        row("t1", "09:00:00", "09:00:00", "09:05:00"),
        row("t2", "09:01:00", "09:05:00", "09:09:00"),
        row("t3", "09:02:00", "09:09:00", "09:12:00"),
        others={"desks.csv": DESKS},
    )

    told = ours(read_and_played(folder).told)

    assert in_numbers(told["t1"]).p50 < 60
    assert 60 < in_numbers(told["t2"]).p50 < in_numbers(told["t3"]).p50
    assert [told[ticket].actual for ticket in ("t1", "t2", "t3")] == [0, 240, 420]


def test_a_second_row_of_a_ticket_is_the_same_customer_with_the_place_kept(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path / "log",
        row("t1", "09:00:00", "09:00:00", "09:05:00"),
        row("t2", "09:01:00", "09:06:00", "09:20:00"),
        row("t1", "09:05:00", "09:05:30", "09:06:00"),
        others={"desks.csv": DESKS},
    )

    told = [one for one in read_and_played(folder).told if one.predictor == OURS]

    again = next(one for one in told if one.visit.line == 4)
    assert in_numbers(again).p50 < 60  # came before t2, and is called before t2


def test_whoever_left_is_not_scored_and_stands_in_nobodys_way(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path / "log",
        row("t1", "09:00:00", "09:00:00", "09:05:00"),
        row("t2", "09:01:00", "", "09:03:00", outcome="left", counter=""),
        row("t3", "09:04:00", "09:05:00", "09:09:00"),
        others={"desks.csv": DESKS},
    )

    result = read_and_played(folder)

    assert result.never_called == 1
    assert set(ours(result.told)) == {"t1", "t3"}


def test_odd_logs_are_played_to_the_end(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path / "log",
        row("t1", "09:00:00", "09:00:00", "09:00:00"),
        row("t2", "09:00:00", "09:01:00", "", outcome=""),
        row("t3", "09:02:00", "09:03:00", "09:08:00"),
        row("t4", "09:02:00", "09:04:00", "09:05:00", outcome="no_show"),
        row("t5", "23:50:00", "23:58:00", "23:59:00"),
        row("t6", "10:00:00", "", "", outcome=""),
        row("t7", "09:00:00", "09:01:00", "09:02:00", day="2026-03-12"),
        others={
            "desks.csv": DESKS + "1,sara,closed,2026-03-10T09:00:30,\n1,sara,paused,bad,\n",
        },
    )

    told = ours(read_and_played(folder).told)

    assert set(told) == {"t1", "t2", "t3", "t4", "t5", "t7"}


def test_those_who_wait_are_told_again_when_asked_for(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path / "log",
        row("t1", "09:00:00", "09:00:00", "09:10:00"),
        row("t2", "09:01:00", "09:10:00", "09:15:00"),
        others={"desks.csv": DESKS},
    )
    material = read_material(folder)
    contestants = {OURS: LiveForecast(material.plan.branch, staffing_known=True)}
    result = Replay(
        material.log, material.plan, contestants, look_every=timedelta(minutes=4), with_panel=False
    ).play()

    left = [one.actual for one in result.told if one.visit.ticket == "t2"]
    assert left == [540, 300, 60]
    assert sum(one.at_issue for one in result.told) == 2


def test_a_branch_nobody_described_is_learned_from_the_days_gone_by(tmp_path: Path) -> None:
    folder = a_made_folder(tmp_path / "log", days=6)
    (folder / "branch.toml").unlink()
    log = read_log(folder / "visits.csv", desks=None, appointments=None, zone=UTC)
    plan = InferredPlan(log, "UTC")
    assert all(len(counter.services) == 3 for counter in plan.branch.counters)

    Replay(log, plan, {}, with_panel=False).play()

    learned = {counter.number: set(counter.services) for counter in plan.branch.counters}
    truth = {place + 1: set(p.skills) for place, p in enumerate(FOUR.positions)}
    assert learned == truth
    means = {service.code: service.mean.total_seconds() for service in plan.branch.services}
    for work in FOUR.works:
        assert means[ServiceCode(work.code)] == pytest.approx(work.mean, rel=0.2)


def a_visit(category: str, minutes: float) -> Visit:
    came = datetime(2026, 3, 10, 9, tzinfo=UTC) + timedelta(minutes=minutes)
    return Visit(line=1, ticket="", service="A", category=category, arrived_at=came)


def test_head_starts_are_seen_in_who_was_called_before_whom() -> None:
    seen = HeadStarts(["normal", "priority"])
    for later in range(20):
        early, late = a_visit("normal", 0), a_visit("priority", later / 2)
        if later / 2 < 5:
            seen.was_preferred(late, [early])
        else:
            seen.was_preferred(early, [late])
    assert seen.learned() == {"normal": 0, "priority": 0}  # twenty choices say nothing yet
    for later in range(40):
        early, late = a_visit("normal", 0), a_visit("priority", later / 4)
        chosen, other = (late, early) if later / 4 < 5 else (early, late)
        seen.was_preferred(chosen, [other])

    assert seen.learned() == {"normal": 0, "priority": 300}


def test_in_order_of_arrival_nobody_has_a_head_start() -> None:
    seen = HeadStarts(["normal", "priority"])
    for later in range(60):
        seen.was_preferred(a_visit("normal", 0), [a_visit("priority", later / 4)])
        seen.was_preferred(a_visit("priority", 0), [a_visit("normal", later / 4)])
    assert seen.learned() == {"normal": 0, "priority": 0}


def test_a_plan_that_was_written_stays_as_it_is(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "log", row("t1", "09:00:00", "09:00:00", "09:30:00"))
    material = read_material(folder)
    before = material.plan.branch
    Replay(material.log, material.plan, {}).play()
    assert material.plan.branch == before
    assert "mean_minutes = 4" in BRANCH


def test_while_somebody_waits_the_error_falls(tmp_path: Path) -> None:
    folder = a_made_folder(tmp_path / "log", days=2, name="clinic, appointments")
    material = read_material(folder)
    contestants = {OURS: LiveForecast(material.plan.branch, staffing_known=True)}
    result = Replay(
        material.log, material.plan, contestants, look_every=timedelta(minutes=5), with_panel=False
    ).play()

    early, late = [], []
    for one in result.told:
        whole = one.visit.wait
        if whole is None or whole < 600 or not isinstance(one.forecast, Estimate):
            continue
        error = abs(one.forecast.p50 - one.actual)
        passed = 1 - one.actual / whole
        if passed <= 0.2:
            early.append(error)
        elif passed >= 0.6:
            late.append(error)
    assert len(early) > 20
    assert len(late) > 20
    assert sum(late) / len(late) < 0.6 * sum(early) / len(early)
