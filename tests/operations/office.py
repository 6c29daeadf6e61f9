"""A branch at work, for stories: short verbs over the real operations and a real database.

Its clock stands still until a story moves it; it begins at ``NOON``.
"""
# ruff: noqa: ANN401 - overrides go on to commands, which check their names

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypedDict

import pytest
from sqlalchemy import bindparam, select
from sqlmodel import SQLModel

from queueapp.domain.branch import Branch
from queueapp.domain.desk import Desk
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Role
from queueapp.domain.ticket import Channel, Leg, Ticket
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode, StaffCode
from queueapp.operations.commands import (
    AddStaff,
    ApplyBranch,
    CallNext,
    Command,
    Finish,
    IssueTicket,
    RateService,
    SignOn,
    StartService,
)
from queueapp.operations.operations import Operations
from queueapp.operations.ports import Receipt
from queueapp.store import schema
from queueapp.store.store import SqlStore
from tests.databases import PIN, QuickHasher
from tests.domain.samples import BILLS, FIRST, MINA, NOON, NORMAL, REZA, SARA, a_branch

Rows = dict[str, list[tuple[Any, ...]]]
ROWS_OF = {
    table.name: select(table)
    .where(table.c.branch_id == bindparam("branch"))
    .order_by(*table.primary_key)
    for table in SQLModel.metadata.sorted_tables
}
"""The same statements each time, which the store's driver keeps: stories look at all rows often."""


class AtDesk(TypedDict):
    """Who does it and where, as every command at a desk wants it."""

    staff: StaffCode
    counter: CounterNumber


@dataclass
class MovableClock:
    """The database's clock, as a story tells it."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Office:
    """One branch, its store and its clock."""

    store: SqlStore
    operations: Operations
    clock: MovableClock = field(default_factory=MovableClock)
    branch: Branch = field(default_factory=a_branch)

    # -- time ------------------------------------------------------------------------------------

    def later(self, *, seconds: float = 0, minutes: float = 0, days: float = 0) -> datetime:
        """Let time pass."""
        self.clock.moment += timedelta(seconds=seconds, minutes=minutes, days=days)
        return self.clock.moment

    # -- doing -----------------------------------------------------------------------------------

    def do(self, command: Command) -> Receipt:
        return self.operations.handle(command)

    def issue(
        self, service: ServiceCode = BILLS, category: CategoryCode = NORMAL, **overrides: Any
    ) -> Receipt:
        return self.do(
            IssueTicket(service=service, category=category, **{"language": "fa", **overrides})
        )

    def sign_on(
        self, staff: StaffCode = SARA, counter: CounterNumber = FIRST, pin: str = PIN
    ) -> Receipt:
        return self.do(SignOn(counter=counter, staff=staff, pin=pin))

    def call(self, staff: StaffCode = SARA, counter: CounterNumber = FIRST) -> Receipt:
        return self.do(CallNext(counter=counter, staff=staff))

    def start(self, staff: StaffCode = SARA, counter: CounterNumber = FIRST) -> Receipt:
        return self.do(StartService(counter=counter, staff=staff))

    def finish(self, staff: StaffCode = SARA, counter: CounterNumber = FIRST) -> Receipt:
        return self.do(Finish(counter=counter, staff=staff))

    def serve(self, staff: StaffCode = SARA, counter: CounterNumber = FIRST) -> Receipt:
        """Call the next customer and start."""
        self.call(staff, counter)
        return self.start(staff, counter)

    def rate(self, issued: Receipt, score: int, **overrides: Any) -> Receipt:
        assert issued.ticket is not None
        return self.do(
            RateService(
                ticket=issued.ticket, score=score, **{"channel": Channel.COUNTER, **overrides}
            )
        )

    # -- looking ---------------------------------------------------------------------------------

    @property
    def live(self) -> LiveBranch:
        return self.store.live(self.branch.id)

    def ticket(self, issued: Receipt) -> Ticket:
        assert issued.ticket is not None
        return self.live.ticket(issued.ticket)

    def leg(self, issued: Receipt) -> Leg:
        return self.ticket(issued).leg

    def desk(self, counter: CounterNumber = FIRST) -> Desk:
        return self.live.desk(counter)

    def rows(self) -> Rows:
        """Everything that the database holds about the branch."""
        with self.store.reading.connect() as connection:
            return {
                name: self.store._driver.run(connection.connection, of, {"branch": self.branch.id})
                for name, of in ROWS_OF.items()
            }

    # -- refusing --------------------------------------------------------------------------------

    @contextmanager
    def refuses(self, reason: Reason) -> Iterator[None]:
        """What is done inside is refused for ``reason``, and changes nothing at all."""
        before = self.rows()
        with pytest.raises(Refused) as refused:
            yield
        assert refused.value.reason is reason, str(refused.value)
        assert self.rows() == before


def open_office(url: str, branch: Branch | None = None) -> Office:
    """An office in a database of its own; see :func:`start_office`."""
    clock = MovableClock()
    store = SqlStore(url, clock=clock)
    schema.ensure_current(store.writing)
    return start_office(store, clock, branch or a_branch())


def start_office(store: SqlStore, clock: MovableClock, branch: Branch) -> Office:
    """An office where Sara and Reza are clerks and Mina is the supervisor; no desk is open."""
    office = Office(store, Operations(store, QuickHasher(), branch.id), clock, branch)
    store.create_branch(branch.id)
    office.do(ApplyBranch(branch=branch))
    for code, role in ((SARA, Role.CLERK), (REZA, Role.CLERK), (MINA, Role.SUPERVISOR)):
        office.do(AddStaff(code=code, name=code.title(), role=role, pin=PIN))
    return office
