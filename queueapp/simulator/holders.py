"""Simulated people with an appointment: they book ahead, and most of them come in time."""

from datetime import datetime, timedelta

from queueapp.domain.appointment import Source
from queueapp.domain.branch import Branch, Service
from queueapp.domain.slots import slots_on
from queueapp.operations.appointment_commands import BookAppointment, CheckIn
from queueapp.simulator.agenda import Agenda
from queueapp.simulator.behaviour import CustomerBehaviour
from queueapp.simulator.branch_view import BranchView
from queueapp.simulator.luck import Luck

AHEAD = timedelta(hours=2)
"""How long before its time a slot is booked."""
LATEST = 0.3
"""Of the time that people come early at most, some come so much too late."""


class AppointmentHolders:
    """Everybody who books one service."""

    def __init__(
        self,
        service: Service,
        *,
        behaviour: CustomerBehaviour,
        view: BranchView,
        agenda: Agenda,
        luck: Luck,
    ) -> None:
        self._service = service
        self._behaviour = behaviour
        self._view = view
        self._agenda = agenda
        self._luck = luck
        self._looked_until: datetime | None = None

    def expect(self, now: datetime) -> None:
        """Book what is ahead, and put the next look at it on the agenda."""
        rules = self._service.booking
        if rules is None:
            return
        self._book(now)
        self._agenda.add(now + rules.length, self.expect)

    def _book(self, now: datetime) -> None:
        branch = self._view.look().branch
        since, until = self._looked_until or now, now + AHEAD
        self._looked_until = until
        for slot in _slots(branch, self._service, since, until):
            # Drawn for each slot alike, so that later draws do not depend on who came.
            is_wanted = self._luck.happens(self._behaviour.books)
            will_come = self._luck.happens(self._behaviour.keeps)
            late = self._behaviour.early * (self._luck.share() * (1 + LATEST) - 1)
            if is_wanted:
                self._take(branch, slot, slot + late if will_come else None)

    def _take(self, branch: Branch, slot: datetime, comes: datetime | None) -> None:
        language = self._luck.usually_first(branch.languages, self._behaviour.first_language)
        receipt = self._view.do(
            BookAppointment(
                service=self._service.code,
                starts_at=slot,
                source=Source.PAGE,
                language=language,
            )
        )
        if receipt is not None and comes is not None:
            code = str(receipt.told["code"])
            self._agenda.add(comes, lambda _now: self._come(code, language))

    def _come(self, code: str, language: str) -> None:
        self._view.do(CheckIn(code=code, language=language))


def _slots(branch: Branch, service: Service, since: datetime, until: datetime) -> list[datetime]:
    """The slots after ``since`` up to ``until``."""
    days = sorted({branch.day(since), branch.day(until)})
    return [
        slot for day in days for slot in slots_on(branch, service, day) if since < slot <= until
    ]
