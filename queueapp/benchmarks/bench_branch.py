"""A branch made for one measurement in the user's own database, and taken away after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

from queueapp.bootstrap import OpenBranch, open_branch
from queueapp.config.sample_branch import telecom_office
from queueapp.config.settings import Settings
from queueapp.domain.branch import Counter
from queueapp.domain.staff import Role
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode, StaffCode
from queueapp.operations.commands import AddStaff, ApplyBranch, SignOn

PIN = "2468"


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchBranch:
    """What the processes of a measurement need to know."""

    settings: Settings
    services: tuple[ServiceCode, ...]
    category: CategoryCode
    desks: tuple[tuple[CounterNumber, StaffCode], ...]
    """Signed on already; every desk serves everything."""

    def open(self) -> OpenBranch:
        """The branch, opened for this process."""
        return open_branch(self.settings)


@contextmanager
def bench_branch(settings: Settings, *, desks: int) -> Iterator[BenchBranch]:
    """A fresh branch with ``desks`` open desks; its rows are deleted at the end."""
    office = telecom_office()
    own = settings.model_copy(update={"branch": f"bench-{uuid4().hex[:8]}"})
    opened = open_branch(own)
    services = tuple(service.code for service in office.services)
    numbers = tuple(CounterNumber(number) for number in range(1, desks + 1))
    opened.store.create_branch(opened.id)
    opened.operations.handle(
        ApplyBranch(
            branch=replace(
                office,
                id=opened.id,
                services=tuple(
                    replace(service, capacity=None, opening=()) for service in office.services
                ),
                counters=tuple(Counter(number=number, services=services) for number in numbers),
            )
        )
    )
    signed_on = tuple((number, _sign_on(opened, number)) for number in numbers)
    try:
        yield BenchBranch(
            settings=own,
            services=services,
            category=office.categories[0].code,
            desks=signed_on,
        )
    finally:
        opened.store.delete_branch(opened.id)
        opened.store.close()


def _sign_on(opened: OpenBranch, counter: CounterNumber) -> StaffCode:
    clerk = StaffCode(f"clerk{counter}")
    opened.operations.handle(
        AddStaff(code=clerk, name=f"Clerk {counter}", role=Role.SUPERVISOR, pin=PIN)
    )
    opened.operations.handle(SignOn(counter=counter, staff=clerk, pin=PIN))
    return clerk
