"""Counters for visits whose log does not say where they were served."""

import heapq
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from queueapp.forecast.replay.log import Visit


def with_counters(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """``visits``, where those that were called at no counter get the lowest one that is free.

    Free is whoever's last customer had left by the call; so nothing later than the call decides.
    """
    visits = tuple(visits)
    unnamed = [v for v in visits if v.called_at is not None and not v.counter]
    given: dict[int, str] = {}
    free: list[int] = []
    busy: list[tuple[datetime, int]] = []
    counters = 0
    for visit in sorted(unnamed, key=lambda v: (v.called_at, v.line)):
        assert visit.called_at is not None
        while busy and busy[0][0] <= visit.called_at:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if not free:
            counters += 1
            heapq.heappush(free, counters)
        number = heapq.heappop(free)
        heapq.heappush(busy, (visit.ended_at or visit.called_at, number))
        given[visit.line] = str(number)
    return tuple(
        replace(v, counter=given[v.line]) if v.line in given and not v.counter else v
        for v in visits
    )
