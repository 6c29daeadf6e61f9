"""A hall with many desks, worked by many processes at once, and a count of what went wrong."""

import random
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from queueapp.domain.branch import Branch, Counter
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Role
from queueapp.domain.ticket import IN_HAND, UNFINISHED, LegState
from queueapp.domain.words import BranchId, CounterNumber, ServiceCode, StaffCode
from queueapp.operations import commands as c
from queueapp.operations.operations import Operations
from queueapp.operations.ports import Receipt
from queueapp.store import statements as s
from queueapp.store.store import SqlStore
from tests.databases import PIN, QuickHasher
from tests.domain.samples import BILLS, LINES, NOON, NORMAL, a_branch

SERVICES = (BILLS, LINES)


@dataclass(frozen=True, slots=True)
class Hall:
    """What every process needs to know; each opens the database for itself."""

    url: str
    branch: BranchId
    desks: int

    def open(self) -> tuple[SqlStore, Operations]:
        """The hall on a clock that stands still: no day ends while a test runs."""
        store = SqlStore(self.url, clock=lambda: NOON)
        return store, Operations(store, QuickHasher(), self.branch)

    def audit(self) -> "Audit":
        """Count what is wrong."""
        store, _ = self.open()
        try:
            return audit(store, self.branch)
        finally:
            store.close()


@dataclass(frozen=True, slots=True)
class Audit:
    """What may never be anything but 0, and how many tickets there are."""

    labels: frozenset[str]
    duplicate_numbers: int
    missing_numbers: int
    lost: int
    """Issued by the history's account, but not there."""
    called_twice: int
    two_in_hand: int
    unfinished: int

    @property
    def is_clean(self) -> bool:
        """Whether nobody is lost, doubled or called twice; some may still wait."""
        return not (
            self.duplicate_numbers
            or self.missing_numbers
            or self.lost
            or self.called_twice
            or self.two_in_hand
        )


def build_hall(store: SqlStore, desks: int) -> Hall:
    """A new branch in ``store``, with a clerk for each of its desks."""
    counters = tuple(
        Counter(number=CounterNumber(number), services=SERVICES) for number in range(1, desks + 1)
    )
    branch: Branch = a_branch(id=BranchId(f"hall-{uuid4().hex[:8]}"), counters=counters)
    url = store.url.render_as_string(hide_password=False)
    store.create_branch(branch.id)
    operations = Operations(store, QuickHasher(), branch.id)
    operations.handle(c.ApplyBranch(branch=branch))
    for counter in counters:
        clerk = clerk_of(counter.number)
        operations.handle(c.AddStaff(code=clerk, name=clerk, role=Role.CLERK, pin=PIN))
    return Hall(url, branch.id, desks)


def clerk_of(counter: CounterNumber) -> StaffCode:
    return StaffCode(f"clerk-{counter}")


def issue(operations: Operations, service: ServiceCode) -> str:
    """One more customer."""
    return operations.handle(c.IssueTicket(service=service, category=NORMAL, language="fa")).label


def sign_on(operations: Operations, counter: CounterNumber) -> Receipt:
    """Open the desk, or come back to it: whoever is in hand is on the receipt."""
    return operations.handle(c.SignOn(staff=clerk_of(counter), counter=counter, pin=PIN))


def call(operations: Operations, counter: CounterNumber) -> str | None:
    """The label of the next customer; ``None`` when nobody waits."""
    try:
        return operations.handle(c.CallNext(staff=clerk_of(counter), counter=counter)).label
    except Refused as refused:
        if refused.reason is not Reason.NOBODY_WAITING:
            raise
        return None


def serve_in_hand(store: SqlStore, operations: Operations, hall: Hall, at: CounterNumber) -> None:
    """Bring the customer in hand to the end, wherever the desk's last clerk left off."""
    ticket = store.live(hall.branch).in_hand(at)
    assert ticket is not None
    if ticket.leg.state is LegState.CALLED:
        operations.handle(c.StartService(staff=clerk_of(at), counter=at))
    operations.handle(c.Finish(staff=clerk_of(at), counter=at))


def serve_everybody(hall: Hall) -> None:
    """Every clerk signs on once more, and nobody goes home before the hall is empty."""
    store, operations = hall.open()
    for number in range(1, hall.desks + 1):
        at = CounterNumber(number)
        if sign_on(operations, at).ticket is not None:
            serve_in_hand(store, operations, hall, at)
    while call(operations, CounterNumber(1)) is not None:
        serve_in_hand(store, operations, hall, CounterNumber(1))
    store.close()


def work_until_killed(hall: Hall, counter: CounterNumber, tell: Callable[[str], None]) -> None:
    """One desk that gives tickets out too, and says which; it never ends by itself."""
    store, operations = hall.open()
    if sign_on(operations, counter).ticket is not None:
        serve_in_hand(store, operations, hall, counter)
    tell("")
    chance = random.Random()
    while True:
        tell(issue(operations, chance.choice(SERVICES)))
        if call(operations, counter) is not None:
            operations.handle(c.StartService(staff=clerk_of(counter), counter=counter))
            operations.handle(c.Finish(staff=clerk_of(counter), counter=counter))


def audit(store: SqlStore, branch: BranchId) -> Audit:
    """Compare the tables with what the history says was done."""
    with store.reading.connect() as connection:
        history = connection.execute(
            select(s.event.c.kind, s.event.c.ticket_id).where(s.event.c.branch_id == branch)
        ).all()
    tickets = store.live(branch).tickets
    numbers = Tally((ticket.letter, ticket.number) for ticket in tickets.values())
    highest = Tally[str]()
    for letter, number in numbers:
        highest[letter] = max(highest[letter], number)
    legs = [leg for ticket in tickets.values() for leg in ticket.legs]
    issued = {ticket for kind, ticket in history if kind == c.IssueTicket.__name__}
    called = Tally(ticket for kind, ticket in history if kind == c.CallNext.__name__)
    in_hand = Tally(leg.counter for leg in legs if leg.state in IN_HAND)
    return Audit(
        labels=frozenset(ticket.label for ticket in tickets.values()),
        duplicate_numbers=sum(times - 1 for times in numbers.values()),
        missing_numbers=sum(highest.values()) - len(numbers),
        lost=len(issued ^ tickets.keys()),
        called_twice=sum(times - 1 for times in called.values()),
        two_in_hand=sum(times - 1 for times in in_hand.values()),
        unfinished=sum(ticket.leg.state in UNFINISHED for ticket in tickets.values()),
    )
