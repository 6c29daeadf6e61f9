"""One process at a time computes a branch's estimates, and the next one takes over."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from queueapp.domain.estimate import Estimate, Estimates, NoEstimate
from tests.domain.samples import APPOINTMENT, BILLS, LINES, NORMAL
from tests.operations.office import Office, open_office

LONG = timedelta(seconds=30)
OVER = timedelta(0)


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    opened = open_office(database)
    yield opened
    opened.store.close()


def test_a_lease_is_one_holders_until_it_is_over(office: Office) -> None:
    store, branch = office.store, office.branch.id
    assert store.lease_is_free(branch)
    assert store.take_lease(branch, "kiosk", LONG)
    assert not store.lease_is_free(branch)
    assert not store.take_lease(branch, "board", LONG)
    assert store.take_lease(branch, "kiosk", OVER)
    assert store.lease_is_free(branch)
    assert store.take_lease(branch, "board", LONG)
    assert not store.take_lease(branch, "kiosk", LONG)


def test_of_many_who_want_the_lease_at_once_one_gets_it(office: Office) -> None:
    with ThreadPoolExecutor(8) as terminals:
        taken = terminals.map(
            lambda number: office.store.take_lease(office.branch.id, f"terminal {number}", LONG),
            range(8),
        )
        assert sum(taken) == 1


def test_a_lease_given_before_the_clock_was_put_back_is_over(office: Office) -> None:
    store, branch = office.store, office.branch.id
    assert store.take_lease(branch, "kiosk", timedelta(hours=1))
    assert store.lease_is_free(branch)
    assert store.take_lease(branch, "board", LONG)


def test_who_lost_the_lease_meanwhile_publishes_nothing(office: Office) -> None:
    store, branch = office.store, office.branch.id
    said = Estimates(made_at=office.clock(), revision=office.live.revision)
    store.take_lease(branch, "kiosk", OVER)
    store.take_lease(branch, "board", LONG)
    store.publish(branch, "kiosk", said)
    assert office.live.estimates is None
    store.publish(branch, "board", said)
    assert office.live.estimates == said


def test_what_is_published_is_what_everybody_reads(office: Office) -> None:
    issued = office.issue()
    assert issued.ticket is not None
    said = Estimates(
        made_at=office.clock(),
        revision=issued.revision,
        waiting={issued.ticket: Estimate(p10=10, p50=60, p80=90.5, p90=120)},
        arriving={
            (BILLS, NORMAL): Estimate(p10=1, p50=2, p80=3, p90=4),
            (LINES, APPOINTMENT): NoEstimate.NOBODY_SERVES,
        },
    )
    office.store.take_lease(office.branch.id, "kiosk", LONG)
    office.store.publish(office.branch.id, "kiosk", said)
    assert office.live.estimates == said
    assert office.live.revision == issued.revision


def test_a_ticket_keeps_what_was_promised_when_it_was_issued(office: Office) -> None:
    store, branch = office.store, office.branch.id
    before = office.issue()
    said = Estimates(
        made_at=office.clock(),
        revision=before.revision,
        arriving={(BILLS, NORMAL): Estimate(p10=1, p50=120, p80=300, p90=400)},
    )
    store.take_lease(branch, "kiosk", LONG)
    store.publish(branch, "kiosk", said)
    promised = office.leg(office.issue()).promise
    assert promised is not None
    assert (promised.p50, promised.p80, promised.made_at) == (120, 300, office.clock())
    assert office.leg(before).promise is None
    office.later(minutes=5)
    assert office.leg(office.issue()).promise is None, "an old estimate is no promise"
