"""The branch as the live app would see it, moved from event to event of a log."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from queueapp.domain import ticket as verbs
from queueapp.domain.branch import Branch
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import UNFINISHED, Channel, Leg, LegState, Outcome, Ticket
from queueapp.domain.words import (
    CategoryCode,
    CounterNumber,
    Revision,
    ServiceCode,
    StaffCode,
    TicketId,
)
from queueapp.forecast.replay.log import Ending

KEPT_OVER_MIDNIGHT = timedelta(hours=4)
"""Who has waited for less, and a desk that changed since, go on into the new day: the log is of an
office that works at night. Everybody else was forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What an event did to one ticket."""

    before: Ticket | None
    after: Ticket


class Picture:
    """Who waits, who is in hand and which desks are open at one moment; each verb moves it on.

    Of what is finished only what each counter finished last and today's appointments are in it,
    so that its cost does not grow with the day.
    """

    def __init__(self, branch: Branch, day: date) -> None:
        self.branch = branch
        self.day = day
        self.desks: dict[CounterNumber, Desk] = {}
        self._unfinished: dict[TicketId, Ticket] = {}
        self._finished_last: dict[CounterNumber, Ticket] = {}
        self._finished_today: dict[TicketId, Ticket] = {}
        self._came_by_appointment: dict[TicketId, Ticket] = {}
        self._in_hand: dict[CounterNumber, TicketId] = {}
        self._issued = 0
        self._issued_today = 0
        self._revision = 0

    def live(self) -> LiveBranch:
        """The picture as terminals hold it."""
        last = {ticket.id: ticket for ticket in self._finished_last.values()}
        return LiveBranch(
            branch=self.branch,
            revision=Revision(self._revision),
            day=self.day,
            tickets=MappingProxyType({**self._came_by_appointment, **last, **self._unfinished}),
            desks=dict(self.desks),
        )

    def ticket(self, ticket: TicketId) -> Ticket | None:
        """An unfinished ticket."""
        return self._unfinished.get(ticket)

    def in_hand(self, counter: CounterNumber) -> Ticket | None:
        """The customer at ``counter``."""
        held = self._in_hand.get(counter)
        return None if held is None else self._unfinished.get(held)

    @property
    def unfinished(self) -> Mapping[TicketId, Ticket]:
        """Everybody who is waiting, in hand or on hold."""
        return self._unfinished

    # -- days ------------------------------------------------------------------------------------

    def begin_day(self, day: date, now: datetime) -> list[Move]:
        """Expire whoever an earlier day left, and close desks that were forgotten."""
        moves = []
        for left in list(self._unfinished.values()):
            since = now - left.leg.waiting_since
            if left.leg.state is not LegState.SERVING and since >= KEPT_OVER_MIDNIGHT:
                moves.append(self._moved(left, verbs.expire(left, at=now)))
        self.day = day
        self._issued_today = 0
        self._finished_today = {}
        self._finished_last = {}
        self._came_by_appointment = {}
        return moves

    def forgotten_desks(self, now: datetime) -> list[Desk]:
        """Desks that are open since an earlier day and serve nobody; closed at ``now``."""
        return [
            Desk(counter=desk.counter, since=now)
            for desk in self.desks.values()
            if desk.state is not DeskState.CLOSED
            and self.in_hand(desk.counter) is None
            and (desk.since is None or now - desk.since >= KEPT_OVER_MIDNIGHT)
        ]

    # -- tickets ---------------------------------------------------------------------------------

    def issue(
        self,
        service: ServiceCode,
        category: CategoryCode,
        *,
        at: datetime,
        appointment_at: datetime | None,
    ) -> Move:
        """A new ticket begins to wait."""
        self._issued += 1
        self._issued_today += 1
        slot = appointment_at if self.branch.category(category).by_appointment else None
        issued = Ticket(
            id=TicketId(UUID(int=self._issued)),
            day=self.day,
            letter=service,
            number=self._issued_today,
            appointment_at=appointment_at,
            language="",
            channel=Channel.KIOSK,
            token="",
            arrived_at=at,
            legs=(
                Leg(
                    ordinal=1,
                    service=service,
                    category=category,
                    state=LegState.WAITING,
                    accrues_from=slot or at,
                    waiting_since=at,
                ),
            ),
        )
        return self._moved(None, issued)

    def go_on(
        self, ticket: TicketId, service: ServiceCode, category: CategoryCode, *, at: datetime
    ) -> Move | None:
        """A ticket of today that was finished waits again, with the place that it had."""
        before = self._finished_today.get(ticket)
        if before is None:
            return None
        last = before.legs[-1]
        leg = Leg(
            ordinal=last.ordinal + 1,
            service=service,
            category=category,
            state=LegState.WAITING,
            accrues_from=last.accrues_from,
            waiting_since=at,
        )
        return self._moved(before, before.with_leg(leg))

    def call(
        self, ticket: TicketId, counter: CounterNumber, staff: str, *, at: datetime, start: bool
    ) -> Move | None:
        """``counter`` calls a ticket that waits; ``None`` when it waits no longer."""
        before = self._unfinished.get(ticket)
        if before is None or before.leg.state is not LegState.WAITING:
            return None
        called = verbs.call(before, counter=counter, staff=StaffCode(staff), at=at, start=start)
        return self._moved(before, called)

    def put_aside(self, counter: CounterNumber, *, at: datetime) -> Move | None:
        """Whoever is in hand at ``counter`` waits beside it, for it is about to call another."""
        before = self.in_hand(counter)
        return None if before is None else self._moved(before, verbs.hold(before, at=at))

    def start(self, ticket: TicketId, *, at: datetime) -> Move | None:
        """The customer has come to the counter."""
        before = self._unfinished.get(ticket)
        if before is None or before.leg.state is not LegState.CALLED:
            return None
        return self._moved(before, verbs.start(before, at=at))

    def end(self, ticket: TicketId, ending: Ending, *, at: datetime) -> Move | None:
        """The visit is over in one of the three ways; ``None`` when it was already."""
        before = self._unfinished.get(ticket)
        if before is None:
            return None
        match ending:
            case Ending.SERVED:
                after = verbs.finish(_serving(before, at), at=at)
            case Ending.NO_SHOW if before.leg.state is LegState.CALLED:
                after = verbs.no_show(before, at=at)
            case _:
                # Whoever left while being served is a log's own affair: the desk is free again.
                outcome = Outcome.NO_SHOW if ending is Ending.NO_SHOW else Outcome.CANCELLED
                left = replace(before.leg, state=LegState.ENDED, outcome=outcome, ended_at=at)
                after = before.with_leg(left)
        return self._moved(before, after)

    def _moved(self, before: Ticket | None, after: Ticket) -> Move:
        self._revision += 1
        leg = after.leg
        left = None if before is None else before.leg.counter
        if left is not None and self._in_hand.get(left) == after.id:
            del self._in_hand[left]
        if leg.state in UNFINISHED:
            self._unfinished[after.id] = after
            if leg.counter is not None and leg.state is not LegState.HELD:
                self._in_hand[leg.counter] = after.id
        else:
            self._unfinished.pop(after.id, None)
            self._finished_today[after.id] = after
            if after.appointment_at is not None:
                self._came_by_appointment[after.id] = after
            if leg.counter is not None:
                self._finished_last[leg.counter] = after
        return Move(before=before, after=after)


def _serving(ticket: Ticket, at: datetime) -> Ticket:
    """``ticket`` as it was served, also where the log leaves out that it began."""
    leg = ticket.leg
    if leg.state is LegState.CALLED:
        return verbs.start(ticket, at=leg.called_at or at)
    if leg.state is LegState.HELD and leg.counter is not None and leg.staff is not None:
        return verbs.resume(ticket, counter=leg.counter, staff=leg.staff, at=at)
    return ticket
