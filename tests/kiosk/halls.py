"""A hall for the board and the rating terminal: calls, finishes, and a clock for readers."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from queueapp.domain.branch import Branch, Counter
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.words import CounterNumber, ServiceCode
from tests.tui.fakes import BILLS, NOW, SARA, fake_branch, fake_ticket


@dataclass
class Seconds:
    """A stopwatch that the test moves."""

    passed: float = 1000.0

    def __call__(self) -> float:
        return self.passed


def called(
    number: int,
    counter: int,
    *,
    ago: float = 0,
    recalls: int = 0,
    letter: ServiceCode = BILLS,
    state: LegState = LegState.CALLED,
) -> Ticket:
    """A ticket called to ``counter``, ``ago`` seconds before :data:`NOW`."""
    ticket = fake_ticket(
        letter,
        number,
        waited=timedelta(minutes=9),
        state=state,
        counter=counter,
        staff=SARA,
        taken=timedelta(seconds=ago),
    )
    return ticket.with_leg(replace(ticket.leg, recalls=recalls))


def waiting(number: int, letter: ServiceCode = BILLS) -> Ticket:
    """A ticket that waits."""
    return fake_ticket(letter, number, waited=timedelta(minutes=3))


def served(number: int, counter: int = 1, *, at: datetime = NOW, language: str = "en") -> Ticket:
    """A ticket whose service ended at ``counter``."""
    ticket = fake_ticket(
        BILLS,
        number,
        waited=timedelta(minutes=9),
        state=LegState.ENDED,
        counter=counter,
        staff=SARA,
        taken=timedelta(minutes=4),
        now=at,
    )
    return replace(ticket, language=language)


def branch_of(counters: int) -> Branch:
    """The sample branch with this many counters, all for bills."""
    return replace(
        fake_branch(),
        counters=tuple(
            Counter(number=CounterNumber(number), services=(BILLS,))
            for number in range(1, counters + 1)
        ),
    )
