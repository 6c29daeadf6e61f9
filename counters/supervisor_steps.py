"""What a supervisor does about a branch: each step asks what it must, then sends one command."""

from collections.abc import Sequence
from typing import Any

from counters import wall_words as words
from counters.pauses import PAUSE_REASONS
from counters.staff_screen import StaffScreen
from counters.supervisor_services import CounterServicesScreen
from counters.supervisor_tickets import TicketScreen
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.remote import are_remote_paused, may_come_from_outside
from queueapp.domain.staff import Staff
from queueapp.domain.ticket import LegState, Outcome, Ticket
from queueapp.domain.words import CounterNumber, ServiceCode, TicketId
from queueapp.operations.commands import (
    CancelTicket,
    CloseDesk,
    Command,
    MoveTicket,
    OpenDesk,
    PauseDesk,
    PauseRemoteTickets,
    Reinstate,
    ResumeRemoteTickets,
    SetCounterServices,
    SetServiceOpen,
)
from queueapp.tui.choice_screen import Choice, ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen

MOVABLE = frozenset({LegState.WAITING, LegState.HELD})
CANCELLABLE = MOVABLE | {LegState.CALLED}
BROUGHT_BACK = frozenset({Outcome.NO_SHOW, Outcome.CANCELLED})
PAUSE_MINUTES = (5, 10, 15, 30, 60)

Destination = tuple[ServiceCode | None, CounterNumber | None]


class SteeringScreen(StaffScreen[None]):
    """Steps of the supervisor ``staff``; a subclass says when they happen."""

    def __init__(self, *, staff: Staff, language: str | None = None) -> None:
        super().__init__(language=language)
        self.staff = staff

    @property
    def picture(self) -> LiveBranch:
        """The live picture; steps happen only where there is one."""
        if self.live is None:
            raise RuntimeError("a step was begun before the first picture")
        return self.live

    async def done(self, command: Command, message: str) -> None:
        """Carry ``command`` out, and say so in ``message``."""
        if await self.do(command) is not None:
            self.say(message)

    # -- services --------------------------------------------------------------------------------

    async def open_or_close(self, code: ServiceCode) -> None:
        """Close a service to newcomers, after asking; or open it."""
        service, text = self.picture.branch.service(code), self.language.text
        if not service.is_open:
            await self.done(
                SetServiceOpen(staff=self.staff.code, service=code, is_open=True),
                text("{service} is open.", service=service.name),
            )
            return
        question = text(
            "Close {service}? Nobody gets a new ticket for it; who waits is still served.",
            service=service.name,
        )
        if await self.ask(ConfirmScreen(question)):
            await self.done(
                SetServiceOpen(staff=self.staff.code, service=code, is_open=False),
                text("{service} is closed.", service=service.name),
            )

    def has_remote_tickets(self) -> bool:
        """Whether there is anything to pause, or to give again."""
        now, branch = self.now(), self.picture.branch
        return may_come_from_outside(self.picture) or any(
            are_remote_paused(branch, service, now) for service in branch.services
        )

    async def pause_or_resume_remote(self, code: ServiceCode) -> None:
        """Give tickets for a service in the hall only, or from outside again."""
        service, text = self.picture.branch.service(code), self.language.text
        if are_remote_paused(self.picture.branch, service, self.now()):
            await self.done(
                ResumeRemoteTickets(staff=self.staff.code, service=code),
                text("{service}: tickets are given by phone again.", service=service.name),
            )
            return
        await self.done(
            PauseRemoteTickets(staff=self.staff.code, service=code),
            text(
                "{service}: tickets only in the hall today. r gives them by phone again.",
                service=service.name,
            ),
        )

    async def which_service(self, question: str) -> ServiceCode | None:
        """Ask for one of the branch's services."""
        choices = [self._service_choice(each.code) for each in self.picture.branch.services]
        return await self.ask(ChoiceScreen(question, choices))

    def _service_choice(self, code: ServiceCode) -> Choice[ServiceCode]:
        service = self.picture.branch.service(code)
        waiting = len(self.picture.waiting_for(code))
        return Choice(
            value=code,
            label=f"{code}  {self.language.name(service.name)}",
            detail=self.language.text("{count} waiting", count=waiting),
        )

    # -- counters --------------------------------------------------------------------------------

    async def which_counter(
        self, question: str, numbers: Sequence[CounterNumber] | None = None
    ) -> CounterNumber | None:
        """Ask for a counter, of all or of ``numbers``; say so when none of them is open."""
        every = [counter.number for counter in self.picture.branch.counters]
        choices = [self._counter_choice(each) for each in (every if numbers is None else numbers)]
        if not choices:
            self.say(self.language.text("No counter is open just now."))
            return None
        return await self.ask(ChoiceScreen(question, choices))

    def _counter_choice(self, number: CounterNumber) -> Choice[CounterNumber]:
        served = words.skills(self.picture.branch.counter(number))
        state = words.desk_words(self.picture, number, self.language)
        return Choice(
            value=number,
            label=self.language.text("Counter {counter}", counter=number),
            detail=f"{state} · {served}",
        )

    async def change_services(self, number: CounterNumber) -> None:
        """Let the supervisor change what a counter serves."""
        branch = self.picture.branch
        question = self.language.text("What counter {counter} serves, best first", counter=number)
        before = branch.counter(number).services
        chosen = await self.ask(CounterServicesScreen(question, branch.services, before))
        if chosen is not None and chosen != before:
            await self.set_services(number, chosen)

    async def set_services(self, number: CounterNumber, services: tuple[ServiceCode, ...]) -> None:
        """Let counter ``number`` serve ``services``, best first."""
        await self.done(
            SetCounterServices(staff=self.staff.code, counter=number, services=services),
            self.language.text(
                "Counter {counter} serves {services}.",
                counter=number,
                services=self.language.text(", ").join(services),
            ),
        )

    async def pause_or_open(self, number: CounterNumber) -> None:
        """Pause an open desk for a reason and some minutes; end the pause of a paused one."""
        match self.picture.desk(number).state:
            case DeskState.OPEN:
                await self._pause(number)
            case DeskState.PAUSED:
                await self.end_pause(number)
            case DeskState.CLOSED:
                self.ask_to_sign_on(number)

    async def end_pause(self, number: CounterNumber) -> None:
        """Open a paused desk."""
        await self.done(
            OpenDesk(staff=self.staff.code, counter=number),
            self.language.text("Counter {counter} is open.", counter=number),
        )

    def ask_to_sign_on(self, number: CounterNumber) -> None:
        """Say what opens a closed desk."""
        self.say(
            self.language.text(
                "Counter {counter} is closed: it opens when a clerk signs on there.",
                counter=number,
            )
        )

    async def _pause(self, number: CounterNumber) -> None:
        text = self.language.text
        reason = await self.ask(
            ChoiceScreen(
                text("Why is counter {counter} paused?", counter=number),
                [Choice(value=each.word, label=text(each.word)) for each in PAUSE_REASONS],
            )
        )
        if reason is None:
            return
        minutes = await self.ask(
            ChoiceScreen(
                text("For how long?"),
                [
                    Choice(value=each, label=text("{minutes} min", minutes=each))
                    for each in PAUSE_MINUTES
                ],
            )
        )
        if minutes is not None:
            await self.done(
                PauseDesk(staff=self.staff.code, counter=number, reason=reason, minutes=minutes),
                text("Counter {counter} is paused.", counter=number),
            )

    async def close_desk(self, number: CounterNumber) -> None:
        """Sign the clerk of a desk off, after asking."""
        desk, text = self.picture.desk(number), self.language.text
        if desk.state is DeskState.CLOSED:
            self.say(text("Counter {counter} is closed already.", counter=number))
            return
        question = text(
            "Close counter {counter} and sign {clerk} off?",
            counter=number,
            clerk=words.staff_name(self.picture, desk.staff),
        )
        if await self.ask(ConfirmScreen(question)):
            await self.done(
                CloseDesk(staff=self.staff.code, counter=number),
                text("Counter {counter} is closed.", counter=number),
            )

    # -- tickets ---------------------------------------------------------------------------------

    async def which_ticket(
        self, question: str, tickets: Sequence[Ticket], nobody: str
    ) -> TicketId | None:
        """Ask for one of ``tickets``; say ``nobody`` when there is none."""
        if not tickets:
            self.say(nobody)
            return None
        return await self.ask(TicketScreen(question, tickets, self._about))

    def _about(self, ticket: Ticket) -> str:
        leg = ticket.leg
        service = self.language.name(self.picture.branch.service(leg.service).name)
        if leg.outcome is not None and leg.ended_at is not None:
            ended = self.language.time(leg.ended_at)
            return f"{service} · {self.language.outcome(leg.outcome)} {ended}"
        waited = self.language.minutes(self.now() - leg.counts_from)
        return f"{service} · {self.language.leg_state(leg.state)} · {waited}"

    def tickets_in(self, states: frozenset[LegState]) -> list[Ticket]:
        """Today's tickets in one of ``states``, the longest wait first."""
        found = (each for each in self.picture.tickets.values() if each.leg.state in states)
        return sorted(found, key=lambda each: (each.leg.counts_from, each.id))

    def tickets_gone(self) -> list[Ticket]:
        """Today's tickets that can be brought back, the last one gone first."""
        found = (
            each
            for each in self.picture.tickets.values()
            if each.leg.outcome in BROUGHT_BACK and each.day == self.picture.day
        )
        return sorted(found, key=lambda each: each.leg.ended_at or each.arrived_at, reverse=True)

    async def move(self, tickets: Sequence[Ticket]) -> None:
        """Ask which of ``tickets`` to move and where to, unless there is just one."""
        text = self.language.text
        chosen = (
            tickets[0].id
            if len(tickets) == 1
            else await self.which_ticket(
                text("Which ticket do you want to move?"),
                tickets,
                text("Nobody waits or is on hold just now."),
            )
        )
        ticket = self.picture.tickets.get(chosen) if chosen is not None else None
        if ticket is None:
            return
        place = await self.ask(
            ChoiceScreen(text("Where to with {ticket}?", ticket=ticket), self._places(ticket))
        )
        if place is not None:
            service, counter = place
            await self.move_to(ticket, service, counter)

    async def move_to(
        self, ticket: Ticket, service: ServiceCode | None, counter: CounterNumber | None
    ) -> None:
        """Send ``ticket`` to another service or to one counter."""
        await self.done(
            MoveTicket(
                staff=self.staff.code, ticket=ticket.id, to_service=service, to_counter=counter
            ),
            self.language.text("{ticket} has moved and keeps its place.", ticket=ticket),
        )

    def _places(self, ticket: Ticket) -> list[Choice[Any]]:
        branch = self.picture.branch
        services = [each for each in branch.services if each.code != ticket.leg.service]
        counters = [each for each in branch.counters if each.number != ticket.leg.for_counter]
        return [
            *(_placed(self._service_choice(each.code), (each.code, None)) for each in services),
            *(_placed(self._counter_choice(each.number), (None, each.number)) for each in counters),
        ]

    async def bring_back(self) -> None:
        """Ask who is back, and put the ticket into the queue again."""
        text = self.language.text
        chosen = await self.which_ticket(
            text("Which ticket is back?"),
            self.tickets_gone(),
            text("No ticket was missed or cancelled today."),
        )
        if chosen is not None:
            await self.done(
                Reinstate(staff=self.staff.code, ticket=chosen),
                text(
                    "{ticket} is back in the queue, with its place kept.",
                    ticket=words.label(self.picture, chosen),
                ),
            )

    async def cancel(self) -> None:
        """Ask who has left, and close the ticket."""
        text = self.language.text
        chosen = await self.which_ticket(
            text("Which ticket do you want to cancel?"),
            self.tickets_in(CANCELLABLE),
            text("Nobody is in the queue just now."),
        )
        if chosen is not None:
            await self.cancel_after_asking(chosen)

    async def cancel_after_asking(self, chosen: TicketId) -> None:
        """Close a ticket of today, if that is really meant."""
        text, ticket = self.language.text, words.label(self.picture, chosen)
        if await self.ask(ConfirmScreen(text("Cancel ticket {ticket}?", ticket=ticket))):
            await self.done(
                CancelTicket(staff=self.staff.code, ticket=chosen),
                text("{ticket} is cancelled.", ticket=ticket),
            )


def _placed(choice: Choice[Any], place: Destination) -> Choice[Destination]:
    return Choice(value=place, label=choice.label, detail=choice.detail)
