"""What the forecaster learned is kept, and what happened since is found."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from queueapp.domain.desk import DeskState
from queueapp.domain.words import Revision
from queueapp.operations.commands import CloseDesk, OpenDesk, PauseDesk, StartDay
from queueapp.operations.forecasting import Learned
from queueapp.store import statements as s
from queueapp.store.learned import SqlMemory, learned
from tests.domain.samples import FIRST, MINA, REZA, SARA, SECOND, at
from tests.operations.office import Office, open_office

LONG = timedelta(seconds=30)


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    opened = open_office(database)
    yield opened
    opened.store.close()


def test_what_was_saved_last_is_found(office: Office) -> None:
    memory, branch = SqlMemory(office.store), office.branch.id
    office.store.take_lease(branch, "kiosk", LONG)
    assert memory.learned(branch) is None

    for revision, snapshot in ((3, "{}"), (7, '{"name": "آزادی"}')):
        memory.save_learned(
            branch, "kiosk", Learned(revision=Revision(revision), snapshot=snapshot)
        )

    assert memory.learned(branch) == Learned(revision=Revision(7), snapshot='{"name": "آزادی"}')


def test_who_lost_the_lease_meanwhile_saves_nothing(office: Office) -> None:
    memory, branch = SqlMemory(office.store), office.branch.id
    office.store.take_lease(branch, "board", LONG)

    memory.save_learned(branch, "kiosk", Learned(revision=Revision(1), snapshot="{}"))

    assert memory.learned(branch) is None


def test_a_snapshot_that_cannot_be_read_is_none(office: Office) -> None:
    memory, branch = SqlMemory(office.store), office.branch.id
    office.store.take_lease(branch, "kiosk", LONG)
    memory.save_learned(branch, "kiosk", Learned(revision=Revision(1), snapshot="{}"))
    with office.store.writing.begin() as connection:
        connection.execute(update(learned).values(snapshot=b"torn"))

    assert memory.learned(branch) is None


def test_tickets_that_changed_since_are_found_whole(office: Office) -> None:
    memory, branch = SqlMemory(office.store), office.branch.id
    office.sign_on()
    first, second = office.issue().ticket, office.issue().ticket
    between = office.live.revision
    office.call()

    assert {t.id for t in memory.tickets_since(branch, Revision(0), most=100)} == {first, second}
    [moved] = memory.tickets_since(branch, between, most=100)
    assert moved == office.live.ticket(moved.id)
    assert memory.tickets_since(branch, office.live.revision, most=100) == []


def test_of_many_tickets_the_latest_are_read(office: Office) -> None:
    memory, branch = SqlMemory(office.store), office.branch.id
    office.issue()
    last = office.issue().ticket

    assert [t.id for t in memory.tickets_since(branch, Revision(0), most=1)] == [last]


def test_the_states_of_desks_are_found_as_they_came(office: Office) -> None:
    memory, branch = SqlMemory(office.store), office.branch.id
    office.issue()
    office.sign_on()
    office.later(minutes=5)
    office.do(PauseDesk(counter=FIRST, staff=SARA, reason="Tea", minutes=10))
    office.sign_on()
    office.later(minutes=12)
    office.do(OpenDesk(counter=FIRST, staff=SARA))
    between = office.live.revision
    office.later(minutes=30)
    office.do(CloseDesk(counter=FIRST, staff=SARA))
    office.sign_on(MINA)

    found = memory.desks_since(branch, Revision(-1), most=100)

    assert [(desk.state, desk.staff, desk.since, desk.expected_end) for desk in found] == [
        (DeskState.OPEN, SARA, at(0), None),
        (DeskState.PAUSED, SARA, at(5), at(15)),
        (DeskState.OPEN, SARA, at(17), None),
        (DeskState.CLOSED, None, at(47), None),
        (DeskState.OPEN, MINA, at(47), None),
    ]
    later = memory.desks_since(branch, between, most=100)
    assert later == found[-2:]


@pytest.mark.parametrize("is_named", [True, False], ids=["said which", "from an older version"])
def test_a_desk_that_the_night_closed_opens_when_its_clerk_is_back(
    office: Office, *, is_named: bool
) -> None:
    office.sign_on()
    office.later(days=1)
    office.sign_on()
    if not is_named:
        of_nights = s.event.c.kind == StartDay.__name__
        with office.store.writing.begin() as connection:
            connection.execute(update(s.event).where(of_nights).values(facts={"expired": 0}))
    found = SqlMemory(office.store).desks_since(office.branch.id, Revision(-1), most=100)
    assert [(desk.state, desk.staff) for desk in found] == [
        (DeskState.OPEN, SARA),
        (DeskState.CLOSED, None),
        (DeskState.OPEN, SARA),
    ]


def test_a_snapshot_from_before_midnight_learns_which_desks_the_night_closed(
    office: Office,
) -> None:
    office.sign_on()
    office.sign_on(REZA, SECOND)
    office.issue()
    office.serve(REZA, SECOND)  # over midnight: that desk stays open
    saved = office.live.revision
    next_day = office.later(days=1)
    office.sign_on(MINA, FIRST)
    found = SqlMemory(office.store).desks_since(office.branch.id, saved, most=100)
    assert [(desk.counter, desk.state, desk.staff, desk.since) for desk in found] == [
        (FIRST, DeskState.CLOSED, None, next_day),
        (FIRST, DeskState.OPEN, MINA, next_day),
    ]


def test_no_states_of_desks_are_read_from_long_before_the_tickets(office: Office) -> None:
    memory, branch = SqlMemory(office.store), office.branch.id
    office.sign_on()
    office.do(CloseDesk(counter=FIRST, staff=SARA))
    office.issue()
    office.sign_on()
    states = [desk.state for desk in memory.desks_since(branch, Revision(-1), most=1)]
    assert states == [DeskState.OPEN]
