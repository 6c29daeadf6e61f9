"""Nothing that is still to come touches an estimate: change the future, and all stays as it was."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from queueapp.domain.estimate import Forecast
from queueapp.forecast.replay.folder import Material, read_material
from queueapp.forecast.replay.inferred_plan import InferredPlan
from queueapp.forecast.replay.log import Log, Visit
from queueapp.forecast.replay.play import Played
from tests.forecast.replay.logs import a_made_folder, played
from tests.forecast.worlds.folder import FIRST_DAY

Said = dict[tuple[str, str], Forecast]


def said_until(result: Played, until: datetime) -> Said:
    return {
        (one.visit.ticket, one.predictor): one.forecast for one in result.told if one.at <= until
    }


def with_another_future(log: Log, now: datetime) -> Log:
    """The same until ``now``; then other people, other lengths, other calls, and desks that close.

    Who is in hand stays so for hours, who waits is called in reverse and much later.
    """
    rng = np.random.default_rng(5)
    visits: list[Visit] = []
    for visit in log.visits:
        changed = visit
        if visit.ended_at is not None and visit.ended_at > now:
            changed = replace(changed, ended_at=visit.ended_at + timedelta(hours=3))
        if visit.called_at is not None and visit.called_at > now:
            later = now + timedelta(hours=float(rng.uniform(1, 2)))
            later = max(later, visit.arrived_at)
            changed = replace(
                changed, called_at=later, started_at=later, ended_at=later + timedelta(hours=4)
            )
        if visit.arrived_at <= now or rng.random() < 0.5:
            visits.append(changed)
    desks = log.desks and tuple(change for change in log.desks if change.at <= now)
    bookings = tuple(slot for slot in log.bookings if (slot.booked_at or now) <= now)
    return replace(log, visits=tuple(visits), desks=desks, bookings=bookings)


def assert_same_until(material: Material, now: datetime) -> None:
    changed = replace(material, log=with_another_future(material.log, now))
    before, after = played(material), played(changed)
    known, again = said_until(before, now), said_until(after, now)
    both = known.keys() & again.keys()

    assert len(both) > 0.8 * len(known) > 500
    assert {key: known[key] for key in both} == {key: again[key] for key in both}
    later = max(one.at for one in before.told)
    assert said_until(before, later) != said_until(after, later)


def test_with_desks_appointments_and_a_plan(tmp_path: Path) -> None:
    folder = a_made_folder(tmp_path / "log", days=2, name="clinic, appointments")
    now = FIRST_DAY + timedelta(days=1, hours=12)
    assert_same_until(read_material(folder), now)


def test_with_nothing_but_visits_while_who_is_there_is_inferred(tmp_path: Path) -> None:
    folder = a_made_folder(tmp_path / "log", days=2, name="clinic, appointments")
    log = read_material(folder).log
    now = FIRST_DAY + timedelta(days=1, hours=12)
    bare = replace(log, desks=None, bookings=())
    changed = with_another_future(bare, now)
    # The words of a log are a plan: both logs have the same ones.
    before = played(Material(log=bare, plan=InferredPlan(bare, "UTC"), remarks=()))
    after = played(Material(log=changed, plan=InferredPlan(bare, "UTC"), remarks=()))
    known, again = said_until(before, now), said_until(after, now)
    both = known.keys() & again.keys()

    assert len(both) > 0.8 * len(known) > 500
    assert {key: known[key] for key in both} == {key: again[key] for key in both}
