"""Choosing one of many tickets by typing a part of its number."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from queueapp.domain.numbering import is_part_of
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import TicketId
from queueapp.tui.choice_list import ChoiceList
from queueapp.tui.choice_screen import AROUND_LIST
from queueapp.tui.dialog import Dialog
from queueapp.tui.line_input import LineInput

ROWS_OF_LINE = 3


class TicketScreen(Dialog[TicketId]):
    """A list of tickets, shortened by what is typed; arrows, Enter or a tap choose."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(
        self, question: str, tickets: Sequence[Ticket], describe: Callable[[Ticket], str]
    ) -> None:
        """``describe`` gives a few words about a ticket, for behind its number."""
        super().__init__(question)
        self._tickets = tuple(tickets)
        self._describe = describe
        self._found = self._tickets

    def body(self) -> ComposeResult:
        """The line to type, and the list."""
        yield LineInput(
            placeholder=self.language.text("type a number"), classes="dialog-input", max_length=8
        )
        yield ChoiceList(*map(self._option, self._tickets), classes="dialog-list")
        yield self.cancel_button()

    def rows_needed(self) -> int:
        """The list and the line with what is around them."""
        return len(self._tickets) + AROUND_LIST + ROWS_OF_LINE

    def on_mount(self) -> None:
        """Begin with the first ticket chosen."""
        self._list.highlighted = 0

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def _option(self, ticket: Ticket) -> Option:
        number = self.language.ticket(ticket)
        return Option(
            Content.assemble((f" {number} ", "bold"), f" {self._describe(ticket)}"), id=ticket.label
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the tickets in whose number this occurs."""
        self._found = tuple(
            ticket for ticket in self._tickets if is_part_of(event.value, ticket.label)
        )
        self._list.set_options(map(self._option, self._found))
        self._list.highlighted = 0 if self._found else None

    def on_input_submitted(self) -> None:
        """Take the ticket that is marked in the list."""
        if self._list.highlighted is not None:
            self.dismiss(self._found[self._list.highlighted].id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was tapped."""
        self.dismiss(self._found[event.option_index].id)

    def action_move(self, by: int) -> None:
        """Move the mark while the typing goes on."""
        if by > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()
