"""What a supervisor does about an alert: its remedies as steps."""

from counters import wall_words as words
from counters.paper_words import printer_sentence
from counters.reprinting import print_again
from counters.supervisor_steps import MOVABLE, SteeringScreen
from queueapp.domain.alerts import Alert, Remedy
from queueapp.domain.branch import Counter
from queueapp.domain.desk import DeskState
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import CounterNumber, ServiceCode
from queueapp.tui.choice_screen import Choice, ChoiceScreen


class RemedyScreen(SteeringScreen):
    """Offers the remedies of an alert and carries the chosen one out."""

    async def deal_with(self, alert: Alert) -> None:
        """Ask what to do about ``alert``, and do it."""
        question = words.alert_sentence(alert, self.picture, self.language)
        remedies = alert.kind.remedies
        choices = [Choice(value=each, label=self._offer(each, alert)) for each in remedies]
        match await self.ask(ChoiceScreen(question, choices)):
            case Remedy.OPEN_COUNTER:
                await self._open_counter(alert)
            case Remedy.MOVE_TICKET:
                await self._move(alert)
            case Remedy.RESUME_TICKET:
                await self._back_in_queue(alert)
            case Remedy.END_PAUSE if alert.counter is not None:
                await self.end_pause(alert.counter)
            case Remedy.ASK_CLERK:
                self._ask_clerk(alert)
            case Remedy.SEE_TO_PRINTER:
                self.say(printer_sentence(self.picture, alert.printer, self.language))
            case Remedy.PRINT_AGAIN:
                await print_again(self, self.staff.code)

    def show_counter(self, number: CounterNumber) -> None:
        """Point to a counter on the wall."""

    def _offer(self, remedy: Remedy, alert: Alert) -> str:
        if remedy is Remedy.ASK_CLERK and alert.counter is not None:
            return self.language.text(
                "Go to counter {counter} and ask {clerk}",
                counter=alert.counter,
                clerk=self._clerk(alert.counter),
            )
        return self.language.text(words.REMEDIES[remedy])

    def _clerk(self, number: CounterNumber) -> str:
        clerk = words.staff_name(self.picture, self.picture.desk(number).staff)
        return clerk or self.language.text("the clerk")

    # -- a further counter -----------------------------------------------------------------------

    async def _open_counter(self, alert: Alert) -> None:
        if alert.counter is not None:
            await self._help_from(alert.counter, None)
            return
        if alert.service is None:
            return
        helpers = [counter.number for counter in self._helpers(alert.service)]
        service = self.picture.branch.service(alert.service)
        if not helpers:
            self.say(
                self.language.text("Every counter serves {service} already.", service=service.name)
            )
            return
        number = await self.which_counter(
            self.language.text("Which counter serves {service} too?", service=service.name), helpers
        )
        if number is not None:
            await self._help_from(number, alert.service)

    def _helpers(self, service: ServiceCode) -> list[Counter]:
        """The counters that could help, those that need the least for it first."""
        states = {DeskState.OPEN: 0, DeskState.PAUSED: 1, DeskState.CLOSED: 2}
        return sorted(
            (
                counter
                for counter in self.picture.branch.counters
                if service not in counter.services
                or self.picture.desk(counter.number).state is not DeskState.OPEN
            ),
            key=lambda counter: (
                states[self.picture.desk(counter.number).state],
                service not in counter.services,
                counter.number,
            ),
        )

    async def _help_from(self, number: CounterNumber, service: ServiceCode | None) -> None:
        counter = self.picture.branch.counter(number)
        if service is not None and service not in counter.services:
            await self.set_services(number, (*counter.services, service))
        match self.picture.desk(number).state:
            case DeskState.PAUSED:
                await self.end_pause(number)
            case DeskState.CLOSED:
                self.ask_to_sign_on(number)
            case DeskState.OPEN:
                self.show_counter(number)

    # -- tickets ---------------------------------------------------------------------------------

    async def _move(self, alert: Alert) -> None:
        if alert.count > 1:
            await self.move(self._line_of(alert))
            return
        ticket = self.picture.tickets.get(alert.ticket) if alert.ticket is not None else None
        await self.move([] if ticket is None else [ticket])

    def _line_of(self, alert: Alert) -> list[Ticket]:
        """Who waits for the service of ``alert``, the longest wait first."""
        return [
            ticket
            for ticket in self.tickets_in(MOVABLE)
            if alert.service in {None, ticket.leg.service}
        ]

    async def _back_in_queue(self, alert: Alert) -> None:
        """End a hold: the ticket waits for the counter that had it, its place kept."""
        ticket = self.picture.tickets.get(alert.ticket) if alert.ticket is not None else None
        if ticket is not None:
            await self.move_to(ticket, None, ticket.leg.counter)

    def _ask_clerk(self, alert: Alert) -> None:
        if alert.counter is None:
            return
        self.show_counter(alert.counter)
        self.say(
            self.language.text(
                "Counter {counter}: {clerk}.",
                counter=alert.counter,
                clerk=self._clerk(alert.counter),
            )
        )
