"""A roster for the week from what was learned of it."""

from datetime import time

import pytest

from queueapp.bootstrap.advising import proposed_week
from queueapp.domain.branch import Weekday
from queueapp.forecast.advice.deliberation import Question
from queueapp.forecast.advice.proposed_roster import ProposedShift
from queueapp.forecast.learner import Learner
from tests.domain.samples import NOON
from tests.forecast.halls import a_hall
from tests.forecast.test_learner import a_branch_that_believes, days_of_visits, lognormal

DAYS = 4
OPENS, CLOSES = time(8), time(15)
"""The visits of those days begin at eight and the last comes at twenty to three."""


@pytest.fixture(scope="module")
def week() -> list[ProposedShift]:
    branch = a_branch_that_believes(300)
    learner = Learner(branch)
    learner.recall(days_of_visits(DAYS, lognormal(300)), after=None, until=NOON)
    question = Question(live=a_hall(branch), now=NOON, knowledge=learner.knowledge(NOON))
    return proposed_week(question)


def test_a_week_that_was_learned_is_staffed_from_the_first_to_the_last_who_come(
    week: list[ProposedShift],
) -> None:
    assert min(shift.span.starts for shift in week) == OPENS
    assert max(shift.span.ends for shift in week) == CLOSES


def test_somebody_is_there_whenever_people_are_expected(week: list[ProposedShift]) -> None:
    for weekday in {shift.weekday for shift in week}:
        own = [shift.span for shift in week if shift.weekday is weekday]
        for hour in range(OPENS.hour, CLOSES.hour):
            assert any(span.holds(time(hour, 15)) for span in own), (weekday, hour)


def test_every_weekday_has_its_staff_once_the_week_is_known(week: list[ProposedShift]) -> None:
    assert {shift.weekday for shift in week} == set(Weekday)
