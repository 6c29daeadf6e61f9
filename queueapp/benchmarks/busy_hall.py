"""Made branches of any size, busy: what a forecast is measured on."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from queueapp.domain.branch import Branch, Category, Counter, Service
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Channel, Leg, LegState, Outcome, Ticket
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CounterNumber,
    Revision,
    ServiceCode,
    StaffCode,
    Text,
    TicketId,
)

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
SKILLS = 4
"""Services that one counter serves."""
SEED = 4
MEAN_S = 300.0
DAYS = 5
VISITS_A_DAY = 300
MISSED = 0.05
"""The share that does not come when called."""


def a_branch(counters: int, services: int) -> Branch:
    """So many counters, each for four of so many services; three categories."""
    codes = [ServiceCode(chr(ord("A") + place)) for place in range(services)]
    return Branch(
        id=BranchId("bench"),
        name=Text(),
        time_zone="UTC",
        services=tuple(
            Service(
                code=code,
                name=Text(),
                target=timedelta(minutes=8 + place),
                mean=timedelta(seconds=MEAN_S),
                spread=timedelta(seconds=MEAN_S * 0.7),
            )
            for place, code in enumerate(codes)
        ),
        categories=(
            Category(code=CategoryCode("normal"), name=Text()),
            Category(code=CategoryCode("priority"), name=Text(), weight=1.5),
            Category(code=CategoryCode("appointment"), name=Text(), weight=2.0),
        ),
        counters=tuple(
            Counter(
                number=CounterNumber(place + 1),
                services=tuple(
                    codes[(place + step) % services] for step in range(min(SKILLS, services))
                ),
            )
            for place in range(counters)
        ),
    )


def a_hall(branch: Branch, waiting: int) -> LiveBranch:
    """``branch`` with every desk open and busy, and so many who wait."""
    chance = random.Random(SEED)  # noqa: S311 - people, not secrets
    tickets = [
        _ticket(branch, chance, number, NOW - timedelta(seconds=chance.uniform(30, 1800)))
        for number in range(waiting)
    ]
    for counter in branch.counters:
        called = NOW - timedelta(seconds=chance.uniform(10, 500))
        ticket = _ticket(branch, chance, 5000 + counter.number, called - timedelta(minutes=9))
        leg = replace(
            ticket.leg,
            service=counter.services[0],
            state=LegState.SERVING,
            called_at=called,
            started_at=called,
            counter=counter.number,
            staff=_staff(counter),
        )
        tickets.append(replace(ticket, legs=(leg,)))
    return LiveBranch(
        branch=branch,
        revision=Revision(1),
        day=branch.day(NOW),
        tickets={ticket.id: ticket for ticket in tickets},
        desks={
            counter.number: Desk(
                counter=counter.number,
                state=DeskState.OPEN,
                staff=_staff(counter),
                since=NOW - timedelta(hours=2),
            )
            for counter in branch.counters
        },
    )


def past_visits(branch: Branch) -> Iterator[Ticket]:
    """Some days of finished tickets before ``NOW``."""
    chance = random.Random(SEED + 1)  # noqa: S311 - people, not secrets
    for day in range(DAYS, 0, -1):
        for number in range(VISITS_A_DAY):
            arrived = NOW - timedelta(days=day, seconds=chance.uniform(-4 * 3600, 2 * 3600))
            waiting = _ticket(branch, chance, day * 10_000 + number, arrived)
            able = [c for c in branch.counters if waiting.leg.service in c.services]
            counter = chance.choice(able)
            called = arrived + timedelta(seconds=chance.expovariate(1 / 400))
            missed = chance.random() < MISSED
            lasted = 60.0 if missed else chance.lognormvariate(5.5, 0.6)
            leg = replace(
                waiting.leg,
                state=LegState.ENDED,
                called_at=called,
                started_at=None if missed else called,
                ended_at=called + timedelta(seconds=lasted),
                counter=counter.number,
                staff=_staff(counter),
                outcome=Outcome.NO_SHOW if missed else Outcome.SERVED,
            )
            yield replace(waiting, legs=(leg,))


def _ticket(branch: Branch, chance: random.Random, number: int, arrived: datetime) -> Ticket:
    served = {service for counter in branch.counters for service in counter.services}
    service = chance.choice(sorted(served))
    category = chance.choices([c.code for c in branch.categories], [0.8, 0.15, 0.05])[0]
    return Ticket(
        id=TicketId(UUID(int=(int(arrived.timestamp() * 1000) << 64) + number)),
        day=branch.day(arrived),
        letter=service,
        number=number + 1,
        language="en",
        channel=Channel.KIOSK,
        token=str(number),
        arrived_at=arrived,
        legs=(
            Leg(
                ordinal=1,
                service=service,
                category=category,
                state=LegState.WAITING,
                accrues_from=arrived,
                waiting_since=arrived,
            ),
        ),
    )


def _staff(counter: Counter) -> StaffCode:
    return StaffCode(f"clerk{counter.number}")
