"""A hall of counters with skills, on Ciw's event loop.

Ciw brings arrivals, service times, the clock and the records; this node decides who is there and
who is called. The rule of routing is written here once more, from the words of the documents:
whoever has used up most of the promised wait goes first, weighted by category and after a head
start; of those within 5 % of the target the counter takes what it is best at.
"""

# ruff: noqa: ANN401 - Ciw has no types

from dataclasses import dataclass, field
from math import inf
from typing import Any

import ciw
import numpy as np

from tests.forecast.worlds.world import World

HEAD_START = {"normal": 0.0, "priority": 600.0, "appointment": 600.0}
WEIGHT = {"normal": 1.0, "priority": 1.5, "appointment": 2.0}
NEAR = 0.05


@dataclass(frozen=True)
class DeskRow:
    """A counter's state from a moment on; seconds after midnight."""

    position: int
    state: str
    at: float
    expected: float | None = None


@dataclass
class Clerk:
    """One counter's day: what is planned to happen, and what is going on."""

    position: int
    opens: float
    closes: float
    breaks: list[tuple[float, float]]
    """When each begins at the earliest, and how long it takes; in order."""
    said: list[float]
    """How long each was announced to take."""
    unattended: tuple[float, float] = (inf, inf)
    state: str = "closed"
    idle_since: float | None = None
    wakes: float = inf
    pausing: float | None = None
    """How long the unplanned pause takes that comes next."""


@dataclass
class Day:
    """What one day is drawn from and what came of it."""

    world: World
    number: int
    rng: np.random.Generator
    luck: float
    """What today adds to the logarithm of all lengths."""
    clerks: list[Clerk]
    slots: dict[int, float] = field(default_factory=dict)
    """The appointments of those who have come, by Ciw's number."""
    planned: dict[str, list[float]] = field(default_factory=dict)
    """Slots of a class, in the order in which their holders come."""
    desks: list[DeskRow] = field(default_factory=list)
    no_shows: set[int] = field(default_factory=set)
    goes_on: set[int] = field(default_factory=set)
    """Who is about to go on with another service."""
    first: dict[int, float] = field(default_factory=dict)
    """From when on somebody's place counts, by Ciw's number."""


def service_of(individual: Any) -> str:
    """The service that a customer's class names."""
    return str(individual.customer_class).split("|")[0]


def category_of(individual: Any) -> str:
    """The category that a customer's class names."""
    return str(individual.customer_class).split("|")[1]


class Occupancy(ciw.dists.Distribution):  # type: ignore[misc] # Ciw has no types
    """How long somebody is in hand: their service's length, or the short time of a no-show."""

    def __init__(self, day: Day) -> None:
        self.day = day

    def __deepcopy__(self, _memo: Any) -> "Occupancy":
        return self  # Ciw copies distributions; the day is shared

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        """Seconds; ``ind`` has its server by now."""
        day, world = self.day, self.day.world
        assert t is not None
        since = max(ind.arrival_date, day.slots.get(ind.id_number, 0.0))
        missing = world.no_show + world.trouble.no_show_rises * day.number
        missing += world.no_show_per_hour * max(t - since, 0.0) / 3600
        if day.rng.random() < missing:
            day.no_shows.add(ind.id_number)
            return float(world.no_show_cost * day.rng.uniform(0.5, 1.5))
        position = ind.server.id_number - 1
        work = next(work for work in world.works if work.code == service_of(ind))
        effect = world.length_effect(day.number, position) + day.luck
        length = work.mean * float(work.shape(day.rng, 1)[0]) * float(np.exp(effect))
        return max(length, 1.0)


class Hall(ciw.Node):  # type: ignore[misc] # Ciw has no types
    """The one node: counters that come and go, and the lines before them."""

    day: Day

    def __init__(self, id_: int, simulation: Any) -> None:
        super().__init__(id_, simulation)
        self.day = simulation.day
        for clerk in self.day.clerks:
            clerk.wakes = clerk.opens
        self.update_next_event_date()

    # -- Ciw's events ----------------------------------------------------------------------------

    def update_next_event_date(self) -> None:
        """The next end of a service, or the next clerk who has something to decide."""
        self.next_event_date, self.next_event_type = inf, "none"
        self.next_individual: Any = None
        for server in self.servers:
            if server.next_end_service_date < self.next_event_date:
                self.next_event_date = server.next_end_service_date
                self.next_event_type = "end_service"
                self.next_individual = [server.cust]
        for clerk in self.day.clerks:
            if clerk.wakes < self.next_event_date:
                self.next_event_date = clerk.wakes
                self.next_event_type, self.next_individual = "wake", clerk

    def have_event(self) -> None:
        """One of the two."""
        if self.next_event_type == "wake":
            self.wake(self.next_individual)
        else:
            self.finish_service()

    def begin_service_if_possible_accept(self, individual: Any) -> None:
        """Somebody comes: the counter that has been idle longest calls at once."""
        day, number = self.day, individual.id_number
        individual.arrival_date = self.now
        planned = day.planned.get(individual.customer_class)
        if planned and number not in day.first:
            day.slots[number] = planned.pop(0)
        day.first.setdefault(number, day.slots.get(number, float(self.now)))
        idle = [
            clerk
            for clerk in day.clerks
            if clerk.idle_since is not None
            and service_of(individual) in day.world.positions[clerk.position].skills
            and not self.is_unattended(clerk)
        ]
        if idle:
            self.call(min(idle, key=lambda clerk: clerk.idle_since or 0.0), individual)

    def begin_service_if_possible_release(self, individual: Any, server: Any) -> None:
        """A visit has ended: the clerk tidies up, then decides what comes next."""
        del individual
        day, manners = self.day, self.day.world.manners
        clerk = day.clerks[server.id_number - 1]
        server.next_end_service_date = inf
        clerk.wakes = self.now + day.rng.exponential(manners.between)
        if day.rng.random() < manners.pauses:
            clerk.pausing = manners.pause * day.rng.uniform(0.5, 1.5)

    # -- clerks ----------------------------------------------------------------------------------

    def wake(self, clerk: Clerk) -> None:
        """A clerk opens, pauses, comes back, goes home, calls somebody or waits."""
        now, manners, rng = self.now, self.day.world.manners, self.day.rng
        clerk.wakes, clerk.idle_since = inf, None
        if now >= clerk.closes:
            if clerk.state != "closed":
                self.desk_is(clerk, "closed")
            return
        if clerk.breaks and now >= clerk.breaks[0][0]:
            _, length = clerk.breaks.pop(0)
            self.desk_is(clerk, "paused", expected=clerk.said.pop(0))
            clerk.wakes = now + length
            return
        if clerk.pausing is not None:
            said, clerk.pausing = clerk.pausing, None
            self.desk_is(clerk, "paused", expected=said)
            clerk.wakes = now + said * max(1 + manners.pause_slip * rng.normal(), 0.3)
            return
        if clerk.state != "open":
            self.desk_is(clerk, "open")
        if self.is_unattended(clerk):
            clerk.wakes = clerk.unattended[1]
            return
        chosen = self.choose(clerk)
        if chosen is not None:
            self.call(clerk, chosen)
            return
        clerk.idle_since = now
        moments = [clerk.closes, *(begin for begin, _ in clerk.breaks[:1]), clerk.unattended[0]]
        clerk.wakes = min(moment for moment in moments if moment > now)

    def is_unattended(self, clerk: Clerk) -> bool:
        """Whether the counter stands open and nobody is there."""
        begins, ends = clerk.unattended
        return bool(begins <= self.now < ends)

    def desk_is(self, clerk: Clerk, state: str, *, expected: float | None = None) -> None:
        """Write down a desk's new state."""
        clerk.state = state
        self.day.desks.append(DeskRow(clerk.position, state, self.now, expected))

    def call(self, clerk: Clerk, individual: Any) -> None:
        """The service of ``individual`` begins at the clerk's counter."""
        server = self.servers[clerk.position]
        clerk.idle_since, clerk.wakes = None, inf
        self.attach_server(server, individual)
        individual.service_start_date = self.now
        individual.service_time = self.get_service_time(individual)
        individual.service_end_date = self.now + individual.service_time
        self.number_in_service += 1
        server.next_end_service_date = individual.service_end_date

    # -- who is next -----------------------------------------------------------------------------

    def choose(self, clerk: Clerk) -> Any:
        """Whom the counter calls; ``None`` when nobody waits for it."""
        world, skills = self.day.world, self.day.world.positions[clerk.position].skills
        waiting = [
            individual
            for individual in self.all_individuals
            if not individual.server and service_of(individual) in skills
        ]
        if not waiting:
            return None
        if self.day.rng.random() < world.trouble.out_of_order:
            return waiting[int(self.day.rng.integers(len(waiting)))]
        if world.policy == "fifo":
            return min(waiting, key=lambda individual: (self.due(individual), individual.id_number))
        used = {individual.id_number: self.used_up(individual) for individual in waiting}
        most = max(used.values())
        near = [individual for individual in waiting if used[individual.id_number] >= most - NEAR]
        return min(
            near,
            key=lambda one: (skills.index(service_of(one)), -used[one.id_number], one.id_number),
        )

    def due(self, individual: Any) -> float:
        """From when on somebody's wait counts, after the head start."""
        return self.day.first[individual.id_number] - HEAD_START[category_of(individual)]

    def used_up(self, individual: Any) -> float:
        """The weighted share of the promised wait that is used up."""
        target = next(w.target for w in self.day.world.works if w.code == service_of(individual))
        waited = float(self.now - self.due(individual))
        return waited / target * WEIGHT[category_of(individual)]

    # -- who goes on -----------------------------------------------------------------------------

    def change_customer_class(self, individual: Any) -> None:
        """At the end of a visit: some go on with another service."""
        day = self.day
        individual.previous_class = individual.customer_class
        missing = individual.id_number in day.no_shows
        if missing or day.rng.random() >= day.world.trouble.transfers:
            return
        others = [w.code for w in day.world.works if w.code != service_of(individual)]
        other = others[int(day.rng.integers(len(others)))]
        individual.customer_class = f"{other}|{category_of(individual)}"
        day.goes_on.add(individual.id_number)

    def next_node(self, ind: Any) -> Any:
        """Out, or back into the hall."""
        if ind.id_number in self.day.goes_on:
            self.day.goes_on.remove(ind.id_number)
            return self
        return self.simulation.nodes[-1]


class HallDay(ciw.Simulation):  # type: ignore[misc] # Ciw has no types
    """One day of the hall."""

    def __init__(self, network: Any, day: Day) -> None:
        self.day = day
        super().__init__(network, node_class=Hall)
