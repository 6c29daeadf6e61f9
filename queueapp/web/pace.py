"""How fast somebody may go: a bucket of tokens each, that fills by itself."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_REMEMBERED = 20_000
"""Whoever was not seen for longest is forgotten first; their bucket would be full by then."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Pace:
    """At most ``per_second`` of each in the long run, ``at_once`` after a rest.

    ``seconds`` is a clock that never goes back. Used by one thread.
    """

    def __init__(self, per_second: float, at_once: float, seconds: Callable[[], float]) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._seconds = seconds
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, whose: str) -> float:
        """Take one token of ``whose``; 0, or after how many seconds there will be one."""
        now = self._seconds()
        bucket = self._buckets.get(whose)
        if bucket is None:
            bucket = self._buckets[whose] = _Bucket(self._at_once, now)
            if len(self._buckets) > MOST_REMEMBERED:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(whose)
        filled = bucket.tokens + (now - bucket.at) * self._per_second
        bucket.tokens, bucket.at = min(self._at_once, filled), now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self._per_second
        bucket.tokens -= 1
        return 0.0
