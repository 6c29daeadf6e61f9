"""Promises are kept with their whole range, and earlier days' are read back beside the calls."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from queueapp.domain.accuracy import Accuracy
from queueapp.domain.estimate import Estimate, Estimates
from queueapp.domain.outlook import Outlook
from queueapp.operations import commands as c
from queueapp.operations.ports import Receipt
from queueapp.store.promises import SqlPromises
from tests.domain.samples import BILLS, NORMAL
from tests.operations.office import Office, open_office

TOLD = Estimate(p10=120.0, p50=300.0, p80=600.0, p90=900.0)


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    opened = open_office(database)
    yield opened
    opened.store.close()


def tell(office: Office, outlook: Outlook | None = None) -> None:
    """Let a forecaster say what a customer who arrives now is told."""
    live = office.live
    assert office.store.take_lease(live.branch.id, "forecaster", timedelta(seconds=30))
    office.store.publish(
        live.branch.id,
        "forecaster",
        Estimates(
            made_at=office.clock(),
            revision=live.revision,
            arriving={(BILLS, NORMAL): TOLD},
            outlook=outlook,
        ),
    )


def waited(office: Office, minutes: float) -> Receipt:
    """Somebody who was told, and was called so many minutes later."""
    tell(office)
    issued = office.issue(BILLS)
    office.later(minutes=minutes)
    office.serve()
    office.finish()
    return issued


@pytest.fixture
def signed_on(office: Office) -> Office:
    office.sign_on()
    return office


def test_a_ticket_keeps_the_range_that_it_was_given(signed_on: Office) -> None:
    tell(signed_on)
    promise = signed_on.leg(signed_on.issue(BILLS)).promise
    assert promise is not None
    assert (promise.p10, promise.p50, promise.p80, promise.p90) == (120, 300, 600, 900)


def test_nothing_was_promised_before_the_first_day(signed_on: Office) -> None:
    waited(signed_on, 5)
    today = signed_on.live.day
    assert SqlPromises(signed_on.store).past_accuracy(signed_on.live.branch.id, today) is None


def test_yesterday_and_the_month_are_read_apart_and_together(signed_on: Office) -> None:
    office = signed_on
    first = office.live.day
    waited(office, 5)
    office.later(days=1)
    office.sign_on()
    waited(office, 11)
    waited(office, 16)
    past = SqlPromises(office.store).past_accuracy(office.live.branch.id, first + timedelta(days=2))
    assert past is not None
    assert past.last_day == first + timedelta(days=1)
    assert past.of_last_day == Accuracy(promises=2, late=2, ranged=2, within=1, error=360.0 + 660.0)
    assert past.of_month.promises == 3
    assert past.of_month.late == 2


def test_what_is_older_than_a_month_counts_no_more(signed_on: Office) -> None:
    office = signed_on
    first = office.live.day
    waited(office, 5)
    promises = SqlPromises(office.store)
    branch = office.live.branch.id
    assert promises.past_accuracy(branch, first + timedelta(days=30)) is not None
    assert promises.past_accuracy(branch, first + timedelta(days=31)) is None


def test_who_was_never_called_is_not_scored(signed_on: Office) -> None:
    office = signed_on
    tell(office)
    issued = office.issue(BILLS)
    assert issued.ticket is not None
    office.do(c.LeaveQueue(ticket=issued.ticket, token=issued.token))
    tomorrow = office.live.day + timedelta(days=1)
    assert SqlPromises(office.store).past_accuracy(office.live.branch.id, tomorrow) is None
