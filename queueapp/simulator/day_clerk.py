"""A simulated clerk who keeps to the roster: shifts, breaks that slip a little, and no polling."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from queueapp.domain.branch import Span
from queueapp.domain.desk import DeskState
from queueapp.domain.ticket import Outcome
from queueapp.domain.words import ServiceCode, TicketId
from queueapp.operations.commands import (
    CallNext,
    CloseDesk,
    Finish,
    NoShow,
    OpenDesk,
    PauseDesk,
    SignOn,
    StartService,
    Transfer,
)
from queueapp.simulator.behaviour import Behaviour
from queueapp.simulator.clerks import ClerkAtCounter
from queueapp.simulator.crowd import Visitor, planned_shifts
from queueapp.simulator.hall import Hall
from queueapp.simulator.luck import Luck

LATE = timedelta(minutes=2)
"""How late people come, about: nobody begins before the plan says so."""
SLIP = timedelta(minutes=2)
"""How much longer than planned a break takes, about."""
BREAK = "Short break"
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class ClerkDay:
    """What one clerk's day was made of."""

    present: timedelta = timedelta(0)
    busy: timedelta = timedelta(0)
    on_break: timedelta = timedelta(0)
    overtime: timedelta = timedelta(0)

    @property
    def idle(self) -> timedelta:
        """There, but with nobody to serve."""
        return self.present - self.busy - self.on_break


class DayClerk:
    """One clerk on one day, at one counter."""

    def __init__(
        self,
        person: ClerkAtCounter,
        hall: Hall,
        *,
        pace: float,
        unfamiliar: float,
        luck: Luck,
        behaviour: Behaviour,
    ) -> None:
        """``unfamiliar``: how much longer takes what the counter did not serve in the morning."""
        self.counter = person.counter
        self.idle_since: datetime | None = None
        self.figures = ClerkDay()
        shifts = planned_shifts(hall.branch, hall.branch.counter(person.counter), hall.day)
        self.serves_until: datetime | None = (
            hall.branch.moment(hall.day, shifts[-1].span.ends) if shifts else None
        )
        self._person = person
        self._hall = hall
        self._pace = pace
        self._unfamiliar = unfamiliar
        self._familiar = hall.branch.counter(person.counter).services
        self._luck = luck
        self._behaviour = behaviour
        self._came_at: datetime | None = None
        self._ends: datetime | None = None
        """The planned end of the running shift."""
        self._paused_at: datetime | None = None
        self._breaks_taken = 0
        self._is_busy = False
        for shift in shifts:
            begins = hall.branch.moment(hall.day, shift.span.starts)
            ends = hall.branch.moment(hall.day, shift.span.ends)
            late = abs(luck.score()) * LATE
            hall.agenda.add(begins + late, partial(self._come, ends))

    def look(self, now: datetime) -> None:
        """See what there is to do; busy clerks and those who are not here do nothing."""
        if self._came_at is None or self._is_busy:
            return
        if self._paused_at is not None:
            if self._is_called_back():
                self._resume(now)
            return
        if self._ends is not None and now >= self._ends and not self._hall.needs(self.counter):
            self._go_home(now)
            return
        pause = self._due_break(now)
        if pause is not None:
            self._pause(pause, now)
            return
        self._call(now)

    # -- coming and going ------------------------------------------------------------------------

    def _come(self, ends: datetime, now: datetime) -> None:
        signing_on = SignOn(staff=self._person.staff, counter=self.counter, pin=self._person.pin)
        if self._hall.do(signing_on) is None:
            return
        self._came_at, self._ends, self._breaks_taken = now, ends, 0
        self._hall.agenda.add(ends, self.look)
        self.look(now)

    def _go_home(self, now: datetime) -> None:
        self.idle_since = None
        self._hall.do(CloseDesk(staff=self._person.staff, counter=self.counter))
        if self._came_at is not None and self._ends is not None:
            self.figures.present += now - self._came_at
            self.figures.overtime += max(now - self._ends, timedelta(0))
            if self.serves_until is not None and self._ends >= self.serves_until:
                self.serves_until = None
        self._came_at = self._ends = None

    def _due_break(self, now: datetime) -> Span | None:
        """The next break of the running shift, when its time has come."""
        breaks = self._breaks()
        if self._breaks_taken >= len(breaks):
            return None
        pause = breaks[self._breaks_taken]
        return pause if self._hall.branch.moment(self._hall.day, pause.starts) <= now else None

    def _breaks(self) -> list[Span]:
        branch = self._hall.branch
        for shift in planned_shifts(branch, branch.counter(self.counter), self._hall.day):
            if branch.moment(self._hall.day, shift.span.ends) == self._ends:
                return sorted(shift.breaks, key=lambda pause: pause.starts)
        return []

    def _pause(self, pause: Span, now: datetime) -> None:
        branch, day = self._hall.branch, self._hall.day
        lasts = branch.moment(day, pause.ends) - branch.moment(day, pause.starts)
        self._hall.do(
            PauseDesk(
                staff=self._person.staff,
                counter=self.counter,
                reason=BREAK,
                minutes=max(1, round(lasts / MINUTE)),
            )
        )
        self.idle_since, self._paused_at = None, now
        self._breaks_taken += 1
        slip = abs(self._luck.score()) * SLIP
        self._hall.agenda.add(now + lasts + slip, self._end_break)

    def _end_break(self, now: datetime) -> None:
        if self._paused_at is None:
            return
        self._hall.do(OpenDesk(staff=self._person.staff, counter=self.counter))
        self._resume(now)

    def _is_called_back(self) -> bool:
        return self._hall.view.look().desk(self.counter).state is DeskState.OPEN

    def _resume(self, now: datetime) -> None:
        if self._paused_at is not None:
            self.figures.on_break += now - self._paused_at
        self._paused_at = None
        self.look(now)

    # -- customers -------------------------------------------------------------------------------

    def _call(self, now: datetime) -> None:
        called = None
        if self._hall.view.look().next_for(self.counter, now):
            called = self._hall.do(CallNext(staff=self._person.staff, counter=self.counter))
        if called is None or called.ticket is None:
            self._rest(now)
            return
        self.idle_since, self._is_busy = None, True
        visitor = self._hall.visitors[called.ticket]
        if visitor.stays_away and not self._has_come(called.ticket):
            gives_up = now + self._behaviour.clerks.gives_up_after
            self._hall.agenda.add(gives_up, lambda at: self._give_up(at, visitor, now))
            return
        self._hall.agenda.add(
            now + visitor.walk, lambda at: self._start(at, called.ticket, visitor, now)
        )

    def _has_come(self, ticket: TicketId) -> bool:
        """Whether the visitor was served before, for another service."""
        legs = self._hall.view.look().ticket(ticket).legs
        return any(leg.outcome is Outcome.TRANSFERRED for leg in legs)

    def _rest(self, now: datetime) -> None:
        self.idle_since = self.idle_since or now
        coming = [
            at
            for pause in self._breaks()[self._breaks_taken :]
            if (at := self._hall.branch.moment(self._hall.day, pause.starts)) > now
        ]
        if coming:
            self._hall.agenda.add(min(coming), self.look)

    def _give_up(self, now: datetime, visitor: Visitor, called_at: datetime) -> None:
        self._hall.do(NoShow(staff=self._person.staff, counter=self.counter))
        self._done(now, visitor, called_at)

    def _start(
        self, now: datetime, ticket: TicketId | None, visitor: Visitor, called_at: datetime
    ) -> None:
        if not self._hall.branch.call_is_start:
            self._hall.do(StartService(staff=self._person.staff, counter=self.counter))
        service, takes, further = visitor.service, visitor.takes, visitor.further
        if ticket is not None and self._has_come(ticket) and further is not None:
            (service, takes), further = further, None
        self._hall.agenda.add(
            now + takes * self._pace_at(service),
            lambda at: self._finish(
                at, visitor, called_at, None if further is None else further[0]
            ),
        )

    def _pace_at(self, service: ServiceCode) -> float:
        return self._pace * (1.0 if service in self._familiar else 1 + self._unfamiliar)

    def _finish(
        self, now: datetime, visitor: Visitor, called_at: datetime, further: ServiceCode | None
    ) -> None:
        sends_on = None
        if further is not None and self._may_send_on(now):
            sends_on = self._hall.do(
                Transfer(staff=self._person.staff, counter=self.counter, to_service=further)
            )
        if sends_on is None or further is None:
            self._hall.do(Finish(staff=self._person.staff, counter=self.counter))
        else:
            self._hall.wake(further, now)
        self._done(now, visitor, called_at)

    def _may_send_on(self, now: datetime) -> bool:
        """Nobody is sent into a line when the day is about to end."""
        doors_close = self._hall.doors_close
        return doors_close is not None and now < doors_close

    def _done(self, now: datetime, visitor: Visitor, called_at: datetime) -> None:
        free_at = now + visitor.between
        self.figures.busy += free_at - called_at
        self._hall.agenda.add(free_at, self._free)

    def _free(self, now: datetime) -> None:
        self._is_busy = False
        self.look(now)
