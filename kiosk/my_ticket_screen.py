"""A ticket that was taken earlier: where it stands, and what its owner may do."""

from enum import Enum, auto
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kiosk.card import Card, CardWords
from kiosk.card_groups import CardGroup, CardRow
from kiosk.kiosk_screen import KioskScreen, Pace
from kiosk.number_keys import number_bindings
from kiosk.question_screen import QuestionScreen
from kiosk.ticket_view import TicketView
from kiosk.way_back import WayBack
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import rateable_leg
from queueapp.domain.refusal import Refused
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.ticket_code import code_data
from queueapp.domain.words import TicketId, sentence
from queueapp.operations.commands import LeaveQueue

RATE = sentence("Rate your visit")
LEAVE = sentence("Leave the queue")
SURE = sentence("Do you really want to leave the queue? Your place will be lost.")
YES_LEAVE = sentence("Yes, leave the queue")
NO_STAY = sentence("No, keep my place")

MAY_LEAVE = frozenset({LegState.WAITING, LegState.CALLED, LegState.HELD})


class Wish(Enum):
    """What the owner of a ticket did or wants to do."""

    RATE = auto()
    LEFT = auto()


class MyTicketScreen(KioskScreen[Wish]):
    """Shows ``ticket`` as it moves; the result is what to go on with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *number_bindings("press"),
        Binding("escape", "press(0)", show=False),
    ]
    CSS = """
    MyTicketScreen #wishes { height: 5; margin: 0 2; align: center middle; }
    MyTicketScreen #wishes Card { max-width: 36; }
    """

    def __init__(self, ticket: TicketId, *, pace: Pace, language: str | None = None) -> None:
        super().__init__(pace, language=language)
        self.ticket = ticket
        self._wishes: list[Wish] = []

    def body(self) -> ComposeResult:
        """The ticket, what can be done, the way back."""
        live = self.live
        ticket = live.tickets.get(self.ticket) if live is not None else None
        if live is not None and ticket is not None:
            code = code_data(live.branch.public_url, ticket.label, ticket.token)
            yield TicketView(self.language.ticket(ticket), ticket.leg.service, code)
        yield CardRow(id="wishes")
        yield WayBack("0")

    def on_mount(self) -> None:
        """The touch that led here wishes nothing."""
        self.settle()

    def show(self, live: LiveBranch) -> None:
        """Draw the ticket as it is now."""
        ticket = live.tickets.get(self.ticket)
        self._wishes = [] if ticket is None else wishes_for(ticket)
        for view in self.query(TicketView):
            view.show_ticket(live, self.ticket, self.now(), self.language)
        row = self.query_one("#wishes", CardRow)
        row.display = bool(self._wishes)
        row.offer(
            [
                CardWords(
                    title=self.language.text(RATE if wish is Wish.RATE else LEAVE),
                    key=self.language.digits(str(number)),
                )
                for number, wish in enumerate(self._wishes, 1)
            ]
        )
        self.query_one(WayBack).count_down(self.seconds_left, self.patience, self.language)

    def action_press(self, number: int) -> None:
        """A number key; 0 goes back."""
        if number == 0:
            self.dismiss(None)
            return
        self.settled = True  # keys have no double taps
        self.query_one("#wishes", CardRow).press(number - 1)

    @on(CardGroup.Chosen, "#wishes")
    def wish_touched(self, event: CardGroup.Chosen) -> None:
        """Do it."""
        if not self.settled:
            return
        if self._wishes[event.index] is Wish.RATE:
            self.dismiss(Wish.RATE)
        else:
            self.once(self._leave)

    @on(Card.Tapped, "#back")
    def back_tapped(self) -> None:
        """Back to the start."""
        if self.settled:
            self.dismiss(None)

    async def _leave(self) -> None:
        language = self.language
        answers = [
            (True, CardWords(title=language.text(YES_LEAVE))),
            (False, CardWords(title=language.text(NO_STAY))),
        ]
        sure = await self.open(QuestionScreen(language.text(SURE), answers, pace=self.pace))
        live = self.live
        if not sure or live is None or self.ticket not in live.tickets:
            return
        token = live.ticket(self.ticket).token
        if await self.do(LeaveQueue(ticket=self.ticket, token=token)) is not None:
            self.dismiss(Wish.LEFT)


def wishes_for(ticket: Ticket) -> list[Wish]:
    """What the owner of ``ticket`` may do now."""
    wishes = []
    if _is_rateable(ticket):
        wishes.append(Wish.RATE)
    if ticket.leg.state in MAY_LEAVE:
        wishes.append(Wish.LEFT)
    return wishes


def _is_rateable(ticket: Ticket) -> bool:
    try:
        rateable_leg(ticket)
    except Refused:
        return False
    return True
