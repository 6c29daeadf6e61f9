"""A branch full of simulated people, moved on step by step."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from queueapp.domain.branch import Branch
from queueapp.domain.words import BranchId, ServiceCode, StaffCode
from queueapp.operations.commands import Command
from queueapp.operations.ports import Receipt
from queueapp.simulator.agenda import Agenda
from queueapp.simulator.behaviour import Behaviour
from queueapp.simulator.branch_view import BranchView, LiveSource
from queueapp.simulator.clerks import Clerk, ClerkAtCounter
from queueapp.simulator.customers import Customers, Raters
from queueapp.simulator.holders import AppointmentHolders
from queueapp.simulator.luck import Luck

HOUR = timedelta(hours=1)


class Simulation:
    """Customers and clerks with their agenda; ``begins`` is when the first of them stir.

    Given the same ``seed`` and the same times, the same happens, as long as nobody else acts in
    the branch. ``handle`` carries out a command, as ``Operations.handle`` does.
    """

    def __init__(
        self,
        branch: BranchId,
        source: LiveSource,
        handle: Callable[[Command], Receipt],
        clerks: Sequence[ClerkAtCounter],
        *,
        begins: datetime,
        seed: int = 0,
        behaviour: Behaviour | None = None,
        is_relieved: Callable[[StaffCode], bool] = lambda _staff: False,
    ) -> None:
        """``is_relieved``: somebody real has taken this clerk's place, for good."""
        self._agenda = Agenda()
        self._behaviour = behaviour or Behaviour()
        self._is_relieved = is_relieved
        self._view = BranchView(source, branch, handle)
        self._seed = seed
        self._expect_customers(clerks, begins)
        self._send_clerks(clerks, begins)

    @property
    def next_at(self) -> datetime | None:
        """When somebody does something next, on the branch's clock."""
        return self._agenda.next_at

    def step(self, now: datetime) -> None:
        """Let everybody do what is due by ``now``.

        Raises ``StoreUnavailable`` when the database is away; step again when it is back.
        """
        self._agenda.do_due(now)

    def _expect_customers(self, clerks: Sequence[ClerkAtCounter], begins: datetime) -> None:
        branch = self._view.look().branch
        for code, per_hour in arrivals_per_hour(branch, clerks, self._behaviour).items():
            Customers(
                branch.service(code),
                per_hour=per_hour,
                behaviour=self._behaviour.customers,
                view=self._view,
                agenda=self._agenda,
                luck=Luck(self._seed, f"customers of {code}"),
            ).expect(begins)

        for service in branch.services:
            AppointmentHolders(
                service,
                behaviour=self._behaviour.customers,
                view=self._view,
                agenda=self._agenda,
                luck=Luck(self._seed, f"appointments for {service.code}"),
            ).expect(begins)

    def _send_clerks(self, clerks: Sequence[ClerkAtCounter], begins: datetime) -> None:
        for person in clerks:
            luck = Luck(self._seed, f"clerk {person.staff}")
            raters = Raters(
                self._behaviour.customers,
                self._view,
                self._agenda,
                Luck(self._seed, f"raters at {person.counter}"),
            )
            clerk = Clerk(
                person, behaviour=self._behaviour, view=self._view, raters=raters, luck=luck
            )
            self._agenda.add(begins, self._shift_of(clerk, person.staff))

    def _shift_of(self, clerk: Clerk, staff: StaffCode) -> Callable[[datetime], None]:
        def work(now: datetime) -> None:
            if not self._is_relieved(staff):
                self._agenda.add(clerk.work(now), work)

        return work


def arrivals_per_hour(
    branch: Branch, clerks: Sequence[ClerkAtCounter], behaviour: Behaviour
) -> dict[ServiceCode, float]:
    """How many customers come for each service that ``clerks`` serve, to fill their time.

    A branch has as many counters for a service as people come for it, so each counter gives each
    of its services the same share of its time.
    """
    per_customer = behaviour.clerks.between.mean + behaviour.customers.walk.mean
    counters = [branch.counter(person.counter) for person in clerks]
    share = {
        service.code: sum(service.code in counter.services for counter in counters)
        for service in branch.services
    }
    whole = sum(share.values())
    return {
        service.code: behaviour.customers.load
        * len(counters)
        * (share[service.code] / whole)
        * (HOUR / (service.mean + per_customer))
        for service in branch.services
        if share[service.code]
    }
