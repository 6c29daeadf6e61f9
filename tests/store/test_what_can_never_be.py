"""What can never be is refused by the database itself, whatever a program tries."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import insert, literal_column, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from queueapp.domain.desk import DeskState
from queueapp.domain.ticket import LegState, Outcome
from tests.domain.samples import FIRST, REZA, SARA, SECOND, THIRD, at
from tests.operations.office import Office, open_office

TABLES = SQLModel.metadata.tables
ANOTHER_ID = UUID(int=1)


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Sara and Reza each serve somebody; A001 was served by Sara before, and rated."""
    opened = open_office(database)
    opened.sign_on()
    opened.sign_on(REZA, SECOND)
    rated = opened.issue()
    opened.serve()
    opened.finish()
    opened.rate(rated, 5)
    for staff, counter in ((SARA, FIRST), (REZA, SECOND)):
        opened.issue()
        opened.serve(staff, counter)
    yield opened
    opened.store.close()


def change(office: Office, name: str, which: dict[str, object], **values: object) -> None:
    """Overwrite columns of the rows that have the values ``which``, and keep it."""
    table = TABLES[name]
    chosen = [table.c[column] == value for column, value in which.items()]
    with office.store.writing.begin() as connection:
        done = connection.execute(update(table).where(*chosen).values(**values))
        assert done.rowcount > 0


def copy(office: Office, name: str, **values: object) -> None:
    """Insert the first row of a table once more with other values in some columns."""
    table = TABLES[name]
    with office.store.writing.begin() as connection:
        row = connection.execute(select(table).order_by(*table.primary_key).limit(1)).one()
        connection.execute(insert(table), {**row._mapping, **values})


def test_what_is_allowed_is_kept(office: Office) -> None:
    copy(office, "ticket", ticket_id=ANOTHER_ID, number=99, token="another")
    copy(office, "leg", ordinal=2)
    change(office, "leg", {"counter": SECOND, "state": LegState.SERVING}, note="kept")


def test_two_customers_in_hand_at_one_desk(office: Office) -> None:
    with pytest.raises(IntegrityError):
        change(office, "leg", {"counter": SECOND, "state": LegState.SERVING}, counter=FIRST)


def test_one_customer_at_two_places(office: Office) -> None:
    copy(office, "leg", ordinal=2, state=LegState.WAITING)
    with pytest.raises(IntegrityError):
        copy(office, "leg", ordinal=3, state=LegState.HELD, held_at=at(0))


def test_a_clerk_at_two_desks(office: Office) -> None:
    with pytest.raises(IntegrityError):
        copy(office, "desk", counter=THIRD)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"ticket_id": ANOTHER_ID, "token": "another"}, id="a number twice"),
        pytest.param({"ticket_id": ANOTHER_ID, "number": 99}, id="a token twice"),
        pytest.param({"ticket_id": ANOTHER_ID, "number": 0, "token": "x"}, id="number nought"),
        pytest.param(
            {"ticket_id": ANOTHER_ID, "number": 99, "token": "x", "letter": "Z"},
            id="a letter of no service",
        ),
    ],
)
def test_tickets(office: Office, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        copy(office, "ticket", **values)


def test_a_command_done_twice(office: Office) -> None:
    copy(office, "event", revision=1_000_000, command_id=ANOTHER_ID)
    with pytest.raises(IntegrityError):
        copy(office, "event", revision=1_000_001)
    with pytest.raises(IntegrityError):
        copy(office, "event", command_id=UUID(int=2))


def test_a_second_rating_of_one_leg_or_one_of_no_leg(office: Office) -> None:
    with pytest.raises(IntegrityError):
        copy(office, "rating")
    with pytest.raises(IntegrityError):
        copy(office, "rating", ordinal=2)
    with pytest.raises(IntegrityError):
        change(office, "rating", {}, score=6)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"state": LegState.CALLED, "called_at": None}, id="called at no time"),
        pytest.param({"state": LegState.CALLED, "counter": None}, id="called to no counter"),
        pytest.param({"state": LegState.CALLED, "staff": None}, id="called by nobody"),
        pytest.param({"state": LegState.SERVING, "started_at": None}, id="serving since never"),
        pytest.param({"state": LegState.HELD, "held_at": None}, id="held since never"),
        pytest.param(
            {"state": LegState.ENDED, "ended_at": None, "outcome": Outcome.SERVED},
            id="ended at no time",
        ),
        pytest.param(
            {"state": LegState.ENDED, "ended_at": at(9), "outcome": None}, id="ended in no way"
        ),
        pytest.param({"service": "Z"}, id="for a service that is none"),
        pytest.param({"category": "nobody"}, id="for a category that is none"),
        pytest.param({"counter": 9}, id="at a counter that is none"),
        pytest.param({"staff": "nobody"}, id="by somebody who is nobody"),
    ],
)
def test_legs(office: Office, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        change(office, "leg", {"counter": FIRST, "state": LegState.SERVING}, **values)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"state": DeskState.OPEN, "staff": None}, id="open without a clerk"),
        pytest.param({"state": DeskState.CLOSED}, id="closed with a clerk"),
    ],
)
def test_desks(office: Office, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        change(office, "desk", {"counter": FIRST}, **values)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("branch", "policy"),
        ("staff", "role"),
        ("desk", "state"),
        ("ticket", "channel"),
        ("leg", "state"),
        ("leg", "outcome"),
        ("rating", "reason"),
        ("rating", "channel"),
    ],
)
def test_words_that_mean_nothing(office: Office, table: str, column: str) -> None:
    with pytest.raises(IntegrityError):
        change(office, table, {}, **{column: literal_column("'asleep'")})


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("service", {"target_s": 0}),
        ("service", {"spread_s": -1}),
        ("category", {"weight": 0}),
        ("category", {"head_start_s": -1}),
        ("counter", {"number": -1}),
        ("roster", {"weekday": 7}),
    ],
)
def test_plans(office: Office, table: str, values: dict[str, object]) -> None:
    if table == "roster":
        with office.store.writing.begin() as connection:
            connection.execute(
                insert(TABLES["roster"]),
                {
                    "branch_id": office.branch.id,
                    "counter": FIRST,
                    "position": 0,
                    "weekday": 1,
                    "starts": "08:00",
                    "ends": "14:00",
                    "breaks": [],
                },
            )
    with pytest.raises(IntegrityError):
        change(office, table, {}, **values)
