"""A branch in the middle of a busy morning, with something of everything on the wall."""

from dataclasses import replace
from datetime import timedelta

from queueapp.domain.branch import Counter
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import Rating, RatingReason
from queueapp.domain.ticket import Channel, LegState, Outcome, Ticket
from queueapp.domain.words import CounterNumber, ServiceCode
from tests.tui.fakes import (
    BILLS,
    INTERNET,
    LINES,
    MINA,
    NOW,
    OMID,
    SARA,
    fake_branch,
    fake_live,
    fake_ticket,
)

MISSED = fake_ticket(LINES, 7, waited=timedelta(minutes=25))
"""Called and did not come: see :func:`busy_hall`."""


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def missed(ticket: Ticket) -> Ticket:
    """The ticket after its call was not answered, five minutes ago."""
    at = NOW - minutes(5)
    leg = replace(
        ticket.leg,
        state=LegState.ENDED,
        outcome=Outcome.NO_SHOW,
        called_at=at,
        ended_at=at,
        counter=CounterNumber(1),
        staff=SARA,
    )
    return ticket.with_leg(leg)


def served(count: int, letter: ServiceCode = BILLS, *, first: int = 500) -> list[Ticket]:
    """Tickets that were served through the morning, with waits that rise and fall again."""
    tickets = []
    for number in range(count):
        ago = 170 * number / count
        waited = minutes(4 + 9 * abs(0.5 - number / count) + number % 4)
        tickets.append(
            fake_ticket(
                letter,
                first + number,
                waited=waited,
                state=LegState.ENDED,
                counter=1 + number % 3,
                staff=SARA,
                taken=minutes(6),
                now=NOW - minutes(ago),
            )
        )
    return tickets


def rating(ticket: Ticket, score: int, ago: float, reason: RatingReason | None = None) -> Rating:
    return Rating(
        ticket=ticket.id,
        ordinal=1,
        score=score,
        reason=reason,
        at=NOW - minutes(ago),
        channel=Channel.COUNTER,
    )


def waiting_tickets() -> list[Ticket]:
    """Two past the target of ten minutes, one near that of twenty, one just here."""
    return [
        fake_ticket(BILLS, 43, waited=minutes(14)),
        fake_ticket(BILLS, 44, waited=minutes(11)),
        fake_ticket(BILLS, 45, waited=minutes(2)),
        fake_ticket(LINES, 11, waited=minutes(17)),
        fake_ticket(INTERNET, 6, waited=minutes(1)),
    ]


def busy_hall() -> LiveBranch:
    """Counter 1 works, 2 has overrun its pause, 3 has a customer for far too long, 4 is closed."""
    branch = fake_branch()
    fourth = Counter(number=CounterNumber(4), services=(LINES,))
    done = served(60)
    live = fake_live(
        *waiting_tickets(),
        fake_ticket(
            BILLS,
            42,
            waited=minutes(9),
            state=LegState.SERVING,
            counter=1,
            staff=SARA,
            taken=minutes(3),
        ),
        fake_ticket(
            INTERNET,
            5,
            waited=minutes(6),
            state=LegState.SERVING,
            counter=3,
            staff=MINA,
            taken=minutes(26),
        ),
        missed(MISSED),
        *done,
        branch=replace(branch, counters=(*branch.counters, fourth)),
    )
    desks = {
        CounterNumber(2): Desk(
            counter=CounterNumber(2),
            state=DeskState.PAUSED,
            staff=OMID,
            since=NOW - minutes(18),
            reason="Short break",
            expected_end=NOW - minutes(3),
        ),
        CounterNumber(3): Desk(
            counter=CounterNumber(3),
            state=DeskState.OPEN,
            staff=MINA,
            since=NOW - minutes(95),
        ),
    }
    given = (
        rating(done[0], 5, 2),
        rating(done[1], 2, 6, RatingReason.UNCLEAR_ANSWER),
        rating(done[3], 4, 11),
        rating(done[6], 5, 19),
        rating(done[9], 3, 31),
    )
    return replace(
        live,
        desks={**live.desks, **desks},
        ratings={(each.ticket, each.ordinal): each for each in given},
    )


def quiet_hall() -> LiveBranch:
    """Before the first customer: nobody waits, nobody is signed on."""
    live = fake_live(fake_ticket(BILLS, 1, waited=minutes(0)))
    return replace(live, tickets={}, desks={}, estimates=None)
