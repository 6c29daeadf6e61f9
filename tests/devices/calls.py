"""Calls to be said."""

from dataclasses import replace

from queueapp.domain.calls import Call
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.words import CounterNumber, ServiceCode
from tests.kiosk.halls import called
from tests.tui.fakes import BILLS, NOW, fake_live


def a_call(
    number: int = 105, counter: int = 3, *, letter: ServiceCode = BILLS, language: str = "fa"
) -> Call:
    ticket = replace(called(number, counter, letter=letter), language=language)
    return Call(ticket=ticket, leg=ticket.leg, counter=CounterNumber(counter), called_at=NOW)


def hall(*tickets: Ticket) -> LiveBranch:
    return fake_live(*tickets)


def being_served(number: int, counter: int) -> Ticket:
    return called(number, counter, state=LegState.SERVING)
