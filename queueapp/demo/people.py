"""Who works in the demo."""

from dataclasses import dataclass

from queueapp.domain.branch import Branch
from queueapp.domain.staff import Role, Staff
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.operations.commands import AddStaff
from queueapp.simulator.clerks import ClerkAtCounter

PIN = "1234"
"""Everybody's; whoever tries the demo may sign in as anybody."""

YOUR_COUNTER = CounterNumber(1)
YOU = StaffCode("1")
SUPERVISOR = StaffCode("10")

_CLERKS = {
    "en": ("Sara", "Omid", "Mina", "Reza", "Leila", "Hamid"),
    "fa": ("سارا", "امید", "مینا", "رضا", "لیلا", "حمید"),
}
_SUPERVISORS = {"en": "Maryam", "fa": "مریم"}


def supervisor_in(language: str) -> Staff:
    """The supervisor, named as ``language`` writes it."""
    return Staff(code=SUPERVISOR, name=_SUPERVISORS[language], role=Role.SUPERVISOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The staff of the demo, their names as ``language`` writes them."""

    branch: Branch
    language: str

    def staff(self) -> list[AddStaff]:
        """The commands that put everybody on the staff; counter n is the place of clerk n."""
        names = _CLERKS[self.language]
        clerks = [
            AddStaff(code=_clerk(counter.number), name=name, role=Role.CLERK, pin=PIN)
            for counter, name in zip(self.branch.counters, names, strict=True)
        ]
        boss = supervisor_in(self.language)
        return [*clerks, AddStaff(code=boss.code, name=boss.name, role=boss.role, pin=PIN)]

    def simulated(self) -> list[ClerkAtCounter]:
        """All clerks, and whoever stands in for you until you come."""
        return [
            ClerkAtCounter(staff=_clerk(counter.number), pin=PIN, counter=counter.number)
            for counter in self.branch.counters
        ]


def _clerk(counter: CounterNumber) -> StaffCode:
    return StaffCode(str(counter))
