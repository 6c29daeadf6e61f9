"""Find the ticket that somebody holds by its number."""

from kiosk.card import CardWords
from kiosk.pad_screen import PadScreen
from kiosk.question_screen import QuestionScreen
from queueapp.domain.numbering import parse_label
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import Ticket
from queueapp.domain.typed import plain
from queueapp.domain.words import TicketId, sentence

WHICH_TICKET = sentence("Which of these is yours?")

MOST_DIGITS = 6


class FindTicketScreen(PadScreen[TicketId]):
    """Asks for a number; the result is today's ticket with it."""

    question = sentence("What is your number?")
    hint = sentence("Type the figures on your ticket.")

    def may_type(self, character: str) -> bool:
        """Figures; before them, on a keyboard, the letter too."""
        if character.isdecimal():
            return sum(letter.isdecimal() for letter in self.entry) < MOST_DIGITS
        return character.isalpha() and not self.entry

    def written(self) -> str:
        """As on the ticket."""
        return self.language.label(plain(self.entry).upper()) or super().written()

    def accept(self) -> None:
        """Look for it."""
        self.once(self._find)

    async def _find(self) -> None:
        parsed, live = parse_label(self.entry), self.live
        found = live.find(*parsed) if parsed is not None and live is not None else ()
        if not found:
            unknown = Refused(Reason.TICKET_UNKNOWN, ticket=plain(self.entry).upper())
            self.complaint = self.language.refusal(unknown)
            return
        ticket = found[0] if len(found) == 1 else await self._ask_which(found)
        if ticket is not None:
            self.dismiss(ticket.id)

    async def _ask_which(self, tickets: tuple[Ticket, ...]) -> Ticket | None:
        """Several services count alike: ask for the letter."""
        answers = [(ticket, self._words(ticket)) for ticket in tickets]
        question = self.language.text(WHICH_TICKET)
        return await self.open(QuestionScreen(question, answers, pace=self.pace))

    def _words(self, ticket: Ticket) -> CardWords:
        live = self.live
        service = live.branch.service(ticket.letter).name if live is not None else None
        return CardWords(
            title=self.language.ticket(ticket),
            details=(self.language.name(service),) if service is not None else (),
        )
