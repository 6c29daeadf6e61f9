"""The parameters by which simulated days are really made, as a forecast would know them.

What the forecaster learns is compared with this, which nobody could know in life.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from queueapp.domain.branch import Branch
from queueapp.domain.words import CategoryCode, StaffCode
from queueapp.forecast.arrays import Numbers
from queueapp.forecast.knowledge import Belief, Comings, Knowledge, Losses, Occupancy, Slips
from queueapp.forecast.quantile_table import constant, half_normal_table
from queueapp.simulator.behaviour import Duration
from queueapp.simulator.crowd import Crowd, expected_visitors
from queueapp.simulator.day_clerk import LATE
from queueapp.simulator.luck import Luck

DRAWS = 20_001
CHANCES = (np.arange(DRAWS) + 0.5) / DRAWS


def true_knowledge(
    branch: Branch, day: date, crowd: Crowd, seed: int, *, seen: Knowledge, knows_the_day: bool
) -> Knowledge:
    """The true parameters; with ``knows_the_day`` also how busy this very day is by chance.

    That nobody can know before the evening, and only the luck of those who come is left then.
    Which breaks are over today is a fact, no parameter: it is taken from what was ``seen``.
    """
    configured = Knowledge.configured(branch)
    places = len(configured.services)
    behaviour = crowd.behaviour
    logarithms = [_log_visit(branch, place, crowd) for place in range(places)]
    others = np.ones((places, places)) - np.eye(places)
    return replace(
        configured,
        occupancy=Occupancy(
            mean=np.array([values.mean() for values in logarithms]),
            deviation=np.zeros(places),
            residual=np.array([_table(values - values.mean()) for values in logarithms]),
            clerks={
                StaffCode(str(counter.number)): Belief(
                    mean=float(np.log(_pace(seed, str(counter.number), crowd)))
                )
                for counter in branch.counters
            },
            between=_table(_draws(behaviour.clerks.between)),
        ),
        losses=Losses(
            no_show=np.array([behaviour.customers.stays_away, 0.0]),
            no_show_cost=constant(behaviour.clerks.gives_up_after.total_seconds()),
            goes_on=np.full(places, crowd.stays_on),
            goes_on_with=others / max(places - 1, 1),
        ),
        comings=Comings(
            profile=_profile(branch, configured, day, crowd, seed if knows_the_day else None),
            certainty=1e6 if knows_the_day else 1 / crowd.busy_days**2,
        ),
        slips=Slips(
            opening=half_normal_table(LATE.total_seconds()),
            absent=0.0,
            pauses_today=seen.slips.pauses_today,
        ),
    )


def _log_visit(branch: Branch, place: int, crowd: Crowd) -> Numbers:
    """Logarithms of seconds from a call to the end of the visit, at a clerk of usual pace."""
    service = branch.services[place]
    random = np.random.default_rng(place)
    takes = _draws(Duration(mean=service.mean, spread=service.spread))
    walk = _draws(crowd.behaviour.customers.walk)
    return np.asarray(np.log(takes + random.permutation(walk)))


def _draws(duration: Duration) -> Numbers:
    """Every quantile of a log-normal duration once, in seconds."""
    mean, spread = duration.mean.total_seconds(), duration.spread.total_seconds()
    variance = np.log1p((spread / mean) ** 2)
    scores = np.random.default_rng(1).standard_normal(DRAWS)
    return np.asarray(np.exp(np.log(mean) - variance / 2 + np.sqrt(variance) * np.sort(scores)))


def _table(values: Numbers) -> Numbers:
    return np.asarray(np.quantile(values, np.linspace(0, 1, 65)))


def _pace(seed: int, staff: str, crowd: Crowd) -> float:
    return Luck(seed, f"clerk {staff}").factor(crowd.behaviour.clerks.pace)


def _profile(
    branch: Branch, knowledge: Knowledge, day: date, crowd: Crowd, seed: int | None
) -> Numbers:
    """Shape (7, 48, services, categories)."""
    profile = np.zeros_like(knowledge.comings.profile)
    shares = _category_shares(branch, knowledge, crowd)
    for place, service in enumerate(branch.services):
        for begins, _, people in expected_visitors(branch, service, day, crowd, seed):
            local = branch.local(begins)
            half = local.hour * 2 + local.minute // 30
            profile[day.weekday(), half, place] += people * shares
    return profile


def _category_shares(branch: Branch, knowledge: Knowledge, crowd: Crowd) -> Numbers:
    customers = crowd.behaviour.customers
    shares = dict.fromkeys(knowledge.categories, 0.0)
    appointment = [c.code for c in branch.categories if c.by_appointment]
    sooner = [c.code for c in branch.categories if c.reasons and not c.by_appointment]
    plain = [c.code for c in branch.categories if not (c.by_appointment or c.reasons)]
    usual = CategoryCode((plain or list(knowledge.categories))[0])
    left = 1.0
    for codes, share in ((appointment, customers.appointment), (sooner, customers.priority)):
        if codes:
            shares[codes[0]] += share
            left -= share
    shares[usual] += left
    return np.array([shares[code] for code in knowledge.categories])
