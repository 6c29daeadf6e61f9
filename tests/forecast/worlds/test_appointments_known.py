"""A day with many more appointments than usual: what those who just walk in are promised."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from queueapp.domain.estimate import Estimate, Forecast
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import TicketId
from queueapp.forecast.bookings import Booking
from queueapp.forecast.replay.contestant import LiveForecast
from queueapp.forecast.replay.folder import read_material
from queueapp.forecast.replay.play import Replay, Told
from tests.forecast.worlds.days import make_days
from tests.forecast.worlds.folder import FIRST_DAY, write_folder
from tests.forecast.worlds.kinds import CLINIC
from tests.forecast.worlds.world import World

USUAL, UNUSUAL = 4, 2
"""Days with a few appointments and a load of a half, then days with many and of nine tenths."""
KNOWING, BLIND = "knowing", "blind"


class Blind(LiveForecast):
    """The live app's code, which is told of no appointment."""

    def booked(self, booking: Booking) -> None:
        """Nobody says so."""

    def estimate(
        self,
        ticket: TicketId,
        live: LiveBranch,
        now: datetime,
        bookings: Sequence[Booking],  # noqa: ARG002 - that is the point
    ) -> Forecast:
        """As if nobody had booked."""
        return super().estimate(ticket, live, now, ())


def clinic(share: float, load: float) -> World:
    """The clinic, with such a share of its appointments; about as many walk in in each."""
    works = tuple(replace(work, booked=int(work.booked * share)) for work in CLINIC.works)
    return replace(CLINIC, works=works, load=load, scored_from=USUAL)


def told_on(seed: int) -> list[Told]:
    """What both said to whoever walked in on the unusual days and had to wait."""
    days = USUAL + UNUSUAL
    usual, unusual = clinic(1 / 6, 0.5), clinic(1.3, 0.9)
    made = make_days(usual, days, seed=seed)[:USUAL]
    made += make_days(unusual, days, seed=seed)[USUAL:]
    with tempfile.TemporaryDirectory() as folder:
        write_folder(Path(folder), unusual, made)
        material = read_material(Path(folder))
    branch = material.plan.branch
    scored = (FIRST_DAY + timedelta(days=USUAL)).date()
    contestants = {
        KNOWING: LiveForecast(branch, staffing_known=True),
        BLIND: Blind(branch, staffing_known=True),
    }
    played = Replay(
        material.log,
        material.plan,
        contestants,
        score_from=scored,
        ask_from=dict.fromkeys(contestants, scored - timedelta(days=2)),
        with_panel=False,
    ).play()
    return [
        one
        for one in played.told
        if one.at_issue and one.actual >= 1 and one.visit.category != "appointment"
    ]


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return [*told_on(1), *told_on(2)]


def shares(told: list[Told], name: str) -> tuple[float, float, float]:
    """The share within P10 to P90, beyond P80, and the mean pinball loss of P50 and P80."""
    said = [
        (one.actual, one.forecast)
        for one in told
        if one.predictor == name and isinstance(one.forecast, Estimate)
    ]
    actual = np.array([wait for wait, _ in said])
    p10, p50, p80, p90 = (
        np.array([getattr(estimate, level) for _, estimate in said])
        for level in ("p10", "p50", "p80", "p90")
    )
    loss = [
        np.maximum(chance * (actual - value), (chance - 1) * (actual - value)).mean()
        for chance, value in ((0.5, p50), (0.8, p80))
    ]
    within = ((actual >= p10) & (actual <= p90)).mean()
    return float(within), float((actual > p80).mean()), float(np.mean(loss))


def test_who_knows_the_appointments_is_honest_where_the_other_promises_too_little(
    told: list[Told],
) -> None:
    within, beyond, loss = shares(told, KNOWING)
    blind_within, blind_beyond, blind_loss = shares(told, BLIND)
    assert abs(beyond - 0.2) < 0.07
    assert blind_beyond > beyond + 0.05
    assert abs(within - 0.8) <= abs(blind_within - 0.8)
    assert loss < 0.95 * blind_loss
