"""Random draws that belong to somebody: the same seed gives the same customer the same luck.

Each customer and each counter has a stream of its own. So an estimate does not jump because
somebody else joined, and two simulations that differ in one thing differ by that thing alone
(common random numbers).
"""

import numpy as np

from queueapp.domain.words import CounterNumber, TicketId
from queueapp.forecast.arrays import Numbers

_OF_TICKETS = 0
_OF_COUNTERS = 1


def ticket_chances(seed: int, ticket: TicketId, replicates: int) -> Numbers:
    """One uniform draw from [0, 1) per replicate."""
    return np.random.default_rng([seed, _OF_TICKETS, ticket.int]).random(replicates)


def counter_chances(seed: int, counter: CounterNumber, shape: tuple[int, int]) -> Numbers:
    """Uniform draws from [0, 1) for a counter's comings and goings."""
    return np.random.default_rng([seed, _OF_COUNTERS, counter]).random(shape)
