"""The limit: the live app's simulation, told everything that the made days were drawn from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from queueapp.domain.branch import Branch
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.estimate import Forecast
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import CounterNumber, StaffCode, TicketId
from queueapp.forecast.bookings import Booking
from queueapp.forecast.knowledge import (
    Belief,
    Comings,
    Knowledge,
    Losses,
    Occupancy,
    Slips,
)
from queueapp.forecast.quantile_table import (
    constant,
    empirical_table,
    exponential_table,
    half_normal_table,
    normal_table,
)
from queueapp.forecast.waits import predict
from tests.forecast.worlds.days import MadeDay, expected_walk_ins
from tests.forecast.worlds.folder import FIRST_DAY
from tests.forecast.worlds.world import Numbers, World

SAMPLE = 200_000
CERTAIN = 1e9
LIMIT = "limit"


def uniform_table(low: float, high: float) -> Numbers:
    """The table of a uniform distribution."""
    return np.linspace(low, high, 65)


def _half_normal(scale: float) -> Numbers:
    return half_normal_table(scale) if scale else constant(0)


def true_knowledge(world: World, branch: Branch, day: MadeDay) -> Knowledge:
    """What nobody in the branch can know on ``day``, in the forecast's own terms."""
    rng = np.random.default_rng(0)
    logs = [np.log(np.maximum(work.shape(rng, SAMPLE), 1e-9)) for work in world.works]
    means = [float(log.mean()) for log in logs]
    places = len(world.works)
    clerks = {}
    for place, _ in enumerate(world.positions):
        belief = Belief(mean=world.length_effect(day.number, place), deviation=0.0)
        clerks[StaffCode(f"#{place + 1}")] = clerks[StaffCode(f"clerk{place + 1}")] = belief
    return Knowledge(
        services=tuple(service.code for service in branch.services),
        categories=tuple(category.code for category in branch.categories),
        occupancy=Occupancy(
            mean=np.array([np.log(w.mean) + m for w, m in zip(world.works, means, strict=True)]),
            deviation=np.zeros(places),
            residual=np.array(
                [empirical_table(log - mean) for log, mean in zip(logs, means, strict=True)]
            ),
            clerks=clerks,
            today=Belief(mean=day.luck, deviation=0.0),
            between=exponential_table(world.manners.between),
            response=constant(0),
        ),
        losses=Losses(
            no_show=np.array([world.no_show, world.no_show_per_hour / 3600]),
            no_show_cost=uniform_table(0.5 * world.no_show_cost, 1.5 * world.no_show_cost),
            goes_on=np.zeros(places),
            goes_on_with=np.zeros((places, places)),
        ),
        comings=Comings(
            profile=np.repeat((expected_walk_ins(world) * day.crowd)[np.newaxis], 7, axis=0),
            today=1.0,
            certainty=CERTAIN,
            shows_up=world.shows_up,
            early=normal_table(world.early) - world.early,
        ),
        slips=_slips(world),
    )


def _slips(world: World) -> Slips:
    manners = world.manners
    pause = np.maximum(1 + normal_table(manners.pause_slip), 0.3)
    breaks = uniform_table(*manners.break_length)
    rng = np.random.default_rng(1)
    unplanned = manners.pause * rng.uniform(0.5, 1.5, SAMPLE)
    unplanned *= np.maximum(1 + manners.pause_slip * rng.normal(size=SAMPLE), 0.3)
    number_of_breaks = sum(len(position.breaks) for position in world.positions)
    number_of_pauses = manners.pauses * world.walk_ins
    weights = np.repeat([number_of_breaks, number_of_pauses], 65)
    return Slips(
        opening=_half_normal(manners.late),
        closing=uniform_table(0.0, manners.stays) if manners.stays else constant(0),
        break_begins=_half_normal(manners.break_slip),
        break_length=breaks,
        pause_length=empirical_table(np.concatenate([breaks, pause]), weights + 1e-9),
        unsaid_pause=empirical_table(unplanned),
        absent=manners.absent,
        pauses=manners.pauses,
    )


class TrueForecast:
    """A contestant that knows the truth of every day, and nothing that is still to be drawn."""

    def __init__(self, world: World, branch: Branch, days: Sequence[MadeDay]) -> None:
        self._by_day = {day.number: day for day in days}
        self._world = world
        self._branch = branch
        self._today: int | None = None
        self._paused: dict[CounterNumber, datetime] = {}
        self._pauses: dict[CounterNumber, tuple[tuple[datetime, datetime], ...]] = {}
        self._knowledge: Knowledge | None = None

    def ticket_changed(self, before: Ticket | None, after: Ticket, now: datetime) -> None:
        """Nothing is left to learn."""

    def desk_changed(self, desk: Desk, now: datetime) -> None:
        """Which breaks were taken today."""
        self._begin(now)
        began = self._paused.pop(desk.counter, None)
        if began is not None:
            earlier = self._pauses.get(desk.counter, ())
            self._pauses[desk.counter] = (*earlier, (began, now))
        if desk.state is DeskState.PAUSED:
            self._paused[desk.counter] = now

    def plan_changed(self, branch: Branch, now: datetime) -> None:
        """Nothing changes in a made world."""

    def booked(self, booking: Booking) -> None:
        """They are given with each question."""

    def estimate(
        self, ticket: TicketId, live: LiveBranch, now: datetime, bookings: Sequence[Booking]
    ) -> Forecast:
        """With today's truth."""
        self._begin(now)
        assert self._knowledge is not None
        slips = replace(self._knowledge.slips, pauses_today=self._pauses)
        known = replace(self._knowledge, slips=slips)
        prediction = predict(live, now, knowledge=known, bookings=bookings, only={ticket})
        return prediction.estimates.waiting[ticket]

    def _begin(self, now: datetime) -> None:
        today = (now - FIRST_DAY).days
        if today != self._today:
            self._today = today
            self._paused, self._pauses = {}, {}
            self._knowledge = true_knowledge(self._world, self._branch, self._by_day[today])


def true_exponential(known: Knowledge, *, mean: float) -> Knowledge:
    """``known`` with memoryless services of this mean, for certain, and nothing between them."""
    log = np.log(np.random.default_rng(2).exponential(mean, SAMPLE))
    places = len(known.services)
    return replace(
        known,
        occupancy=Occupancy(
            mean=np.full(places, log.mean()),
            deviation=np.zeros(places),
            residual=np.repeat(empirical_table(log - log.mean())[np.newaxis], places, axis=0),
        ),
    )
