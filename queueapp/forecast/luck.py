"""Random draws that belong to somebody: the same seed gives the same customer the same luck.

Each customer and each counter has a stream of its own. So an estimate does not jump because
somebody else joined, and two simulations that differ in one thing differ by that thing alone
(common random numbers). This is the twin of :mod:`queueapp.forecast.kernel_luck` for numpy.
"""

from functools import lru_cache

import numpy as np

from queueapp.domain.words import CounterNumber, TicketId
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.normal import normal_scores

_MASK = (1 << 64) - 1
_ODD = 0x9E3779B97F4A7C15
_REPLICATE = np.uint64(0x9E3779B97F4A7C15)
_PURPOSE = 0xD1B54A32D192ED03
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)

KEPT = 2048
"""Draws of counters, services and days are the same in every forecast: so many are kept."""
OF_TICKETS, OF_COUNTERS, OF_SERVICES, OF_DAYS, OF_NEWCOMERS, OF_BOOKINGS, OF_ARRIVALS = range(7)


def key(seed: int, *parts: int) -> int:
    """Whose luck: a number of 64 bits that ``parts`` decide."""
    mixed = seed & _MASK
    for part in parts:
        while True:
            mixed = (mixed + (part & _MASK) + 1) * _ODD & _MASK
            mixed = (mixed ^ (mixed >> 30)) * _FIRST & _MASK
            mixed = (mixed ^ (mixed >> 27)) * _SECOND & _MASK
            mixed ^= mixed >> 31
            part >>= 64  # noqa: PLW2901 - a ticket's id is longer than one word
            if not part:
                break
    return mixed


def ticket_key(seed: int, ticket: TicketId) -> int:
    """The luck of a ticket."""
    return key(seed, OF_TICKETS, ticket.int)


def chances(luck: int, replicates: int, purpose: int = 0) -> Numbers:
    """One uniform draw from [0, 1) per replicate, the same as the compiled simulation's."""
    begin = np.uint64((luck + (purpose + 1) * _PURPOSE) & _MASK)
    mixed = begin + np.arange(1, replicates + 1, dtype=np.uint64) * _REPLICATE
    mixed = (mixed ^ (mixed >> _30)) * np.uint64(_FIRST)
    mixed = (mixed ^ (mixed >> _27)) * np.uint64(_SECOND)
    mixed ^= mixed >> _31
    return np.asarray((mixed >> _11) * (1.0 / (1 << 53)))


@lru_cache(maxsize=KEPT)
def counter_chances(seed: int, counter: CounterNumber, replicates: int, purpose: int) -> Numbers:
    """Uniform draws for one of a counter's comings and goings, one per replicate."""
    return _kept(chances(key(seed, OF_COUNTERS, counter), replicates, purpose))


@lru_cache(maxsize=KEPT)
def spread_scores(luck: int, replicates: int) -> Numbers:
    """Standard normal draws, one per replicate, that lie as evenly as the normal itself does."""
    order = np.argsort(chances(luck, replicates), kind="stable")
    return _kept(normal_scores((order + 0.5) / replicates))


def _kept(draws: Numbers) -> Numbers:
    """``draws`` as several may hold them: nobody writes into them."""
    draws.setflags(write=False)
    return draws
