"""What the compiled simulation is given and what it answers: plain arrays, and what they mean.

Times are seconds from the moment of the forecast; R replicates, L lines, C counters, S services,
K categories. A *line* is everybody of one service, category and destination; the first S x K
lines are those of walk-ins, service by service, then come lines to one counter only.
"""

from typing import NamedTuple

from queueapp.forecast.arrays import Flags, Keys, Numbers, Places, Seconds

ACCUMULATING, STRICT, FIFO = 0, 1, 2
"""How the simulation writes :class:`queueapp.domain.branch.Policy`."""
STEPS = 64
"""Every table of quantiles holds this many steps, from the chance 0 to the chance 1."""
ANY_COUNTER = -1


class Lines(NamedTuple):
    """Shape (L,) unless stated."""

    policy: int
    """By what counters choose."""
    service: Places
    category: Places
    target: Seconds
    weight: Numbers
    head_start: Seconds
    may: Flags
    """Shape (C, L): who of the line may be called to the counter."""
    rank: Places
    """Shape (C, L)."""


class People(NamedTuple):
    """Everybody who waits now, in order of (accrues_from, ticket); shape (people,)."""

    line: Places
    accrues: Seconds
    """Below zero in the past."""
    since: Seconds
    comes: Seconds
    """Above zero for somebody who is on the way, and is called from then on."""
    place: Places
    """The ticket's place among all tickets, which decides between equal claims."""
    luck: Keys
    wanted: Flags
    """Whose call is asked for."""


class Newcomers(NamedTuple):
    """Whoever would arrive now: followed, without ever taking a counter's time."""

    line: Places
    luck: Keys


class Later(NamedTuple):
    """People who come back to the queue at a time that each replicate draws."""

    line: Places
    accrues: Seconds
    at: Seconds
    """Shape (R, later); ``inf``: not in this replicate."""
    luck: Keys


class Booked(NamedTuple):
    """Appointments whose holders have not come yet."""

    line: Places
    at: Seconds
    luck: Keys
    shows_up: Numbers
    """The chance that each still comes."""
    passed: Numbers
    """The chance that each would have come by now, coming at all."""
    early: Seconds
    """Table: arrival less slot, so mostly below zero."""


class Arrivals(NamedTuple):
    """People expected for the rest of the day, walk-ins of every service and category."""

    edges: Seconds
    """Shape (slots + 1,), rising from 0."""
    expected: Numbers
    """Shape (slots + 1,): how many come until each edge."""
    share: Numbers
    """Shape (slots, S x K): the chance that somebody of the slot stands in one of the lines up to
    this one."""
    factor: Numbers
    """Shape (R,): today against what was expected."""
    kept: Numbers
    """Shape (S,): the share that still comes."""
    luck: int


class Desks(NamedTuple):
    """When counters can call; shape (R, C) or (R, C, stretches)."""

    free_at: Seconds
    """When the customer in hand is gone."""
    idle: Flags
    """Shape (C,): waits for somebody to come, at the moment of the forecast."""
    begins: Seconds
    ends: Seconds
    """``-inf`` for a stretch that there is not."""
    pause_after: Seconds
    """After this stretch the counter is away for so long, however late it got away; below zero:
    it is away until the next stretch begins."""


class Services(NamedTuple):
    """How long somebody occupies a counter, and what else a visit may do."""

    location: Numbers
    """Shape (R, S, C): the middle of the logarithm of the time in hand."""
    residual: Numbers
    """Shape (S, STEPS + 1): table of the logarithm's deviations."""
    between: Seconds
    """Table: from the end of one visit to the next call, while somebody waits."""
    response: Seconds
    """Table: from an arrival to the call by an idle counter."""
    pauses: float
    """The chance of a pause after a visit."""
    pause: Seconds
    """Table."""
    no_show: Numbers
    """Two numbers: the chance after no wait, and what each second of waiting adds."""
    no_show_cost: Seconds
    """Table."""
    leaving: float
    """The rate per second at which people leave the queue unseen."""
    goes_on: Numbers
    """Shape (S,): the chance that the visit goes on with another service."""
    goes_on_with: Numbers
    """Shape (S, S): the chance that it does with one of the services up to this one."""


class Scene(NamedTuple):
    """A branch at one moment."""

    horizon: float
    """When the day is over."""
    until: float
    """Everybody who comes before this is followed to the call; 0: only who is there."""
    most: int
    """How many people there may be at most in one replicate, those who wait now included."""
    rows: int
    """How many who come before ``until`` are answered at most."""
    lines: Lines
    people: People
    newcomers: Newcomers
    later: Later
    booked: Booked
    arrivals: Arrivals
    desks: Desks
    services: Services


class Played(NamedTuple):
    """When everybody is called; ``inf``: not before the day is over."""

    waiting: Seconds
    """Shape (R, people)."""
    newcomers: Seconds
    """Shape (R, newcomers)."""
    came: Seconds
    """Shape (R, rows): those who come before ``until``, the appointments first; ``inf``: nobody."""
    called: Seconds
    """Shape (R, rows)."""
    line: Places
    """Shape (R, rows)."""
