"""What a made-up branch is truly like: everything that its days are drawn from."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Shape = Callable[[np.random.Generator, int], Numbers]
"""Draws so many lengths with the mean 1."""

MINUTE = 60.0
HOUR = 3600.0


def lognormal(variation: float) -> Shape:
    """Lognormal lengths; ``variation``: standard deviation over mean."""
    scale = float(np.sqrt(np.log1p(variation**2)))
    return lambda rng, count: rng.lognormal(-(scale**2) / 2, scale, count)


def gamma(variation: float) -> Shape:
    """Gamma lengths."""
    shape = variation**-2
    return lambda rng, count: rng.gamma(shape, 1 / shape, count)


def exponential() -> Shape:
    """Memoryless lengths, for which queueing theory has exact answers."""
    return lambda rng, count: rng.exponential(1.0, count)


def two_peaked(share_long: float, ratio: float, variation: float) -> Shape:
    """Either short, or ``ratio`` times as long: most come with their papers, some without."""
    short = 1 / (1 - share_long + share_long * ratio)
    one = lognormal(variation)

    def draw(rng: np.random.Generator, count: int) -> Numbers:
        is_long = rng.random(count) < share_long
        return one(rng, count) * np.where(is_long, short * ratio, short)

    return draw


@dataclass(frozen=True, kw_only=True)
class Work:
    """One service."""

    code: str
    share: float
    """Of those who come without an appointment."""
    mean: float
    """Seconds from the call to the end."""
    shape: Shape
    target: float = 15 * MINUTE
    booked: int = 0
    """Appointments a day."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """One counter and its clerk."""

    skills: str
    """Codes of services, the best first."""
    effect: float = 0.0
    """What the clerk adds to the logarithm of a length."""
    breaks: tuple[tuple[float, float], ...] = ()
    """Hours after midnight."""


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How the clerks' day differs from what is planned; seconds and shares."""

    late: float = 90.0
    """Half-normal scale of opening after the plan."""
    absent: float = 0.0
    """The share of shifts to which nobody comes."""
    break_slip: float = 0.0
    """A break begins so much later than planned, half-normal."""
    break_length: tuple[float, float] = (0.95, 1.05)
    """Uniform share of the planned length."""
    stays: float = 600.0
    """Works on after the shift's end, uniform up to this."""
    pauses: float = 0.01
    """The chance of an unplanned pause after a visit."""
    pause: float = 420.0
    """Its announced mean length; uniform from a half to one and a half of it."""
    pause_slip: float = 0.15
    """Standard deviation of its true length, as a share of the announced one."""
    between: float = 12.0
    """Mean time from the end of a visit to the next call, exponential."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What a forecast that believes in plans and habits does not know of."""

    out_of_order: float = 0.0
    """The share of calls that take just anybody."""
    unattended: float = 0.0
    """The share of days on which a counter stands open for two hours without calling."""
    transfers: float = 0.0
    """The share of visits that go on with another service."""
    no_show_rises: float = 0.0
    """What each day adds to the chance that somebody does not come."""
    slower_from: int | None = None
    """The scored day from which on everything takes 35 % longer."""
    new_clerk_from: int | None = None
    """The scored day from which on the second counter has a clerk who takes half as long again."""
    has_roster: bool = True


@dataclass(frozen=True, kw_only=True)
class World:
    """A branch and all that its days are drawn from."""

    name: str
    works: tuple[Work, ...]
    positions: tuple[Position, ...]
    load: float
    """Work that comes over work that can be done, on an average day."""
    opens: float = 8.0
    closes: float = 16.0
    doors_close: float = 0.75
    """Hours before the end after which nobody comes any more."""
    priority: float = 0.12
    """The share of walk-ins who go sooner."""
    peaks: tuple[float, float] = (10.0, 13.5)
    """Hours around which most people come."""
    day_spread: float = 0.07
    """Of the logarithm of all lengths, from day to day."""
    crowd_spread: float = 0.1
    """Of the logarithm of the number of people, from day to day."""
    slower_a_day: float = 0.0
    """What each day adds to the logarithm of all lengths."""
    no_show: float = 0.03
    no_show_per_hour: float = 0.04
    """What each hour of waiting adds to it."""
    no_show_cost: float = 75.0
    """Mean seconds; uniform from a half to one and a half of it."""
    shows_up: float = 0.9
    early: float = 6 * MINUTE
    """How long before the slot people come, on average; standard deviation the same."""
    policy: str = "accumulating"
    scored_from: int = 40
    """The day before which all is history."""
    manners: Manners = Manners()
    trouble: Trouble = Trouble()

    @property
    def present(self) -> float:
        """Seconds a day in which counters work, as planned."""
        shift = (self.closes - self.opens) * HOUR
        away = sum(end - begin for p in self.positions for begin, end in p.breaks) * HOUR
        return shift * len(self.positions) - away

    @property
    def walk_ins(self) -> float:
        """How many come without an appointment on an average day."""
        speed = float(np.mean([np.exp(-position.effect) for position in self.positions]))
        between = self.manners.between
        booked = sum(w.booked * self.shows_up * (w.mean + between) for w in self.works)
        each = sum(work.share * (work.mean + between) for work in self.works)
        return max(self.load * self.present * speed - booked, 0.0) / each

    def length_effect(self, day: int, position: int) -> float:
        """What the day and the clerk of a counter add to the logarithm, without the day's luck."""
        begins = self.trouble.slower_from
        effect = self.positions[position].effect + self.slower_a_day * day
        if begins is not None and day >= self.scored_from + begins:
            effect += float(np.log(1.35))
        if self.has_new_clerk(day, position):
            effect += float(np.log(1.5))
        return effect

    def has_new_clerk(self, day: int, position: int) -> bool:
        """Whether somebody new sits at a counter."""
        begins = self.trouble.new_clerk_from
        return position == 1 and begins is not None and day >= self.scored_from + begins
