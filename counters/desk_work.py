"""Everything a clerk does at a desk, each with one key."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from textual import events

from counters import desk_questions as questions
from counters.desk_duty import DeskDuty
from counters.desk_keys import DESK_KEYS
from counters.desk_queue import held_here
from counters.everybody import EverybodyScreen
from counters.reprinting import print_again
from counters.ticket_words import pick_words
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.routing import PickReason
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.words import TicketId, sentence
from queueapp.operations import commands as c
from queueapp.operations.ports import Receipt
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.prompt_screen import PromptScreen
from queueapp.tui.role_screen import step

ONE_TAP = timedelta(seconds=1)
"""Within so long a hand taps twice and means one customer."""
WAITS_AGAIN = sentence("{ticket} waits again, with its place kept.")


class DeskWork(DeskDuty):
    """The actions behind the keys; each asks what it needs to know, and says what it did."""

    KEYS = DESK_KEYS

    def on_key(self, event: events.Key) -> None:
        """A key that is held down counts once: nobody is called forty times by a tired hand."""
        if self.terminal.held_key.is_held(event) and event.is_printable:
            event.stop()

    # -- calling ---------------------------------------------------------------------------------

    @step
    async def action_call_next(self) -> None:
        """Call whoever is next, after the customer in hand is done with."""
        if await self._free_the_hand():
            await self._call(c.CallNext(staff=self.staff, counter=self.counter))

    @step
    async def action_recall(self) -> None:
        """Call once more."""
        await self._tell(
            c.Recall(staff=self.staff, counter=self.counter),
            sentence("{ticket} is called once more."),
        )

    @step
    async def action_start(self) -> None:
        """The customer has come."""
        await self._tell(
            c.StartService(staff=self.staff, counter=self.counter),
            sentence("{ticket} is being served."),
        )

    @step
    async def action_no_show(self) -> None:
        """The customer has not come."""
        await self._tell(
            c.NoShow(staff=self.staff, counter=self.counter),
            sentence("{ticket} did not come. It can be brought back from the list."),
        )

    async def _free_the_hand(self) -> bool:
        ticket = await self._customer()
        if ticket is None:
            return True
        if ticket.leg.state is LegState.CALLED:
            question = self.language.text(
                "{ticket} has not come? It can be brought back later.", ticket=ticket
            )
            if not await self.ask(ConfirmScreen(question)):
                return False
            missed = c.NoShow(staff=self.staff, counter=self.counter)
            return await self.carry_out(missed) is not None
        question = self.language.text("Finish {ticket} first?", ticket=ticket)
        if not await self.ask(ConfirmScreen(question)):
            return False
        return await self._finish() is not None

    async def _call(self, command: c.CallNext | c.CallTicket) -> None:
        receipt = await self.carry_out(command)
        if receipt is None:
            return
        reason = ""
        if receipt.reason is not None:
            reason = self._why(receipt, receipt.reason)
        self.say(
            self.language.text("{ticket} is called: {reason}", ticket=receipt.label, reason=reason)
        )

    def _why(self, receipt: Receipt, reason: PickReason) -> str:
        live = self.live
        ticket = live.tickets.get(receipt.ticket) if live and receipt.ticket else None
        if live is None or ticket is None:
            return self.language.pick_reason(reason, receipt.percent)
        return pick_words(live, ticket, reason, receipt.percent, self.language)

    # -- finishing and sending on ----------------------------------------------------------------

    @step
    async def action_finish(self) -> None:
        """The customer is served."""
        await self._finish_and_go_on(with_note=False)

    @step
    async def action_finish_with_note(self) -> None:
        """The customer is served, and there is something to write down."""
        await self._finish_and_go_on(with_note=True)

    async def _finish_and_go_on(self, *, with_note: bool) -> None:
        receipt = await self._finish(with_note=with_note)
        live = await self.picture()
        if receipt is not None and live is not None and self._calls_after_finish(live):
            await self.call_quietly()

    def _calls_after_finish(self, live: LiveBranch) -> bool:
        return live.branch.auto_call and live.idle_since(self.counter) is not None

    async def _finish(self, *, with_note: bool = False) -> Receipt | None:
        live, ticket = await self.picture(), await self._customer()
        if live is None or ticket is None:
            self._refuse_empty_hand()
            return None
        if self._came_by_itself_just_now(live, ticket):
            again = sentence("{ticket} has only just been called. Press again to finish.")
            self.say(self.language.text(again, ticket=ticket))
            return None
        command = c.Finish(staff=self.staff, counter=self.counter)
        is_served = ticket.leg.state is LegState.SERVING
        if is_served and (live.branch.outcomes or with_note):
            ended = await self.ask(questions.how_it_ended(live, ticket, self.language))
            if ended is None:
                return None
            command = replace(command, outcome_code=ended.value, note=ended.note)
        return await self._tell(command, sentence("{ticket} is finished."))

    def _came_by_itself_just_now(self, live: LiveBranch, ticket: Ticket) -> bool:
        """Whether the second of two quick taps would end the service of somebody else."""
        called_at, branch = ticket.leg.called_at, live.branch
        if not (branch.auto_call and branch.call_is_start) or called_at is None:
            return False
        return self.now() - called_at < ONE_TAP

    @step
    async def action_hold(self) -> None:
        """Put the customer aside; with nobody in hand, go on with the one who is on hold here."""
        ticket = await self._customer()
        if ticket is None:
            await self._take_back()
            return
        question = sentence("Put {ticket} on hold. A note, if you like:")
        note = await self.ask(PromptScreen(self.language.text(question, ticket=ticket)))
        if note is None:
            return
        command = c.Hold(staff=self.staff, counter=self.counter, note=note)
        await self._tell(command, sentence("{ticket} is on hold."))

    @step
    async def action_resume(self) -> None:
        """Go on with who is on hold here."""
        await self._take_back()

    async def _take_back(self) -> None:
        live = await self.picture()
        held = [] if live is None else held_here(live, self.counter)
        match held:
            case []:
                self._refuse_empty_hand()
            case [only]:
                await self._take(only.id)
            case _:
                await self._choose_from_list()

    @step
    async def action_transfer(self) -> None:
        """Send the customer to another service or counter."""
        live, ticket = await self.picture(), await self._customer()
        if live is None or ticket is None:
            self._refuse_empty_hand()
            return
        sent = await self.ask(questions.where_to(live, ticket, self.counter, self.language))
        if sent is None:
            return
        command = c.Transfer(
            staff=self.staff,
            counter=self.counter,
            to_service=sent.value.service,
            to_counter=sent.value.counter,
            note=sent.note,
        )
        await self._tell(command, sentence("{ticket} is transferred and keeps its place."))

    @step
    async def action_add_service(self) -> None:
        """Go on with a further service on the same ticket."""
        live, ticket = await self.picture(), await self._customer()
        if live is None:
            return
        if ticket is None:
            self.say(
                self.language.refusal(Refused(Reason.TICKET_NOT_IN_HAND, counter=self.counter))
            )
            return
        added = await self.ask(questions.what_more(live, ticket, self.language))
        if added is None:
            return
        here: bool | None = False
        if added.value in live.branch.counter(self.counter).services:
            here = await self.ask(questions.here_or_later(ticket, self.language))
        if here is None:
            return
        command = c.AddService(
            staff=self.staff,
            counter=self.counter,
            service=added.value,
            here=here,
            note=added.note,
        )
        done = sentence("{ticket} goes on here.") if here else WAITS_AGAIN
        await self._tell(command, done)

    @step
    async def action_undo(self) -> None:
        """Take back what was done last."""
        command = c.Undo(staff=self.staff, counter=self.counter)
        if await self._tell(command, sentence("{ticket} is as it was before.")) is not None:
            self.rest_from_calling()

    # -- paper -----------------------------------------------------------------------------------

    @step
    async def action_print_again(self) -> None:
        """Print a ticket again."""
        await print_again(self, self.staff)

    # -- the list --------------------------------------------------------------------------------

    @step
    async def action_list(self) -> None:
        """Everybody, to take one."""
        await self._choose_from_list()

    async def _choose_from_list(self) -> None:
        chosen = await self.open(EverybodyScreen(self.counter))
        if chosen is not None:
            await self._take(chosen)

    @step
    async def action_take(self, ticket: str) -> None:
        """Take the customer whose line was tapped."""
        await self._take(TicketId(UUID(ticket)))

    async def _take(self, chosen: TicketId) -> None:
        live = await self.picture()
        if live is None or chosen not in live.tickets:
            return
        match live.tickets[chosen].leg.state:
            case LegState.HELD:
                await self._tell(
                    c.Resume(staff=self.staff, counter=self.counter, ticket=chosen),
                    sentence("{ticket} is back in hand."),
                )
            case LegState.ENDED:
                await self._tell(
                    c.Reinstate(staff=self.staff, ticket=chosen),
                    WAITS_AGAIN,
                )
            case _:
                await self._call(
                    c.CallTicket(staff=self.staff, counter=self.counter, ticket=chosen)
                )

    # -- the desk itself -------------------------------------------------------------------------

    @step
    async def action_pause(self) -> None:
        """Call nobody for a while."""
        reason = await self.ask(questions.why_pause(self.language))
        if reason is None:
            return
        minutes = await self.ask(questions.how_long(reason, self.language))
        if minutes is None:
            return
        command = c.PauseDesk(
            staff=self.staff, counter=self.counter, reason=reason.word, minutes=int(minutes)
        )
        await self._tell(command, sentence("This counter is paused."))

    @step
    async def action_open_desk(self) -> None:
        """End the pause."""
        await self._tell(
            c.OpenDesk(staff=self.staff, counter=self.counter),
            sentence("This counter is open again."),
        )

    @step
    async def action_close(self) -> None:
        """Sign off."""
        question = self.language.text("Close this desk and sign off?")
        if await self._customer() is None and not await self.ask(ConfirmScreen(question)):
            return
        self._leaving = True
        if await self.carry_out(c.CloseDesk(staff=self.staff, counter=self.counter)) is not None:
            await self.sign_off()
        self._leaving = False

    # -- within ----------------------------------------------------------------------------------

    async def _customer(self) -> Ticket | None:
        live = await self.picture()
        return None if live is None else live.in_hand(self.counter)

    def _refuse_empty_hand(self) -> None:
        self.say(self.language.refusal(Refused(Reason.TICKET_NOT_IN_HAND, counter=self.counter)))

    async def _tell(self, command: c.Command, done: str) -> Receipt | None:
        """Carry out ``command``; say ``done``, a message about ``{ticket}``."""
        receipt = await self.carry_out(command)
        if receipt is not None:
            self.say(self.language.text(done, ticket=receipt.label))
        return receipt
