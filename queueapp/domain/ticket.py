"""A ticket's life: one visit, made of legs, and the verbs that move it.

Every verb is a pure function from a ticket to the ticket as it is afterwards, or it raises
:class:`~queueapp.domain.refusal.Refused` with the sentence that says why. ::

    waiting ──call──▶ called ──start──▶ serving ──finish──▶ ended
       ▲  ▲             │ │                │  ▲
       │  └──transfer───┘ └──no-show──▶    │  └──resume── held ◀──hold── (called, serving)
       └────reinstate─────── ended         └──transfer, add service──▶ a new leg, waiting

A transfer, an added service and a reinstatement each open a new leg. The ticket keeps its number
and, through ``accrues_from``, its place: nobody queues again.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from queueapp.domain.numbering import label_of
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import (
    CategoryCode,
    CounterNumber,
    OutcomeCode,
    ServiceCode,
    StaffCode,
    TicketId,
)


class LegState(StrEnum):
    """Where one leg stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    """Opened by an action that was then undone: it counts for nothing."""


IN_HAND = frozenset({LegState.CALLED, LegState.SERVING})
UNFINISHED = IN_HAND | {LegState.WAITING, LegState.HELD}


class Outcome(StrEnum):
    """How a leg ended."""

    SERVED = "served"
    TRANSFERRED = "transferred"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Still unfinished when its day was over."""


class Channel(StrEnum):
    """Where a ticket or a rating came from."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    PHONE = "phone"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a customer was told about the wait: seconds from ``made_at``."""

    p50: float
    p80: float
    made_at: datetime
    p10: float | None = None
    """Not shown, but scored: 8 of 10 shall be called from P10 to P90."""
    p90: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One stretch of a visit, for one service."""

    ordinal: int
    service: ServiceCode
    category: CategoryCode
    state: LegState
    accrues_from: datetime
    """The place in the queue: arrival, or the slot of an appointment. Kept through transfers."""
    waiting_since: datetime
    for_counter: CounterNumber | None = None
    """Waits for this very counter."""
    not_before: datetime | None = None
    """Joined from afar, cannot be here earlier: no counter calls this leg by itself till then."""
    called_at: datetime | None = None
    started_at: datetime | None = None
    held_at: datetime | None = None
    ended_at: datetime | None = None
    counter: CounterNumber | None = None
    staff: StaffCode | None = None
    recalls: int = 0
    outcome: Outcome | None = None
    outcome_code: OutcomeCode | None = None
    note: str = ""
    promise: Promise | None = None

    @property
    def counts_from(self) -> datetime:
        """When the wait begins to count: not before the slot, and not while on the way."""
        return max(self.waiting_since, self.accrues_from, self.not_before or self.waiting_since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One customer's number for one visit, from arrival to leaving."""

    id: TicketId
    day: date
    letter: ServiceCode
    number: int
    category_reason: str = ""
    """Why this customer goes sooner, as chosen at the kiosk."""
    appointment_at: datetime | None = None
    language: str
    channel: Channel
    token: str
    arrived_at: datetime
    legs: tuple[Leg, ...]

    @property
    def label(self) -> str:
        """The number as everybody says it, in Latin digits: ``A042``."""
        return label_of(self.letter, self.number)

    @property
    def leg(self) -> Leg:
        """The leg that the ticket stands in: its last one that was not withdrawn."""
        for leg in reversed(self.legs):
            if leg.state is not LegState.WITHDRAWN:
                return leg
        raise ValueError(f"ticket {self.label} has no leg")

    def with_leg(self, changed: Leg) -> "Ticket":
        """The ticket with ``changed`` in the place of the leg with its ordinal, or added."""
        others = [leg for leg in self.legs if leg.ordinal != changed.ordinal]
        return replace(self, legs=tuple(sorted([*others, changed], key=lambda leg: leg.ordinal)))


def call(
    ticket: Ticket, *, counter: CounterNumber, staff: StaffCode, at: datetime, start: bool = False
) -> Ticket:
    """Call a waiting ticket to ``counter``; ``start`` begins the service in the same step."""
    leg = ticket.leg
    _refuse_in_hand(ticket)
    if leg.state is LegState.HELD:
        raise _not_now(ticket)
    if leg.state is not LegState.WAITING:
        raise Refused(Reason.TICKET_NOT_WAITING, ticket=ticket.label)
    return ticket.with_leg(
        replace(
            leg,
            state=LegState.SERVING if start else LegState.CALLED,
            counter=counter,
            staff=staff,
            called_at=at,
            started_at=at if start else None,
        )
    )


def recall(ticket: Ticket) -> Ticket:
    """Call the customer once more; the wall and the hall see it, the times stay."""
    leg = ticket.leg
    if leg.state is not LegState.CALLED:
        raise _not_now(ticket)
    return ticket.with_leg(replace(leg, recalls=leg.recalls + 1))


def start(ticket: Ticket, *, at: datetime) -> Ticket:
    """The customer has come: the service begins."""
    leg = ticket.leg
    if leg.state is not LegState.CALLED:
        raise _not_now(ticket)
    return ticket.with_leg(replace(leg, state=LegState.SERVING, started_at=at))


def finish(
    ticket: Ticket, *, at: datetime, outcome_code: OutcomeCode | None = None, note: str = ""
) -> Ticket:
    """The service is done, in the way that ``outcome_code`` says."""
    return ticket.with_leg(_served(ticket, at=at, outcome_code=outcome_code, note=note))


def hold(ticket: Ticket, *, at: datetime, note: str = "") -> Ticket:
    """Put the customer aside (to fetch a paper, say); the desk's hand is free again."""
    leg = ticket.leg
    if leg.state not in IN_HAND:
        raise _not_now(ticket)
    return ticket.with_leg(
        replace(leg, state=LegState.HELD, held_at=at, note=_joined(leg.note, note))
    )


def resume(ticket: Ticket, *, counter: CounterNumber, staff: StaffCode, at: datetime) -> Ticket:
    """Take a held customer back in hand, at the same counter or at another."""
    leg = ticket.leg
    _refuse_in_hand(ticket)
    if leg.state is not LegState.HELD:
        raise Refused(Reason.TICKET_NOT_HELD, ticket=ticket.label)
    return ticket.with_leg(
        replace(
            leg,
            state=LegState.SERVING,
            counter=counter,
            staff=staff,
            started_at=leg.started_at or at,
            held_at=None,
        )
    )


def transfer(
    ticket: Ticket,
    *,
    at: datetime,
    service: ServiceCode | None = None,
    counter: CounterNumber | None = None,
    note: str = "",
) -> Ticket:
    """Send the customer on, to another service or to one counter; number and place are kept."""
    leg = ticket.leg
    if leg.state not in UNFINISHED:
        raise _not_now(ticket)
    left = replace(leg, state=LegState.ENDED, outcome=Outcome.TRANSFERRED, ended_at=at)
    return _open_leg(
        ticket.with_leg(left),
        at=at,
        service=service,
        for_counter=counter,
        not_before=leg.not_before if leg.state is LegState.WAITING else None,
        note=note,
    )


def add_service(
    ticket: Ticket, *, service: ServiceCode, at: datetime, here: bool, note: str = ""
) -> Ticket:
    """Finish what was done and go on with a further service on the same ticket.

    ``here``: the same clerk goes on at once; otherwise the ticket waits, with its place kept.
    """
    before = ticket.leg
    opened = _open_leg(
        ticket.with_leg(_served(ticket, at=at, outcome_code=None, note="")),
        at=at,
        service=service,
        note=note,
    )
    if not here:
        return opened
    return opened.with_leg(
        replace(
            opened.leg,
            state=LegState.SERVING,
            counter=before.counter,
            staff=before.staff,
            called_at=at,
            started_at=at,
        )
    )


def no_show(ticket: Ticket, *, at: datetime) -> Ticket:
    """The customer was called and did not come."""
    leg = ticket.leg
    if leg.state is not LegState.CALLED:
        raise _not_now(ticket)
    return ticket.with_leg(_ended(leg, Outcome.NO_SHOW, at))


def cancel(ticket: Ticket, *, at: datetime) -> Ticket:
    """The customer leaves, or staff close the ticket."""
    leg = ticket.leg
    if leg.state is LegState.SERVING or leg.state not in UNFINISHED:
        raise _not_now(ticket)
    return ticket.with_leg(_ended(leg, Outcome.CANCELLED, at))


def expire(ticket: Ticket, *, at: datetime) -> Ticket:
    """Close a ticket that is still unfinished when its day is over."""
    if ticket.leg.state not in UNFINISHED:
        raise _not_now(ticket)
    return ticket.with_leg(_ended(ticket.leg, Outcome.EXPIRED, at))


def reinstate(ticket: Ticket, *, at: datetime) -> Ticket:
    """Bring back a customer who missed the call or left, with the place they had.

    What expired stays so: its number belongs to a day that is over.
    """
    leg = ticket.leg
    if leg.state in UNFINISHED:
        raise Refused(Reason.TICKET_NOT_ENDED, ticket=ticket.label)
    if leg.outcome is Outcome.SERVED:
        raise Refused(Reason.TICKET_SERVED, ticket=ticket.label)
    if leg.outcome is Outcome.EXPIRED:
        raise _not_now(ticket)
    return _open_leg(ticket, at=at, for_counter=leg.for_counter, not_before=leg.not_before)


def undo(ticket: Ticket, *, before: tuple[Leg, ...], after: tuple[Leg, ...]) -> Ticket:
    """Take back the action that made ``after`` of ``before``, and opened what ``before`` lacks.

    Refused once the ticket has moved on; a recall since then is no move.
    """
    standing = [leg for leg in ticket.legs if leg.state is not LegState.WITHDRAWN]
    latest = [replace(leg, recalls=0) for leg in standing[-len(after) :]]
    if latest != [replace(leg, recalls=0) for leg in after]:
        raise Refused(Reason.UNDO_TOO_LATE, ticket=ticket.label)
    earlier = {leg.ordinal: leg for leg in before}
    restored = ticket
    for leg in after:
        restored = restored.with_leg(
            earlier.get(leg.ordinal) or replace(leg, state=LegState.WITHDRAWN)
        )
    return restored


def _refuse_in_hand(ticket: Ticket) -> None:
    """Name the counter that was quicker."""
    leg = ticket.leg
    if leg.state in IN_HAND:
        raise Refused(Reason.TICKET_AT_ANOTHER_COUNTER, ticket=ticket.label, counter=leg.counter)


def _not_now(ticket: Ticket) -> Refused:
    """The refusal that says where the ticket stands instead."""
    match ticket.leg.state:
        case LegState.WAITING:
            reason = Reason.TICKET_NOT_CALLED
        case LegState.CALLED:
            reason = Reason.TICKET_NOT_STARTED
        case LegState.SERVING:
            reason = Reason.TICKET_ALREADY_STARTED
        case LegState.HELD:
            reason = Reason.TICKET_ON_HOLD
        case LegState.ENDED | LegState.WITHDRAWN:
            reason = Reason.TICKET_FINISHED
    return Refused(reason, ticket=ticket.label)


def _served(ticket: Ticket, *, at: datetime, outcome_code: OutcomeCode | None, note: str) -> Leg:
    leg = ticket.leg
    if leg.state is not LegState.SERVING:
        raise _not_now(ticket)
    return replace(
        _ended(leg, Outcome.SERVED, at), outcome_code=outcome_code, note=_joined(leg.note, note)
    )


def _ended(leg: Leg, outcome: Outcome, at: datetime) -> Leg:
    return replace(leg, state=LegState.ENDED, outcome=outcome, ended_at=at)


def _open_leg(
    ticket: Ticket,
    *,
    at: datetime,
    service: ServiceCode | None = None,
    for_counter: CounterNumber | None = None,
    not_before: datetime | None = None,
    note: str = "",
) -> Ticket:
    last = ticket.leg
    return ticket.with_leg(
        Leg(
            ordinal=ticket.legs[-1].ordinal + 1,
            service=service or last.service,
            category=last.category,
            state=LegState.WAITING,
            accrues_from=last.accrues_from,
            waiting_since=at,
            for_counter=for_counter,
            not_before=not_before,
            note=note,
        )
    )


def _joined(first: str, second: str) -> str:
    return " · ".join(part for part in (first, second) if part)
