"""What can be done with a line of the wall that was tapped or chosen."""

from counters import wall_words as words
from counters.supervisor_advice import AdviceScreen
from counters.supervisor_steps import MOVABLE
from queueapp.domain.desk import DeskState
from queueapp.domain.remote import are_remote_paused
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.tui.choice_screen import Choice, ChoiceScreen


class LineMenuScreen(AdviceScreen):
    """Offers it as a list, and does what is chosen."""

    def show_day_of(self, code: ServiceCode) -> None:
        """Turn to the day of one service."""

    async def service_menu(self, code: ServiceCode) -> None:
        """Offer what can be done with a service."""
        service, text = self.picture.branch.service(code), self.language.text
        closing = text("Close it") if service.is_open else text("Open it")
        remote = text("Pause remote tickets")
        if are_remote_paused(self.picture.branch, service, self.now()):
            remote = text("Give remote tickets again")
        choices = [
            Choice(value="open_or_close", label=closing),
            *([Choice(value="remote", label=remote)] if self.has_remote_tickets() else []),
            Choice(value="move", label=text("Move a ticket elsewhere")),
            Choice(value="chart", label=text("Show its day")),
        ]
        match await self.ask(ChoiceScreen(self.language.name(service.name), choices)):
            case "open_or_close":
                await self.open_or_close(code)
            case "remote":
                await self.pause_or_resume_remote(code)
            case "move":
                await self.move(
                    [each for each in self.tickets_in(MOVABLE) if each.leg.service == code]
                )
            case "chart":
                self.show_day_of(code)

    async def counter_menu(self, number: CounterNumber) -> None:
        """Offer what can be done with a counter."""
        text = self.language.text
        choices = [Choice(value="services", label=text("Change what it serves"))]
        match self.picture.desk(number).state:
            case DeskState.OPEN:
                choices.append(Choice(value="pause", label=text("Pause the desk")))
            case DeskState.PAUSED:
                choices.append(Choice(value="pause", label=text("End the pause")))
        if self.picture.desk(number).state is not DeskState.CLOSED:
            choices.append(Choice(value="close", label=text("Close the desk")))
        question = text(
            "Counter {counter} · {state}",
            counter=number,
            state=words.desk_words(self.picture, number, self.language),
        )
        match await self.ask(ChoiceScreen(question, choices)):
            case "services":
                await self.change_services(number)
            case "pause":
                await self.pause_or_open(number)
            case "close":
                await self.close_desk(number)

    async def ticket_menu(self, ticket: Ticket) -> None:
        """Offer what can be done with a ticket."""
        text = self.language.text
        question = text("Ticket {ticket}", ticket=ticket)
        choices = [
            Choice(value="move", label=text("Move the ticket elsewhere")),
            Choice(value="cancel", label=text("Cancel the ticket")),
        ]
        match await self.ask(ChoiceScreen(question, choices)):
            case "move":
                await self.move([ticket])
            case "cancel":
                await self.cancel_after_asking(ticket.id)
