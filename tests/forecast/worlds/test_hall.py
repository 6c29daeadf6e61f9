"""The judge is judged first: Ciw's hall agrees with theory, and with the branch's own rule."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from math import factorial
from pathlib import Path

import numpy as np
import pytest

from queueapp.domain import routing
from queueapp.domain.live import candidate_of
from queueapp.domain.ticket import LegState
from queueapp.forecast.replay.folder import read_material
from queueapp.forecast.replay.picture import Picture
from queueapp.forecast.replay.play import Replay
from tests.forecast.worlds.days import VisitRow, make_day, make_days
from tests.forecast.worlds.folder import write_folder
from tests.forecast.worlds.kinds import BY_NAME, FOUR, MEMORYLESS, SLOPPY
from tests.forecast.worlds.world import HOUR, World

SERVERS = len(MEMORYLESS.positions)
MEAN = MEMORYLESS.works[0].mean
WARM_UP = 2 * HOUR


def erlang_c(servers: int, load: float) -> float:
    """The share of customers who have to wait in M/M/s; ``load`` is lambda / mu."""
    terms = [load**k / factorial(k) for k in range(servers)]
    last = load**servers / factorial(servers) * servers / (servers - load)
    return last / (sum(terms) + last)


@pytest.fixture(scope="module")
def memoryless_days() -> list[list[VisitRow]]:
    """Days of M/M/3 without opening or closing, each warmed up."""
    return [day.visits for day in make_days(MEMORYLESS, 40)]


def waits(days: list[list[VisitRow]]) -> list[list[float]]:
    """The waits of each day after its first hours, seconds."""
    return [
        [row.called - row.arrived for row in day if row.called and row.arrived >= WARM_UP]
        for day in days
    ]


def test_waits_in_m_m_3_are_those_of_erlang_c(memoryless_days: list[list[VisitRow]]) -> None:
    rate = MEMORYLESS.walk_ins / (24 * HOUR)
    share = erlang_c(SERVERS, rate * MEAN)
    expected = share * MEAN / (SERVERS - rate * MEAN)

    daily = [float(np.mean(day)) for day in waits(memoryless_days)]

    error = float(np.std(daily, ddof=1) / np.sqrt(len(daily)))
    assert abs(np.mean(daily) - expected) < 3 * error
    assert error < 0.15 * expected
    had_to = np.mean([wait > 0 for day in waits(memoryless_days) for wait in day])
    assert had_to == pytest.approx(share, abs=0.04)


def test_who_finds_n_waiting_and_all_busy_waits_for_n_plus_1_departures(
    memoryless_days: list[list[VisitRow]],
) -> None:
    found: dict[int, list[float]] = defaultdict(list)
    for day in memoryless_days:
        called = sorted(row.called for row in day if row.called)
        for place, row in enumerate(day):
            if row.called and row.called > row.arrived >= WARM_UP:
                found[place - int(np.searchsorted(called, row.arrived))].append(
                    row.called - row.arrived
                )
    for ahead in range(5):
        own = np.array(found[ahead])
        assert len(own) > 200
        error = own.std() / np.sqrt(len(own))
        # Those who find the same number on one day are not independent of each other.
        assert abs(own.mean() - (ahead + 1) * MEAN / SERVERS) < 5 * error


@pytest.mark.parametrize("name", ["four counters", "clinic, appointments", "two thirds priority"])
def test_every_call_is_the_one_that_the_branchs_routing_would_make(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two programs, one rule: written apart, they call the same people."""
    world = BY_NAME[name]
    write_folder(tmp_path, world, make_days(world, 2))
    material = read_material(tmp_path)
    agreed = []
    call = Picture.call

    def watched(picture, ticket, counter, staff, *, at: datetime, start: bool):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        waiting = [
            candidate_of(one)
            for one in picture.unfinished.values()
            if one.leg.state is LegState.WAITING
        ]
        pick = routing.pick(picture.branch, picture.branch.counter(counter), waiting, at)
        agreed.append(pick is not None and pick.candidate.ticket == ticket)
        return call(picture, ticket, counter, staff, at=at, start=start)

    monkeypatch.setattr(Picture, "call", watched)
    Replay(material.log, material.plan, {}, with_panel=False).play()

    assert len(agreed) > 100
    assert np.mean(agreed) > 0.995


def test_a_day_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert make_day(FOUR, 3, seed=1) == make_day(FOUR, 3, seed=1)
    assert make_day(FOUR, 3, seed=1) != make_day(FOUR, 3, seed=2)


@pytest.mark.parametrize("world", [FOUR, SLOPPY, BY_NAME["transfers"]])
def test_nobody_is_at_two_counters_and_no_counter_has_two(world: World) -> None:
    for day in make_days(world, 3):
        called = [row for row in day.visits if row.called is not None]
        for key in ("position", "number"):
            by_key = defaultdict(list)
            for row in called:
                assert row.called is not None
                by_key[getattr(row, key)].append((row.called, row.ended))
            for stretches in by_key.values():
                stretches.sort()
                for (_, ended), (begins, _) in pairwise(stretches):
                    assert ended <= begins


def test_nobody_calls_while_the_desk_is_paused_or_closed() -> None:
    for day in make_days(SLOPPY, 3):
        for row in day.visits:
            if row.called is None:
                continue
            states = [
                d.state for d in day.desks if d.position == row.position and d.at <= row.called
            ]
            assert states
            assert states[-1] == "open"


def test_a_trouble_does_what_its_name_says() -> None:
    plain = replace(FOUR, trouble=BY_NAME["four counters"].trouble)
    transfers = [row.number for row in make_day(BY_NAME["transfers"], 0, seed=1).visits]
    assert len(transfers) > len(set(transfers)) * 1.05
    rising = BY_NAME["rising no-shows"]
    first, last = (make_day(rising, number, seed=1).visits for number in (0, 50))
    missing = [sum(row.outcome == "no_show" for row in day) / len(day) for day in (first, last)]
    assert missing[1] > missing[0] + 0.1
    assert plain == FOUR
