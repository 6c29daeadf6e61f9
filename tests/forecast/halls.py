"""Halls to forecast: plain ones that theory knows, and random ones; seconds count from ``NOON``."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from hypothesis import strategies

from queueapp.domain.branch import Branch, Category, Counter, Policy, Service, Shift
from queueapp.domain.desk import Desk
from queueapp.domain.estimate import Estimate, Estimates, Forecast
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode, Text, TicketId
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.quantile_table import LEVELS
from queueapp.forecast.waits import predict
from tests.domain.samples import (
    BILLS,
    NOON,
    NORMAL,
    a_branch,
    a_desk,
    a_live_branch,
    a_serving_ticket,
    a_ticket,
)

ALMOST_ONE = 1 - 1 / 1024
ALMOST_NOTHING = 1 / 1024


def forecast(live: LiveBranch, now: datetime, **asked: Any) -> Estimates:  # noqa: ANN401 - as `predict`
    """What is published of a prediction."""
    return predict(live, now, **asked).estimates


def memoryless(branch: Branch, mean: float) -> Knowledge:
    """Exponential services of this mean, for which queueing theory has exact answers."""
    knowledge = Knowledge.configured(branch)
    table = np.log(np.maximum(-np.log1p(-np.minimum(LEVELS, ALMOST_ONE)), ALMOST_NOTHING))
    return replace(
        knowledge,
        occupancy=replace(
            knowledge.occupancy,
            mean=np.full_like(knowledge.occupancy.mean, np.log(mean)),
            deviation=np.zeros_like(knowledge.occupancy.mean),
            residual=np.tile(table, (len(branch.services), 1)),
        ),
    )


def a_plain_branch(
    *,
    counters: int = 1,
    mean: float = 240,
    spread: float = 0,
    roster: tuple[Shift, ...] = (),
) -> Branch:
    """One service at every counter, one category."""
    branch = a_branch()
    return replace(
        branch,
        services=(
            replace(
                branch.service(BILLS),
                mean=timedelta(seconds=mean),
                spread=timedelta(seconds=spread),
            ),
        ),
        categories=(branch.category(NORMAL),),
        counters=tuple(
            Counter(number=CounterNumber(number), services=(BILLS,), roster=roster)
            for number in range(1, counters + 1)
        ),
    )


def open_desks(branch: Branch) -> list[Desk]:
    """Somebody at every counter."""
    return [a_desk(counter.number) for counter in branch.counters]


def waiting_tickets(count: int, *, since: float = 600) -> list[Ticket]:
    """So many who came one second after the other, the first ``since`` seconds ago."""
    first = NOON - timedelta(seconds=since)
    return [
        a_ticket(number, arrived_at=first + timedelta(seconds=number)) for number in range(count)
    ]


def in_hand_everywhere(branch: Branch, *, elapsed: float = 60) -> list[Ticket]:
    """A customer at every counter, called ``elapsed`` seconds ago."""
    called = NOON - timedelta(seconds=elapsed)
    return [
        a_serving_ticket(
            900 + counter.number,
            counter=counter.number,
            called_at=called,
            started_at=called,
            arrived_at=called - timedelta(seconds=60),
        )
        for counter in branch.counters
    ]


def a_hall(
    branch: Branch, tickets: Iterable[Ticket] = (), desks: Iterable[Desk] | None = None
) -> LiveBranch:
    """``branch`` with these people, and every desk open unless told otherwise."""
    return a_live_branch(
        *tickets, branch=branch, desks=open_desks(branch) if desks is None else desks
    )


def in_numbers(forecast: Forecast) -> Estimate:
    """The forecast, which has to be one in numbers."""
    assert isinstance(forecast, Estimate), forecast
    return forecast


# -- random halls ---------------------------------------------------------------------------------

SERVICES = tuple(ServiceCode(letter) for letter in "ABCD")
CATEGORIES = tuple(CategoryCode(name) for name in ("normal", "elderly", "pregnant", "booked"))


@strategies.composite
def random_halls(draw: strategies.DrawFn, *, targets: Sequence[int]) -> LiveBranch:
    """Up to 12 people of all kinds and up to 4 open desks of any skills, under any policy.

    ``targets``: the targets in seconds that services may have.
    """
    numbers = range(1, draw(strategies.integers(1, 4)) + 1)
    skills = strategies.permutations(SERVICES).flatmap(
        lambda order: strategies.integers(0, len(SERVICES)).map(lambda count: tuple(order[:count]))
    )
    branch = replace(
        a_branch(),
        policy=draw(strategies.sampled_from(Policy)),
        services=tuple(
            Service(
                code=code,
                name=Text(),
                target=timedelta(seconds=draw(strategies.sampled_from(targets))),
                mean=timedelta(seconds=draw(strategies.integers(60, 900))),
                spread=timedelta(seconds=draw(strategies.integers(30, 600))),
            )
            for code in SERVICES
        ),
        categories=tuple(
            Category(
                code=code,
                name=Text(),
                weight=draw(strategies.sampled_from([0.5, 1.0, 1.5, 2.0])),
                head_start=timedelta(seconds=draw(strategies.sampled_from([0, 0, 60, 300]))),
            )
            for code in CATEGORIES
        ),
        counters=tuple(
            Counter(number=CounterNumber(number), services=draw(skills)) for number in numbers
        ),
    )
    people = draw(
        strategies.lists(
            strategies.tuples(
                strategies.sampled_from(SERVICES),
                strategies.sampled_from(CATEGORIES),
                strategies.integers(-1800, 3600),
                strategies.sampled_from([None, None, None, *map(CounterNumber, numbers)]),
            ),
            max_size=12,
        )
    )
    tickets = [
        a_ticket(
            place,
            service=service,
            category=category,
            accrues_from=NOON - timedelta(seconds=waited),
            for_counter=counter,
        )
        for place, (service, category, waited, counter) in enumerate(people)
    ]
    return a_hall(branch, tickets)


ARRIVING = TicketId(UUID(int=(1 << 128) - 1))
"""Sorts after every ticket that was issued before."""
