"""What a supervisor should look at now, the most urgent first, and what can be done about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from itertools import chain

from queueapp.domain import routing
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch, candidate_of
from queueapp.domain.printing import PrinterName
from queueapp.domain.rating import BAD_SCORE
from queueapp.domain.ticket import IN_HAND, UNFINISHED, Ticket
from queueapp.domain.words import CounterNumber, ServiceCode, TicketId

AT_RISK = 0.8
"""From this share of its target on, a wait is about to miss it: amber on every screen."""
UNUSUAL_SPREADS = 3
"""A customer in hand for longer than the mean and this many spreads is unusual."""
BAD_RATING_FOR = timedelta(minutes=30)
"""How long a bad rating stays an alert."""


class Severity(IntEnum):
    """How soon somebody should act."""

    NOTICE = 1
    """Good to know; nobody waits longer because of it."""
    WARNING = 2
    """Will hurt soon."""
    URGENT = 3
    """Customers are being let down now."""


class Remedy(StrEnum):
    """What a supervisor can do."""

    OPEN_COUNTER = "open_counter"
    """Send a clerk to a further counter, or let an open one serve this service too."""
    MOVE_TICKET = "move_ticket"
    RESUME_TICKET = "resume_ticket"
    END_PAUSE = "end_pause"
    ASK_CLERK = "ask_clerk"
    """Go there and see."""
    SEE_TO_PRINTER = "see_to_printer"
    PRINT_AGAIN = "print_again"


class AlertKind(StrEnum):
    """What is wrong."""

    TARGET_MISSED = "target_missed"
    NOBODY_SERVES = "nobody_serves"
    """People wait, and no open desk may call them."""
    TARGET_AT_RISK = "target_at_risk"
    HELD_TOO_LONG = "held_too_long"
    PAUSED_TOO_LONG = "paused_too_long"
    TAKES_LONG = "takes_long"
    """A customer is in hand for far longer than usual."""
    BAD_RATING = "bad_rating"
    PRINTER_DOWN = "printer_down"
    """Tickets do not come out; customers have them on the kiosk's screen only."""
    TICKETS_UNPRINTED = "tickets_unprinted"
    """People wait whose ticket did not come out."""
    PAPER_LOW = "paper_low"

    @property
    def severity(self) -> Severity:
        """How soon somebody should act."""
        return _SEVERITIES[self]

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """What can be done about it, the most promising first."""
        return _REMEDIES[self]


_SEVERITIES = {
    AlertKind.TARGET_MISSED: Severity.URGENT,
    AlertKind.NOBODY_SERVES: Severity.URGENT,
    AlertKind.TARGET_AT_RISK: Severity.WARNING,
    AlertKind.HELD_TOO_LONG: Severity.WARNING,
    AlertKind.PAUSED_TOO_LONG: Severity.WARNING,
    AlertKind.TAKES_LONG: Severity.NOTICE,
    AlertKind.BAD_RATING: Severity.NOTICE,
    AlertKind.PRINTER_DOWN: Severity.WARNING,
    AlertKind.TICKETS_UNPRINTED: Severity.NOTICE,
    AlertKind.PAPER_LOW: Severity.NOTICE,
}

_REMEDIES = {
    AlertKind.TARGET_MISSED: (Remedy.OPEN_COUNTER, Remedy.MOVE_TICKET),
    AlertKind.NOBODY_SERVES: (Remedy.OPEN_COUNTER, Remedy.MOVE_TICKET),
    AlertKind.TARGET_AT_RISK: (Remedy.OPEN_COUNTER, Remedy.MOVE_TICKET),
    AlertKind.HELD_TOO_LONG: (Remedy.RESUME_TICKET, Remedy.MOVE_TICKET),
    AlertKind.PAUSED_TOO_LONG: (Remedy.END_PAUSE, Remedy.ASK_CLERK),
    AlertKind.TAKES_LONG: (Remedy.ASK_CLERK,),
    AlertKind.BAD_RATING: (Remedy.ASK_CLERK,),
    AlertKind.PRINTER_DOWN: (Remedy.SEE_TO_PRINTER,),
    AlertKind.TICKETS_UNPRINTED: (Remedy.PRINT_AGAIN,),
    AlertKind.PAPER_LOW: (Remedy.SEE_TO_PRINTER,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to look at; one alert stands for all tickets of a service with the same trouble."""

    kind: AlertKind
    since: datetime
    """When it began: the target passed, the hold ran over, the pause should have ended."""
    service: ServiceCode | None = None
    counter: CounterNumber | None = None
    ticket: TicketId | None = None
    """The ticket it is about; of several, the one that waits longest (or was rated last)."""
    count: int = 1
    """How many tickets it stands for."""
    printer: PrinterName | None = None


def alerts(live: LiveBranch, now: datetime) -> list[Alert]:
    """Everything that needs a look at ``now``, the most urgent first, then the oldest.

    The same branch at the same moment gives the same list.
    """
    return sorted(
        chain(
            _targets(live, now),
            _nobody_serves(live),
            _held_too_long(live, now),
            _paused_too_long(live, now),
            _takes_long(live, now),
            _bad_ratings(live, now),
            _printers(live),
        ),
        key=_most_urgent_first,
    )


def _most_urgent_first(alert: Alert) -> tuple[int, datetime, AlertKind, str, int, str, str]:
    return (
        -alert.kind.severity,
        alert.since,
        alert.kind,
        alert.service or "",
        alert.counter or 0,
        str(alert.ticket),
        alert.printer or "",
    )


def _targets(live: LiveBranch, now: datetime) -> Iterator[Alert]:
    """One alert a service: for those past the target, or else for those who come near it."""
    for service, line in _lines(live.waiting):
        target = live.branch.service(service).target
        for kind, limit in (
            (AlertKind.TARGET_MISSED, target),
            (AlertKind.TARGET_AT_RISK, target * AT_RISK),
        ):
            late = [ticket for ticket in line if now > ticket.leg.counts_from + limit]
            if late:
                yield Alert(
                    kind=kind,
                    since=late[0].leg.counts_from + limit,
                    service=service,
                    ticket=late[0].id,
                    count=len(late),
                )
                break


def _nobody_serves(live: LiveBranch) -> Iterator[Alert]:
    """One alert for each service, and for each counter to which people were sent."""
    open_counters = [
        counter
        for counter in live.branch.counters
        if live.desk(counter.number).state is DeskState.OPEN
    ]
    stuck = [
        ticket
        for ticket in live.waiting
        if not any(routing.may_call(counter, candidate_of(ticket)) for counter in open_counters)
    ]
    for service, line in _lines(stuck):
        for destination in sorted({ticket.leg.for_counter for ticket in line}, key=_number):
            sent_there = [ticket for ticket in line if ticket.leg.for_counter == destination]
            yield Alert(
                kind=AlertKind.NOBODY_SERVES,
                since=sent_there[0].leg.waiting_since,
                service=service,
                counter=destination,
                ticket=sent_there[0].id,
                count=len(sent_there),
            )


def _held_too_long(live: LiveBranch, now: datetime) -> Iterator[Alert]:
    for ticket in live.held:
        held_at = ticket.leg.held_at
        if held_at is not None and now > held_at + live.branch.hold_limit:
            yield Alert(
                kind=AlertKind.HELD_TOO_LONG,
                since=held_at + live.branch.hold_limit,
                service=ticket.leg.service,
                counter=ticket.leg.counter,
                ticket=ticket.id,
            )


def _paused_too_long(live: LiveBranch, now: datetime) -> Iterator[Alert]:
    for desk in live.desks.values():
        if desk.state is not DeskState.PAUSED or desk.expected_end is None:
            continue
        if now > desk.expected_end:
            yield Alert(
                kind=AlertKind.PAUSED_TOO_LONG, since=desk.expected_end, counter=desk.counter
            )


def _takes_long(live: LiveBranch, now: datetime) -> Iterator[Alert]:
    for ticket in live.tickets.values():
        leg = ticket.leg
        begun = leg.started_at or leg.called_at
        if leg.state not in IN_HAND or begun is None:
            continue
        service = live.branch.service(leg.service)
        usual_until = begun + service.mean + UNUSUAL_SPREADS * service.spread
        if now > usual_until:
            yield Alert(
                kind=AlertKind.TAKES_LONG,
                since=usual_until,
                service=leg.service,
                counter=leg.counter,
                ticket=ticket.id,
            )


def _bad_ratings(live: LiveBranch, now: datetime) -> Iterator[Alert]:
    """One alert a counter: how many bad ratings it got lately, and the last of them."""
    bad = sorted(
        (
            rating
            for rating in live.ratings.values()
            if rating.score <= BAD_SCORE and now - rating.at <= BAD_RATING_FOR
        ),
        key=lambda rating: (rating.at, rating.ticket, rating.ordinal),
    )
    by_counter: dict[CounterNumber | None, Alert] = {}
    for rating in bad:
        leg = next(leg for leg in live.ticket(rating.ticket).legs if leg.ordinal == rating.ordinal)
        before = by_counter.get(leg.counter)
        by_counter[leg.counter] = Alert(
            kind=AlertKind.BAD_RATING,
            since=rating.at,
            service=leg.service,
            counter=leg.counter,
            ticket=rating.ticket,
            count=1 + (before.count if before else 0),
        )
    yield from by_counter.values()


def _printers(live: LiveBranch) -> Iterator[Alert]:
    for printer in live.printers.values():
        if printer.fault is not None:
            yield Alert(kind=AlertKind.PRINTER_DOWN, since=printer.since, printer=printer.name)
        elif printer.paper_is_low:
            yield Alert(kind=AlertKind.PAPER_LOW, since=printer.since, printer=printer.name)
    missing = unprinted_tickets(live)
    if missing:
        yield Alert(
            kind=AlertKind.TICKETS_UNPRINTED,
            since=missing[0].arrived_at,
            ticket=missing[0].id,
            count=len(missing),
        )


def unprinted_tickets(live: LiveBranch) -> list[Ticket]:
    """Tickets that did not come out though their owners are still here, the oldest first."""
    found = (live.tickets.get(each) for p in live.printers.values() for each in p.unprinted)
    missing = [ticket for ticket in found if ticket and ticket.leg.state in UNFINISHED]
    return sorted(missing, key=lambda ticket: (ticket.arrived_at, ticket.id))


def _lines(tickets: Iterable[Ticket]) -> list[tuple[ServiceCode, list[Ticket]]]:
    """Waiting tickets by service, in each the one whose wait counts longest first."""
    lines: dict[ServiceCode, list[Ticket]] = {}
    for ticket in sorted(tickets, key=lambda t: (t.leg.counts_from, t.id)):
        lines.setdefault(ticket.leg.service, []).append(ticket)
    return list(lines.items())


def _number(counter: CounterNumber | None) -> int:
    return counter or 0
