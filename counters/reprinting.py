"""Printing a ticket again: one that did not come out, or a copy for somebody who lost it."""

from counters.supervisor_tickets import TicketScreen
from queueapp.domain.alerts import unprinted_tickets
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import UNFINISHED, Ticket
from queueapp.domain.words import StaffCode
from queueapp.operations.commands import ReprintTicket
from queueapp.tui.role_screen import RoleScreen


def printable(live: LiveBranch) -> list[Ticket]:
    """Who may want paper: tickets that did not come out first, then the others, the newest first.

    Of those that did not, the one that waits longest comes first.
    """
    missing = unprinted_tickets(live)
    known = {ticket.id for ticket in missing}
    others = [
        ticket
        for ticket in live.tickets.values()
        if ticket.leg.state in UNFINISHED and ticket.id not in known
    ]
    return [*missing, *sorted(others, key=lambda ticket: ticket.id, reverse=True)]


async def print_again(screen: RoleScreen[None], staff: StaffCode) -> None:
    """Ask which ticket, and have it printed; to be called in a step of ``screen``."""
    live, language = screen.live, screen.language
    if live is None:
        return
    tickets = printable(live)
    if not tickets:
        screen.say(language.text("Nobody is in the queue just now."))
        return
    missing = {ticket.id for ticket in unprinted_tickets(live)}

    def describe(ticket: Ticket) -> str:
        service = language.name(live.branch.service(ticket.leg.service).name)
        state = language.text("not printed") if ticket.id in missing else ""
        parts = (service, language.leg_state(ticket.leg.state), state)
        return " · ".join(part for part in parts if part)

    question = language.text("Which ticket do you want to print?")
    chosen = await screen.ask(TicketScreen(question, tickets, describe))
    if chosen is None:
        return
    receipt = await screen.do(ReprintTicket(staff=staff, ticket=chosen))
    if receipt is not None:
        screen.say(language.text("{ticket} is being printed.", ticket=receipt.label))
