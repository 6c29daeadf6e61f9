"""How long everybody will wait: the estimates of one branch at one moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from queueapp.domain.estimate import Estimate, Estimates, Forecast, NoEstimate
from queueapp.domain.hours import is_service_open
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import ServiceCode, TicketId
from queueapp.forecast.ahead import REPLICATES, SEED, Asked, played_through, scene_of
from queueapp.forecast.arrays import Flags, Places, Seconds
from queueapp.forecast.bookings import Booking
from queueapp.forecast.calibration import raw_quantiles
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.presence import Plans
from queueapp.forecast.scene import Lines, Scene

UNCALLED_ALLOWED = 0.2
"""With a larger share of replicates in which somebody is not called before the day ends (or the
last desk closes), a P80 would be a promise that nobody can give: the answer is in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Estimates, with what the learner needs to learn how good they were."""

    estimates: Estimates
    raw: Mapping[TicketId, Seconds]
    """The quantiles of each waiting ticket as they were simulated."""


def forecast(
    live: LiveBranch,
    now: datetime,
    *,
    knowledge: Knowledge | None = None,
    bookings: Sequence[Booking] = (),
    replicates: int = REPLICATES,
    seed: int = SEED,
    only: Collection[TicketId] | None = None,
    plans: Plans | None = None,
    staffing_known: bool = True,
) -> Estimates:
    """The waits of all who wait in ``live``, and of whoever would arrive ``now`` (aware).

    Simulates the branch's own queue ``replicates`` times with ``knowledge``, by default just what
    the branch configured. An appointment is taken to be due now when it arrives now.
    """
    return predict(
        live,
        now,
        knowledge=knowledge,
        bookings=bookings,
        replicates=replicates,
        seed=seed,
        only=only,
        plans=plans,
        staffing_known=staffing_known,
    ).estimates


def predict(
    live: LiveBranch,
    now: datetime,
    *,
    knowledge: Knowledge | None = None,
    bookings: Sequence[Booking] = (),
    replicates: int = REPLICATES,
    seed: int = SEED,
    only: Collection[TicketId] | None = None,
    plans: Plans | None = None,
    staffing_known: bool = True,
) -> Prediction:
    """:func:`forecast`, and what was simulated; ``only``: these tickets, nobody who arrives."""
    known = knowledge or Knowledge.configured(live.branch)
    asked = Asked(
        knowledge=known,
        bookings=bookings,
        replicates=replicates,
        seed=seed,
        only=only,
        plans=plans,
        staffing_known=staffing_known,
    )
    hall, scene = scene_of(live, now, asked)
    played = played_through(scene)
    hour = live.branch.local(now).hour
    wanted = np.flatnonzero(scene.people.wanted)
    simulated = _simulated(played.waiting[:, wanted])
    can_be_served = _served_lines(scene).tolist()
    forecasts = _forecasts(simulated, scene.people.line[wanted], scene.lines, known, hour)
    waiting: dict[TicketId, Forecast] = {
        ticket.id: NoEstimate.NOBODY_SERVES
        for ticket in live.waiting
        if only is None or ticket.id in only
    }
    raw = {}
    for place, found, quantiles in zip(wanted.tolist(), forecasts, simulated.raw, strict=True):
        ticket = hall.tickets[place].id
        waiting[ticket] = _in_words(
            found, can_be_served=can_be_served[int(scene.people.line[place])]
        )
        if isinstance(found, Estimate):
            raw[ticket] = quantiles
    newcomers = scene.newcomers.line
    forecasts = _forecasts(_simulated(played.newcomers), newcomers, scene.lines, known, hour)
    arriving = {
        newcomer: _unless_closed(
            live, newcomer[0], now, _in_words(found, can_be_served=can_be_served[int(line)])
        )
        for newcomer, found, line in zip(hall.newcomers, forecasts, newcomers, strict=True)
    }
    return Prediction(
        estimates=Estimates(
            made_at=now, revision=live.revision, waiting=waiting, arriving=arriving
        ),
        raw=raw,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Simulated:
    raw: Seconds
    """Shape (people, levels)."""
    can_promise: Flags
    """Shape (people,)."""


def _simulated(calls: Seconds) -> _Simulated:
    """``calls`` of shape (R, people)."""
    called = np.isfinite(calls)
    latest = np.where(called, calls, 0.0).max(axis=0, initial=0.0)
    return _Simulated(
        raw=raw_quantiles(np.where(called, calls, latest)),
        can_promise=(~called).mean(axis=0) <= UNCALLED_ALLOWED,
    )


def _forecasts(
    simulated: _Simulated,
    lines: Places,
    all_lines: Lines,
    knowledge: Knowledge,
    hour: int,
) -> list[Estimate | None]:
    places = all_lines.service[lines]
    waits = knowledge.calibration.quantiles(simulated.raw, places, hour)
    return [
        Estimate(p10=p10, p50=p50, p80=p80, p90=p90) if can_promise else None
        for (p10, p50, p80, p90), can_promise in zip(
            waits.tolist(), simulated.can_promise.tolist(), strict=True
        )
    ]


def _served_lines(scene: Scene) -> Flags:
    """The lines that a counter may call which is there at some time today; shape (L,)."""
    is_there = (scene.desks.ends > np.maximum(scene.desks.begins, 0.0)).any(axis=(0, 2))
    is_there = np.asarray(is_there & np.isfinite(scene.desks.free_at).any(axis=0))
    return np.asarray((scene.lines.may & is_there[:, np.newaxis]).any(axis=0))


def _in_words(found: Estimate | None, *, can_be_served: bool) -> Forecast:
    if found is not None:
        return found
    return NoEstimate.NOT_BEFORE_CLOSING if can_be_served else NoEstimate.NOBODY_SERVES


def _unless_closed(
    live: LiveBranch, service: ServiceCode, now: datetime, found: Forecast
) -> Forecast:
    if not is_service_open(live.branch, live.branch.service(service), now):
        return NoEstimate.SERVICE_CLOSED
    return found
