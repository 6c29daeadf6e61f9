"""A small branch and its tickets, to build stories from; every builder takes overrides by keyword.

The branch is a telecom shop in Tehran. It is Tuesday the 10th of March 2026, and ``NOON`` there is
08:30 UTC. Minutes count from ``NOON``: ``at(-5)`` is five minutes before, ``at(2.5)`` after it.
"""
# ruff: noqa: ANN401 - overrides go on to dataclasses, which check their names

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from queueapp.domain import ticket as verbs
from queueapp.domain.branch import Branch, Category, Counter, OutcomeChoice, Service
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.estimate import Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import Rating
from queueapp.domain.staff import Role, Staff
from queueapp.domain.ticket import Channel, Leg, LegState, Ticket
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CounterNumber,
    OutcomeCode,
    Revision,
    ServiceCode,
    StaffCode,
    Text,
    TicketId,
)

NOON = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
TODAY = date(2026, 3, 10)

BILLS = ServiceCode("A")
"""Bill payment: target 10 minutes, takes 4 on average."""
LINES = ServiceCode("B")
"""New line: target 20 minutes, takes 9 on average."""
COMPLAINTS = ServiceCode("ش")
"""Complaints, under a Persian letter: target 30 minutes, takes 15 on average."""

NORMAL = CategoryCode("normal")
PRIORITY = CategoryCode("priority")
"""Weighs double, has 5 minutes of head start and needs a reason."""
APPOINTMENT = CategoryCode("appointment")

FIRST = CounterNumber(1)
"""Best at bills, serves lines too."""
SECOND = CounterNumber(2)
"""Best at lines, serves bills too."""
THIRD = CounterNumber(3)
"""Serves complaints only."""

DONE = OutcomeCode("done")
PAPERS_MISSING = OutcomeCode("papers_missing")

SARA = StaffCode("sara")
REZA = StaffCode("reza")
MINA = StaffCode("mina")


def at(minutes: float) -> datetime:
    """The moment so many minutes after (or, negative, before) ``NOON``."""
    return NOON + timedelta(minutes=minutes)


def a_service(code: ServiceCode = BILLS, **overrides: Any) -> Service:
    """One of the sample branch's services."""
    return replace(a_branch().service(code), **overrides)


def a_category(code: CategoryCode = NORMAL, **overrides: Any) -> Category:
    """One of the sample branch's categories."""
    return replace(a_branch().category(code), **overrides)


def a_counter(number: CounterNumber = FIRST, **overrides: Any) -> Counter:
    """One of the sample branch's counters."""
    return replace(a_branch().counter(number), **overrides)


def a_branch(**overrides: Any) -> Branch:
    """Three services, three categories, three counters, two outcomes, no hours and no roster."""
    branch = Branch(
        id=BranchId("azadi"),
        name=Text({"en": "Azadi Street", "fa": "خیابان آزادی"}),
        time_zone="Asia/Tehran",
        services=(
            Service(
                code=BILLS,
                name=Text({"en": "Bill payment", "fa": "پرداخت قبض"}),
                target=timedelta(minutes=10),
                mean=timedelta(minutes=4),
                spread=timedelta(minutes=2),
            ),
            Service(
                code=LINES,
                name=Text({"en": "New line", "fa": "خط جدید"}),
                target=timedelta(minutes=20),
                mean=timedelta(minutes=9),
                spread=timedelta(minutes=4),
            ),
            Service(
                code=COMPLAINTS,
                name=Text({"en": "Complaints", "fa": "شکایات"}),
                target=timedelta(minutes=30),
                mean=timedelta(minutes=15),
                spread=timedelta(minutes=8),
            ),
        ),
        categories=(
            Category(code=NORMAL, name=Text({"en": "Normal", "fa": "عادی"})),
            Category(
                code=PRIORITY,
                name=Text({"en": "Priority", "fa": "اولویت‌دار"}),
                weight=2.0,
                head_start=timedelta(minutes=5),
                needs_reason=True,
                reasons=(
                    Text({"en": "Elderly", "fa": "سالمند"}),
                    Text({"en": "Disabled", "fa": "معلول"}),
                ),
            ),
            Category(
                code=APPOINTMENT,
                name=Text({"en": "Appointment", "fa": "وقت قبلی"}),
                weight=3.0,
                by_appointment=True,
                at_kiosk=False,
            ),
        ),
        counters=(
            Counter(number=FIRST, services=(BILLS, LINES)),
            Counter(number=SECOND, services=(LINES, BILLS)),
            Counter(number=THIRD, services=(COMPLAINTS,)),
        ),
        outcomes=(
            OutcomeChoice(code=DONE, name=Text({"en": "Done", "fa": "انجام شد"})),
            OutcomeChoice(
                code=PAPERS_MISSING, name=Text({"en": "Papers missing", "fa": "نقص مدارک"})
            ),
        ),
    )
    return replace(branch, **overrides)


def a_staff(code: StaffCode = SARA, role: Role = Role.CLERK, name: str = "") -> Staff:
    """Somebody who works here, a clerk unless told otherwise."""
    return Staff(code=code, name=name or code.title(), role=role)


def a_desk(counter: CounterNumber = FIRST, **overrides: Any) -> Desk:
    """A desk with Sara at it, open since half an hour."""
    desk = Desk(
        counter=counter,
        state=DeskState.OPEN,
        staff=SARA,
        since=at(-30),
    )
    return replace(desk, **overrides)


def a_ticket(
    number: int = 1,
    *,
    service: ServiceCode = BILLS,
    category: CategoryCode = NORMAL,
    arrived_at: datetime = NOON,
    for_counter: CounterNumber | None = None,
    accrues_from: datetime | None = None,
    **overrides: Any,
) -> Ticket:
    """A ticket that waits since it arrived."""
    ticket = Ticket(
        id=a_ticket_id(arrived_at, service, number),
        day=a_branch().day(arrived_at),
        letter=service,
        number=number,
        language="en",
        channel=Channel.KIOSK,
        token=f"token-{service}-{number}",
        arrived_at=arrived_at,
        legs=(
            Leg(
                ordinal=1,
                service=service,
                category=category,
                state=LegState.WAITING,
                accrues_from=accrues_from or arrived_at,
                waiting_since=arrived_at,
                for_counter=for_counter,
            ),
        ),
    )
    return replace(ticket, **overrides)


def a_called_ticket(
    number: int = 1,
    *,
    counter: CounterNumber = FIRST,
    staff: StaffCode = SARA,
    called_at: datetime | None = None,
    **overrides: Any,
) -> Ticket:
    """A ticket that was called, five minutes after it arrived unless told otherwise."""
    ticket = a_ticket(number, **overrides)
    moment = called_at or ticket.arrived_at + timedelta(minutes=5)
    return verbs.call(ticket, counter=counter, staff=staff, at=moment)


def a_serving_ticket(
    number: int = 1, *, started_at: datetime | None = None, **overrides: Any
) -> Ticket:
    """A ticket that is being served, one minute after the call unless told otherwise."""
    ticket = a_called_ticket(number, **overrides)
    called_at = ticket.leg.called_at
    assert called_at is not None
    return verbs.start(ticket, at=started_at or called_at + timedelta(minutes=1))


def a_served_ticket(
    number: int = 1, *, ended_at: datetime | None = None, **overrides: Any
) -> Ticket:
    """A ticket that is finished, four minutes after the start unless told otherwise."""
    ticket = a_serving_ticket(number, **overrides)
    started_at = ticket.leg.started_at
    assert started_at is not None
    return verbs.finish(ticket, at=ended_at or started_at + timedelta(minutes=4))


def a_held_ticket(number: int = 1, *, held_at: datetime | None = None, **overrides: Any) -> Ticket:
    """A ticket on hold, two minutes after the start unless told otherwise."""
    ticket = a_serving_ticket(number, **overrides)
    started_at = ticket.leg.started_at
    assert started_at is not None
    return verbs.hold(ticket, at=held_at or started_at + timedelta(minutes=2))


def a_rating(ticket: Ticket, score: int = 5, **overrides: Any) -> Rating:
    """What the customer said of the ticket's last leg, as it ended."""
    rating = Rating(
        ticket=ticket.id,
        ordinal=ticket.leg.ordinal,
        score=score,
        reason=None,
        at=ticket.leg.ended_at or NOON,
        channel=Channel.COUNTER,
    )
    return replace(rating, **overrides)


def a_live_branch(
    *tickets: Ticket,
    branch: Branch | None = None,
    desks: Iterable[Desk] = (),
    ratings: Iterable[Rating] = (),
    staff: Iterable[Staff] = (),
    estimates: Estimates | None = None,
    day: date = TODAY,
) -> LiveBranch:
    """The sample branch with these tickets, desks and ratings, at revision 1."""
    return LiveBranch(
        branch=branch or a_branch(),
        revision=Revision(1),
        day=day,
        staff={person.code: person for person in staff},
        tickets={ticket.id: ticket for ticket in tickets},
        desks={desk.counter: desk for desk in desks},
        ratings={(rating.ticket, rating.ordinal): rating for rating in ratings},
        estimates=estimates,
    )


def a_ticket_id(arrived_at: datetime, service: ServiceCode, number: int) -> TicketId:
    """The same id for the same ticket in every run; like a UUIDv7, later ones sort after it."""
    milliseconds = int(arrived_at.timestamp() * 1000)
    return TicketId(
        UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | ord(service[0]) << 32 | number)
    )
