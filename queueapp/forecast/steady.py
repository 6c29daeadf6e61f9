"""Estimates that a waiting customer can live with: they move, but they do not jump about.

While nothing happens in the branch, the time of the call that a ticket shows moves by a part only
of what a new computation finds; and it never comes nearer than the earliest time that was shown,
unless something did happen. Somebody may have gone for a coffee on that promise.
"""

from dataclasses import replace
from datetime import timedelta

from queueapp.domain.estimate import Estimate, Estimates, Forecast
from queueapp.domain.words import TicketId

FOLLOWED = 0.3
"""Of a difference without an event this part is shown at each refresh."""
FARTHEST = 0.15
"""Without an event no number moves farther than this share of what is left …"""
LEAST = 10.0
"""… or so many seconds, if that is more."""


def steadied(before: Estimates | None, found: Estimates) -> Estimates:
    """``found``, but for tickets that had an estimate ``before`` without anything happening since.

    An event is whatever raises the branch's revision.
    """
    if before is None or before.revision != found.revision:
        return found
    passed = (found.made_at - before.made_at) / timedelta(seconds=1)
    if passed < 0:
        return found
    waiting: dict[TicketId, Forecast] = {
        ticket: _steadied(before.waiting.get(ticket), forecast, passed)
        for ticket, forecast in found.waiting.items()
    }
    return replace(found, waiting=waiting)


def _steadied(before: Forecast | None, found: Forecast, passed: float) -> Forecast:
    if not isinstance(before, Estimate) or not isinstance(found, Estimate):
        return found
    earliest = max(before.p10 - passed, 0.0)
    p10, p50, p80, p90 = (
        max(_moved(shown - passed, new), earliest)
        for shown, new in (
            (before.p10, found.p10),
            (before.p50, found.p50),
            (before.p80, found.p80),
            (before.p90, found.p90),
        )
    )
    return Estimate(p10=p10, p50=p50, p80=p80, p90=p90)


def _moved(shown: float, new: float) -> float:
    """From ``shown`` (as time has moved it) towards ``new``."""
    most = max(FARTHEST * max(shown, 0.0), LEAST)
    step = FOLLOWED * (new - shown)
    return max(shown + min(max(step, -most), most), 0.0)
