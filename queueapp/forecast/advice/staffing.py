"""How many counters each half hour takes so that 8 of 10 people are called within their target.

Found by trying: the fewest counters that cover the work are simulated, and one more is opened
where a half hour misses the target, until none does or every counter is open.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import ceil

import numpy as np

from queueapp.domain.branch import Counter
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.figures import HALF_HOUR
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.forecast.advice.deliberation import Question
from queueapp.forecast.advice.prospect import Prospect, prospect_of
from queueapp.forecast.advice.rest_of_day import come_in, half_hours
from queueapp.forecast.ahead import look_ahead

WITHIN = 0.8
"""The share of people who shall be called within their target."""
REPLICATES = 60
MOST_TRIES = 60
FULL = 0.85
"""No counter is busy all the time: the first guess leaves so much of each for people."""

Staffing = list[tuple[datetime, tuple[CounterNumber, ...]]]
"""Half hours of the branch's clock with the counters that they take."""


def counters_needed(
    question: Question, since: datetime, until: datetime
) -> Generator[None, None, Staffing]:
    """The counters that each half hour from ``since`` to ``until`` takes.

    Yields after each simulation.
    """
    live = all_closed(question.live)
    halves = half_hours(live, since, until)
    if not halves:
        return []
    asked = replace(question, live=live)
    open_in = yield from _first_guess(asked, halves, until)
    for _ in range(MOST_TRIES):
        prospect = _tried(asked, open_in, until)
        yield
        if not _opened_one_more(asked, prospect, open_in):
            break
    return [(half, tuple(sorted(open_in[half]))) for half in halves]


def counts(staffing: Staffing) -> dict[datetime, int]:
    """How many counters each half hour takes."""
    return {half: len(counters) for half, counters in staffing}


def all_closed(live: LiveBranch) -> LiveBranch:
    """The branch with nobody signed on: the plan alone says who is there."""
    desks = {
        counter.number: Desk(counter=counter.number, state=DeskState.CLOSED)
        for counter in live.branch.counters
    }
    in_hand = {counter: live.in_hand(counter) for counter in desks}
    return replace(
        live,
        desks={
            number: live.desk(number) if in_hand[number] is not None else desk
            for number, desk in desks.items()
        },
    )


OpenIn = dict[datetime, set[CounterNumber]]


def _first_guess(
    question: Question, halves: Sequence[datetime], until: datetime
) -> Generator[None, None, OpenIn]:
    """As many counters as the work of each half hour fills, chosen so that all of it is served."""
    everybody = {half: {c.number for c in question.live.branch.counters} for half in halves}
    prospect = _tried(question, everybody, until)
    yield
    guess: OpenIn = {}
    for half in halves:
        work = _work(question, prospect, half)
        guess[half] = _enough(question.live.branch.counters, work)
    return guess


def _work(question: Question, prospect: Prospect, half: datetime) -> dict[ServiceCode, float]:
    """Counters that each service of a half hour would fill."""
    chosen = come_in(prospect, half, question.now)
    if half <= question.now:
        chosen |= prospect.comes <= 0
    counts = np.bincount(prospect.service[chosen], minlength=len(question.knowledge.services))
    return {
        code: float(count)
        / prospect.replicates
        * question.knowledge.mean_occupancy(code)
        / HALF_HOUR.total_seconds()
        for code, count in zip(question.knowledge.services, counts, strict=True)
        if count
    }


def _enough(counters: Sequence[Counter], work: Mapping[ServiceCode, float]) -> set[CounterNumber]:
    """Counters that serve everything in ``work``, and as many as all of it fills."""
    chosen: set[CounterNumber] = set()
    left = dict(work)
    while len(chosen) < len(counters) and (
        any(left.values()) or len(chosen) < ceil(sum(work.values()) / FULL)
    ):
        best = max(
            (counter for counter in counters if counter.number not in chosen),
            key=lambda counter: (sum(left.get(c, 0.0) for c in counter.services), -counter.number),
        )
        chosen.add(best.number)
        room = FULL
        for code in best.services:
            taken = min(room, left.get(code, 0.0))
            left[code] = left.get(code, 0.0) - taken
            room -= taken
        if not any(
            left.get(c, 0.0)
            for each in counters
            if each.number not in chosen
            for c in each.services
        ):
            left = {}
    return chosen


def _tried(
    question: Question, open_in: Mapping[datetime, set[CounterNumber]], until: datetime
) -> Prospect:
    """What happens when these counters are open."""
    live = question.live
    ahead = look_ahead(
        live,
        question.now,
        knowledge=question.knowledge,
        until=until,
        bookings=question.bookings,
        replicates=REPLICATES,
        seed=question.seed,
        plans={
            counter.number: _stretches(counter.number, open_in) for counter in live.branch.counters
        },
    )
    return prospect_of(live, ahead, question.knowledge, question.now)


def _stretches(
    counter: CounterNumber, open_in: Mapping[datetime, set[CounterNumber]]
) -> list[tuple[datetime, datetime]]:
    """From when until when a counter is open, half hours beside each other as one."""
    stretches: list[tuple[datetime, datetime]] = []
    for half in sorted(open_in):
        if counter not in open_in[half]:
            continue
        if stretches and stretches[-1][1] == half:
            stretches[-1] = (stretches[-1][0], half + HALF_HOUR)
        else:
            stretches.append((half, half + HALF_HOUR))
    return stretches


def _opened_one_more(question: Question, prospect: Prospect, open_in: OpenIn) -> bool:
    """Open a counter in the first half hour that misses the target; ``False``: there is none."""
    for half in sorted(open_in):
        chosen = come_in(prospect, half, question.now)
        if not chosen.any() or 1 - prospect.is_past[chosen].mean() >= WITHIN:
            continue
        late = np.bincount(
            prospect.service[chosen & prospect.is_past],
            minlength=len(question.knowledge.services),
        )
        worst = question.knowledge.services[int(late.argmax())]
        # Who comes in one half hour may be kept waiting by the one before.
        for where in (half, half - HALF_HOUR, half + HALF_HOUR):
            if where not in open_in:
                continue
            for counter in question.live.branch.counters_serving(worst):
                if counter.number not in open_in[where]:
                    open_in[where].add(counter.number)
                    return True
    return False
