"""The forecaster's outlook comes out of the database as it went in, and every terminal sees it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from queueapp.domain.accuracy import Accuracy, PastAccuracy
from queueapp.domain.advice import (
    Action,
    Advice,
    ChangeServices,
    EndPause,
    MoveBreak,
    OpenCounter,
    PauseRemote,
    Range,
)
from queueapp.domain.estimate import Estimates
from queueapp.domain.outlook import HalfHourAhead, Outlook
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.store.outlook_json import outlook_of, outlook_to_json
from tests.operations.office import Office, open_office

NOW = datetime.fromisoformat("2026-03-10T10:00+03:30")
FOUR = CounterNumber(4)
ACTIONS: tuple[Action, ...] = (
    OpenCounter(counter=FOUR, lasts=timedelta(hours=1)),
    EndPause(counter=FOUR),
    ChangeServices(counter=FOUR, services=(ServiceCode("A"), ServiceCode("ش"))),
    MoveBreak(counter=FOUR, planned=time(12), starts=time(12, 40)),
    PauseRemote(service=ServiceCode("ش")),
)
OUTLOOK = Outlook(
    made_at=NOW,
    ahead=(
        HalfHourAhead(
            starts=NOW,
            arrivals=Range(low=1.0, mean=4.5, high=9.0),
            waits=Range(low=0.0, mean=300.25, high=900.0),
            planned=3,
            needed=4,
        ),
        HalfHourAhead(
            starts=NOW + timedelta(minutes=30),
            arrivals=Range(low=0.0, mean=0.0, high=0.0),
            waits=Range(low=0.0, mean=0.0, high=0.0),
            planned=0,
        ),
    ),
    advice=tuple(
        Advice(
            action=action,
            spared=Range(low=-1.0, mean=4.2, high=9.0),
            shorter=81.5,
            cost=timedelta(minutes=20),
            people=60.5,
            turned_away=3.5,
        )
        for action in ACTIONS
    ),
    slower=-0.125,
    accuracy=PastAccuracy(
        last_day=date(2026, 3, 9),
        of_last_day=Accuracy(promises=9, late=2, ranged=9, within=7, error=1234.5),
        of_month=Accuracy(promises=99, late=20, ranged=90, within=70, error=12345.0),
    ),
)


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    opened = open_office(database)
    yield opened
    opened.store.close()


def test_an_outlook_is_read_as_it_was_written() -> None:
    assert outlook_of(outlook_to_json(OUTLOOK)) == OUTLOOK


def test_before_the_first_one_there_is_none() -> None:
    assert outlook_of(outlook_to_json(None)) is None


def test_a_terminal_sees_a_new_outlook_with_the_same_estimates(office: Office) -> None:
    live = office.live
    branch = live.branch.id
    assert office.store.take_lease(branch, "forecaster", timedelta(seconds=30))
    estimates = Estimates(made_at=office.clock(), revision=live.revision)
    office.store.publish(branch, "forecaster", estimates)
    before = office.store.live(branch)
    assert before.estimates is not None
    assert before.estimates.outlook is None
    assert office.store.changes(before) is None
    office.store.publish(branch, "forecaster", replace(estimates, outlook=OUTLOOK))
    changes = office.store.changes(before)
    assert changes is not None
    shown = before.after(changes).estimates
    assert shown is not None
    assert shown.outlook == OUTLOOK


def test_while_nothing_new_is_foretold_the_picture_keeps_the_very_same_estimates(
    office: Office,
) -> None:
    live = office.live
    assert office.store.take_lease(live.branch.id, "forecaster", timedelta(seconds=30))
    estimates = Estimates(made_at=office.clock(), revision=live.revision, outlook=OUTLOOK)
    office.store.publish(live.branch.id, "forecaster", estimates)
    before = office.live
    office.issue()
    changes = office.store.changes(before)
    assert changes is not None
    assert before.after(changes).estimates is before.estimates
