"""Advice for whoever asks on the command line, computed here and now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from queueapp.bootstrap import OpenBranch
from queueapp.domain.advice import Advice
from queueapp.domain.branch import Weekday
from queueapp.domain.live import LiveBranch
from queueapp.domain.outlook import HalfHourAhead
from queueapp.forecast.advice.deliberation import Question, advise, in_one_go
from queueapp.forecast.advice.proposed_roster import ProposedShift, proposed_shifts
from queueapp.forecast.advice.rest_of_day import rest_of_day, with_needs
from queueapp.forecast.advice.staffing import Staffing, counters_needed, counts
from queueapp.forecast.knowledge import Knowledge
from queueapp.forecast.planned_day import end_of_day
from queueapp.operations.forecasting import remembered
from queueapp.store.learned import SqlMemory


def question_of(opened: OpenBranch) -> Question:
    """The branch as it is now, with everything that was learned about it."""
    live, now = opened.store.live(opened.id), opened.clock()
    learner = remembered(SqlMemory(opened.store), opened.id, live, now)
    return Question(live=live, now=now, knowledge=learner.knowledge(now))


def advice_now(question: Question) -> tuple[Advice, ...]:
    """What would help now, the best first."""
    return advise(question)


def day_ahead(question: Question) -> tuple[HalfHourAhead, ...]:
    """The rest of the day with the counters that it takes."""
    until = end_of_day(question.live, question.now)
    staffing = in_one_go(counters_needed(question, question.now, until))
    return with_needs(rest_of_day(question), counts(staffing))


def proposed_week(
    question: Question, tell: Callable[[date], object] = lambda _day: None
) -> list[ProposedShift]:
    """A roster for each weekday on which people are expected; ``tell`` hears of each day."""
    found: list[ProposedShift] = []
    for ahead in range(1, 8):
        day = question.live.day + timedelta(days=ahead)
        tell(day)
        staffing = _staffing_of(question, day)
        if staffing:
            found += proposed_shifts(question.live.branch, Weekday(day.weekday()), staffing)
    return found


def _staffing_of(question: Question, day: date) -> Staffing:
    """The counters that each half hour of a coming day takes; empty when nobody is expected."""
    expected = question.knowledge.expected_arrivals(day).sum(axis=(1, 2))
    seen = question.knowledge.comings.seen
    busy = [half for half, people in enumerate(expected) if people > 0 and seen[half]]
    if not busy:
        return []
    live = _empty_day(question.live, day)
    begins, ends = (
        live.branch.moment(day, time(half // 2, half % 2 * 30)) for half in (busy[0], busy[-1])
    )
    knowledge = _without_today(question.knowledge)
    asked = replace(question, live=live, now=begins, knowledge=knowledge, bookings=())
    return in_one_go(counters_needed(asked, begins, ends + timedelta(minutes=30)))


def _empty_day(live: LiveBranch, day: date) -> LiveBranch:
    """The branch on the morning of another day."""
    return replace(live, day=day, tickets={}, desks={}, ratings={}, estimates=None)


def _without_today(knowledge: Knowledge) -> Knowledge:
    """What is known of any day: how today differs says nothing about the next one."""
    return replace(knowledge, comings=replace(knowledge.comings, today=1.0))
