"""Everybody a clerk may want to take: who waits, who is on hold, who missed the call today."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from counters.lines import columns
from counters.ticket_words import category_in_list, service_name, wait_words
from queueapp.domain.live import LiveBranch
from queueapp.domain.numbering import is_part_of
from queueapp.domain.ticket import LegState, Outcome, Ticket
from queueapp.domain.words import CounterNumber, TicketId, sentence
from queueapp.tui.choice_list import ChoiceList
from queueapp.tui.keys import Key
from queueapp.tui.line_input import LineInput
from queueapp.tui.role_screen import RoleScreen
from queueapp.tui.wording import Wording

MISSED = frozenset({Outcome.NO_SHOW, Outcome.CANCELLED})
SERVICE = 1
"""The column that takes what room is left."""
TIME = 3
AROUND = 7
"""Columns of the list that no line may use: padding and the scroll bar."""


class EverybodyScreen(RoleScreen[TicketId]):
    """Closes with the ticket that was chosen; ``None``: none. What is typed narrows the list."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(
            key="enter",
            action="take",
            label=sentence("Take"),
            help=sentence("Take the marked customer."),
        ),
        Key(key="up", action="up", label=sentence("Up"), help=sentence("Go up the list.")),
        Key(
            key="down",
            action="down",
            label=sentence("Down"),
            help=sentence("Go down the list."),
        ),
        Key(key="escape", action="back", label=sentence("Back"), help=sentence("Go back.")),
    )
    DEFAULT_CSS = """
    EverybodyScreen .everybody { padding: 1 2 0 2; }
    EverybodyScreen #title { height: 1; text-style: bold; }
    EverybodyScreen Input { margin: 1 0; border: tall $line; background: $surface; }
    EverybodyScreen Input:focus { border: tall $primary; }
    EverybodyScreen OptionList { height: 1fr; border: none; background: $background; padding: 0; }
    EverybodyScreen OptionList > .option-list--option-highlighted { background: $panel;
        color: $foreground; }
    EverybodyScreen #nobody { height: auto; color: $quiet; }
    """

    def __init__(self, counter: CounterNumber, *, language: str | None = None) -> None:
        super().__init__(language=language)
        self._counter = counter
        self._drawn: list[tuple[str, Content]] = []

    def body(self) -> ComposeResult:
        """The line to search with, and the list."""
        text = self.language.text
        with Vertical(classes="everybody"):
            yield Wording(id="title", markup=False)
            yield LineInput(placeholder=text("Type a number to search"), max_length=12)
            yield Wording(text("There is nobody with this number."), id="nobody", markup=False)
            people = ChoiceList()
            people.can_focus = False
            yield people

    def on_mount(self) -> None:
        """What is typed goes into the search."""
        self.query_one(Input).focus()

    def show(self, live: LiveBranch) -> None:
        """Draw the list; the mark stays on its customer."""
        title = self.language.text(
            "{waiting} waiting · {held} on hold", waiting=len(live.waiting), held=len(live.held)
        )
        self.query_one("#title", Wording).update(title)
        tickets = self._found(live)
        self.query_one("#nobody").display = not tickets
        lines = columns(
            [self._cells(live, ticket) for ticket in tickets],
            self._room(),
            elastic=SERVICE,
            figures=TIME,
        )
        drawn = [(str(ticket.id), line) for ticket, line in zip(tickets, lines, strict=True)]
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw_people()

    def _draw_people(self) -> None:
        people = self.query_one(ChoiceList)
        marked = people.highlighted_option
        ids = [ticket for ticket, _ in self._drawn]
        people.set_options(Option(line, id=ticket) for ticket, line in self._drawn)
        if ids:
            stays = marked is not None and marked.id in ids
            people.highlighted = ids.index(marked.id) if stays and marked and marked.id else 0

    def _room(self) -> int:
        return max(0, self.size.width - AROUND)

    # -- who is in the list ----------------------------------------------------------------------

    def _found(self, live: LiveBranch) -> list[Ticket]:
        wanted = self.query_one(Input).value
        return [
            ticket
            for ticket in everybody(live, self._counter, self.now())
            if is_part_of(wanted, ticket.label)
        ]

    def _cells(self, live: LiveBranch, ticket: Ticket) -> list[Content]:
        leg, language, now = ticket.leg, self.language, self.now()
        state = language.leg_state(leg.state)
        time = wait_words(live, leg, language, now)
        if leg.state is LegState.ENDED and leg.outcome is not None:
            state = language.outcome(leg.outcome)
            time = Content.styled(language.time(leg.ended_at) if leg.ended_at else "", "$quiet")
        if leg.for_counter is not None and leg.state is LegState.WAITING:
            state = language.text("for counter {counter}", counter=leg.for_counter)
        return [
            Content.styled(f" {language.ticket(ticket)}", "bold"),
            Content(service_name(live, leg, language)),
            Content.styled(category_in_list(live, ticket, language), "$accent"),
            time,
            Content.styled(state, "$quiet"),
        ]

    def on_input_changed(self) -> None:
        """Narrow the list."""
        self.catch_up()

    # -- choosing --------------------------------------------------------------------------------

    def on_input_submitted(self) -> None:
        """Enter takes the marked one."""
        self.action_take()

    def action_take(self) -> None:
        """Close with the marked ticket."""
        marked = self.query_one(OptionList).highlighted_option
        if marked is not None and marked.id is not None:
            self.dismiss(TicketId(UUID(marked.id)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the ticket that was tapped."""
        if event.option.id is not None:
            self.dismiss(TicketId(UUID(event.option.id)))

    def action_up(self) -> None:
        """Move the mark up."""
        self.query_one(OptionList).action_cursor_up()

    def action_down(self) -> None:
        """Move the mark down."""
        self.query_one(OptionList).action_cursor_down()

    def action_back(self) -> None:
        """Close without a choice."""
        self.dismiss(None)


def everybody(live: LiveBranch, counter: CounterNumber, now: datetime) -> list[Ticket]:
    """Who waits (those whom ``counter`` may call first), who is on hold, who missed the call."""
    own = [live.ticket(pick.candidate.ticket) for pick in live.next_for(counter, now)]
    known = {ticket.id for ticket in own}
    others = [ticket for ticket in live.waiting if ticket.id not in known]
    missed = [
        ticket
        for ticket in live.tickets.values()
        if ticket.day == live.day and ticket.leg.outcome in MISSED
    ]
    missed.sort(key=lambda ticket: (ticket.leg.ended_at or ticket.arrived_at, ticket.id))
    return [*own, *others, *live.held, *reversed(missed)]
