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
from queueapp.forecast.arrays import Flags, Numbers, Places, Seconds
from queueapp.forecast.bookings import Booking
from queueapp.forecast.calibration import raw_quantiles
from queueapp.forecast.correction import Surroundings, features_of
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.presence import Plans
from queueapp.forecast.scene import Scene

UNCALLED_ALLOWED = 0.2
"""With a larger share of replicates in which somebody is not called before the day ends (or the
last desk closes), a P80 would be a promise that nobody can give: the answer is in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Estimates, with what the learner needs to learn how good they were."""

    estimates: Estimates
    raw: Mapping[TicketId, Seconds]
    """The quantiles of each waiting ticket as they were simulated."""
    features: Mapping[TicketId, Numbers]
    """What a correction looks at."""
    simulated: Mapping[TicketId, Seconds]
    """P10, P50, P80 and P90, calibrated, before any correction."""


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
    """The waits of all who wait in ``live``, and of whoever would arrive ``now`` (aware).

    Simulates the branch's own queue ``replicates`` times with ``knowledge``, by default just what
    the branch configured. An appointment is taken to be due now when it arrives now. ``only``:
    these tickets, nobody who arrives.
    """
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
    wanted = np.flatnonzero(scene.people.wanted)
    around = _surroundings(live, now, scene, known)
    people = _ranges(scene, played.waiting[:, wanted], scene.people.line[wanted], known, around)
    arrivals = _ranges(scene, played.newcomers, scene.newcomers.line, known, around)
    waiting: dict[TicketId, Forecast] = {
        ticket.id: NoEstimate.NOBODY_SERVES
        for ticket in live.waiting
        if only is None or ticket.id in only
    }
    tickets = [hall.tickets[place].id for place in wanted.tolist()]
    waiting.update(zip(tickets, people.forecasts, strict=True))
    estimated = [n for n, found in enumerate(people.forecasts) if isinstance(found, Estimate)]
    return Prediction(
        estimates=Estimates(
            made_at=now,
            revision=live.revision,
            waiting=waiting,
            arriving={
                newcomer: _unless_closed(live, newcomer[0], now, found)
                for newcomer, found in zip(hall.newcomers, arrivals.forecasts, strict=True)
            },
        ),
        raw={tickets[n]: people.raw[n] for n in estimated},
        features={tickets[n]: people.features[n] for n in estimated},
        simulated={tickets[n]: people.simulated[n] for n in estimated},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranges:
    """What comes out for some people, in their order."""

    forecasts: list[Forecast]
    raw: Seconds
    """Shape (people, levels)."""
    simulated: Seconds
    """Shape (people, 4), calibrated."""
    features: Numbers
    """Shape (people, FEATURES)."""


def _ranges(
    scene: Scene, calls: Seconds, lines: Places, knowledge: Knowledge, around: Surroundings
) -> _Ranges:
    """``calls`` of shape (R, people), ``lines`` of (people,)."""
    called = np.isfinite(calls)
    latest = np.where(called, calls, 0.0).max(axis=0, initial=0.0)
    raw = raw_quantiles(np.where(called, calls, latest))
    services = scene.lines.service[lines]
    simulated = knowledge.calibration.quantiles(raw, services, int(around.hour))
    waiting = np.bincount(scene.lines.service[scene.people.line], minlength=len(knowledge.services))
    features = features_of(simulated, waiting[services], around)
    correction = knowledge.correction
    waits = correction.quantiles(features) if correction.is_used else simulated
    can_promise = (~called).mean(axis=0) <= UNCALLED_ALLOWED
    can_be_served = _served_lines(scene)[lines]
    return _Ranges(
        forecasts=[
            _forecast(own, can_promise=promised, can_be_served=served)
            for own, promised, served in zip(
                waits.tolist(), can_promise.tolist(), can_be_served.tolist(), strict=True
            )
        ],
        raw=raw,
        simulated=simulated,
        features=features,
    )


def _forecast(waits: list[float], *, can_promise: bool, can_be_served: bool) -> Forecast:
    if can_promise:
        p10, p50, p80, p90 = waits
        return Estimate(p10=p10, p50=p50, p80=p80, p90=p90)
    return NoEstimate.NOT_BEFORE_CLOSING if can_be_served else NoEstimate.NOBODY_SERVES


def _surroundings(
    live: LiveBranch, now: datetime, scene: Scene, knowledge: Knowledge
) -> Surroundings:
    local = live.branch.local(now)
    return Surroundings(
        waiting=len(scene.people.line),
        busy=sum(live.in_hand(counter.number) is not None for counter in live.branch.counters),
        longest=float(-scene.people.since.min(initial=0.0)),
        hour=local.hour + local.minute / 60,
        recent=knowledge.correction.recent,
        recent_miss=knowledge.correction.recent_miss,
    )


def _served_lines(scene: Scene) -> Flags:
    """The lines that a counter may call which is there at some time today; shape (L,)."""
    is_there = (scene.desks.ends > np.maximum(scene.desks.begins, 0.0)).any(axis=(0, 2))
    is_there = np.asarray(is_there & np.isfinite(scene.desks.free_at).any(axis=0))
    return np.asarray((scene.lines.may & is_there[:, np.newaxis]).any(axis=0))


def _unless_closed(
    live: LiveBranch, service: ServiceCode, now: datetime, found: Forecast
) -> Forecast:
    if not is_service_open(live.branch, live.branch.service(service), now):
        return NoEstimate.SERVICE_CLOSED
    return found
