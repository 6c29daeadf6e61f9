"""Days of a world: who comes when, who is there, and what Ciw makes of it."""

from dataclasses import dataclass
from math import inf

import ciw
import numpy as np

from tests.forecast.worlds.hall import Clerk, Day, DeskRow, HallDay, Occupancy
from tests.forecast.worlds.world import HOUR, Numbers, World

SLOT = HOUR / 2
SLOTS = 48
CATEGORIES = ("normal", "priority", "appointment")
BOOKED_BEFORE = 7 * 24 * HOUR
"""Appointments are made a week ahead."""


@dataclass(frozen=True)
class VisitRow:
    """One visit; seconds after midnight."""

    number: int
    service: str
    category: str
    slot: float | None
    arrived: float
    called: float | None
    started: float | None
    ended: float
    outcome: str
    position: int | None


@dataclass(frozen=True)
class MadeDay:
    """What happened on one day, and what of it nobody could see."""

    number: int
    visits: list[VisitRow]
    desks: list[DeskRow]
    slots: list[tuple[str, float]]
    """Appointments: service and time."""
    luck: float
    crowd: float


def expected_walk_ins(world: World) -> Numbers:
    """Shape (48, services, categories): how many come on an average day, by half hour."""
    middles = (np.arange(SLOTS) + 0.5) / 2
    last = world.closes - world.doors_close
    profile = np.full(SLOTS, 0.5)
    for peak in world.peaks:
        profile += np.exp(-(((middles - peak) / 1.2) ** 2) / 2)
    if world.closes - world.opens >= HOUR * 24 / HOUR:
        profile[:] = 1.0
    profile[(middles < world.opens) | (middles > last)] = 0.0
    profile *= world.walk_ins / profile.sum()
    works = np.array([work.share for work in world.works])
    kinds = np.array([1 - world.priority, world.priority, 0.0])
    return np.asarray(profile[:, None, None] * works[None, :, None] * kinds[None, None, :])


def make_days(world: World, days: int, *, seed: int = 1) -> list[MadeDay]:
    """``days`` days of ``world``, the same ones for the same seed."""
    return [make_day(world, number, seed=seed) for number in range(days)]


def make_day(world: World, number: int, *, seed: int) -> MadeDay:
    """One day, played by Ciw."""
    rng = np.random.default_rng([seed, number, *world.name.encode()])
    ciw.seed(int(rng.integers(2**31)))
    crowd = float(np.exp(rng.normal(0, world.crowd_spread) if world.crowd_spread else 0.0))
    day = Day(
        world=world,
        number=number,
        rng=rng,
        luck=float(rng.normal(0, world.day_spread)) if world.day_spread else 0.0,
        clerks=[_clerk(world, position, rng) for position in range(len(world.positions))],
    )
    slots = _slots(world, rng)
    gaps = _arrivals(world, day, slots, crowd)
    network = ciw.create_network(
        arrival_distributions={kind: [ciw.dists.Sequential(own)] for kind, own in gaps.items()},
        service_distributions={kind: [Occupancy(day)] for kind in gaps},
        number_of_servers=[len(world.positions)],
        routing={kind: [[0.0]] for kind in gaps},
    )
    simulation = HallDay(network, day)
    simulation.simulate_until_max_time(30 * HOUR)
    return MadeDay(
        number=number,
        visits=_visits(simulation, day),
        desks=day.desks,
        slots=slots,
        luck=day.luck,
        crowd=crowd,
    )


def _clerk(world: World, position: int, rng: np.random.Generator) -> Clerk:
    manners = world.manners
    planned = world.positions[position].breaks
    is_absent = rng.random() < manners.absent
    opens = world.opens * HOUR + abs(rng.normal(0, manners.late) if manners.late else 0.0)
    begins = [
        begin * HOUR + abs(rng.normal(0, manners.break_slip) if manners.break_slip else 0.0)
        for begin, _ in planned
    ]
    said = [(end - begin) * HOUR for begin, end in planned]
    clerk = Clerk(
        position=position,
        opens=inf if is_absent else opens,
        closes=world.closes * HOUR + rng.uniform(0, manners.stays),
        breaks=[
            (begin, length * rng.uniform(*manners.break_length))
            for begin, length in zip(begins, said, strict=True)
        ],
        said=said,
    )
    if position == 0 and rng.random() < world.trouble.unattended:
        begins_at = rng.uniform(world.opens + 1, world.closes - 3) * HOUR
        clerk.unattended = (begins_at, begins_at + 2 * HOUR)
    return clerk


def _slots(world: World, rng: np.random.Generator) -> list[tuple[str, float]]:
    """Today's appointments, on quarters of an hour."""
    last = world.closes - world.doors_close - 0.5
    quarters = np.arange(world.opens, last, 0.25) * HOUR
    return sorted(
        (
            (work.code, float(slot))
            for work in world.works
            for slot in rng.choice(quarters, size=work.booked)
        ),
        key=lambda pair: pair[1],
    )


def _arrivals(
    world: World, day: Day, slots: list[tuple[str, float]], crowd: float
) -> dict[str, list[float]]:
    """The times between arrivals of each class, for Ciw; ``inf`` after the last."""
    rng, expected = day.rng, expected_walk_ins(world) * crowd
    gaps = {}
    for service, work in enumerate(world.works):
        for kind, category in enumerate(CATEGORIES[:2]):
            moments = [
                (slot + rng.random()) * SLOT
                for slot in range(SLOTS)
                for _ in range(rng.poisson(expected[slot, service, kind]))
            ]
            gaps[f"{work.code}|{category}"] = _gaps(moments)
        coming = [
            (max(slot + rng.normal(-world.early, world.early), world.opens * HOUR), slot)
            for code, slot in slots
            if code == work.code and rng.random() < world.shows_up
        ]
        coming.sort()
        name = f"{work.code}|appointment"
        day.planned[name] = [slot for _, slot in coming]
        gaps[name] = _gaps([moment for moment, _ in coming])
    return gaps


def _gaps(moments: list[float]) -> list[float]:
    return [*np.diff([0.0, *sorted(moments)]).tolist(), inf]


def _visits(simulation: HallDay, day: Day) -> list[VisitRow]:
    rows = []
    for record in simulation.get_all_records(only=["service"]):
        number = record.id_number
        service, category = record.customer_class.split("|")
        missing = number in day.no_shows and record.exit_date == _last_exit(simulation, number)
        started = record.service_start_date + min(15.0, record.service_time / 4)
        rows.append(
            VisitRow(
                number=number,
                service=service,
                category=category,
                slot=day.slots.get(number),
                arrived=record.arrival_date,
                called=record.service_start_date,
                started=None if missing else started,
                ended=record.exit_date,
                outcome="no_show" if missing else "served",
                position=record.server_id - 1,
            )
        )
    for individual in simulation.nodes[1].all_individuals:
        gone = max(clerk.closes for clerk in day.clerks)
        rows.append(
            VisitRow(
                number=individual.id_number,
                service=individual.customer_class.split("|")[0],
                category=individual.customer_class.split("|")[1],
                slot=day.slots.get(individual.id_number),
                arrived=individual.arrival_date,
                called=None,
                started=None,
                ended=max(gone, individual.arrival_date),
                outcome="left",
                position=None,
            )
        )
    return sorted(rows, key=lambda row: (row.arrived, row.number))


def _last_exit(simulation: HallDay, number: int) -> float:
    found = next(i for i in simulation.nodes[-1].all_individuals if i.id_number == number)
    return float(found.data_records[-1].exit_date)
