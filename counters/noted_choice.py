"""Choose one of a list, and say a word about it if there is one to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static

from queueapp.domain.typed import persian_letters
from queueapp.tui.choice_list import ChoiceList
from queueapp.tui.choice_screen import AROUND_LIST, DIGITS, Choice, choice_options
from queueapp.tui.dialog import Dialog
from queueapp.tui.line_input import TAB_AT_ONCE, LineInput

Value = TypeVar("Value")

NOTE = 4
"""Rows of the note and of what is said over it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Generic[Value]):
    """What was chosen, with the note; an empty note is none."""

    value: Value
    note: str


class NotedChoiceScreen(Dialog[Noted[Value]]):
    """The first of the list is taken with Enter alone; Tab goes to the note and back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(digit, f"choose({number})", show=False) for digit, number in DIGITS.items()),
        *TAB_AT_ONCE,  # a figure in the note chooses nothing
    ]

    def __init__(self, question: str, choices: Sequence[Choice[Value]]) -> None:
        super().__init__(question)
        self._choices = tuple(choices)

    def body(self) -> ComposeResult:
        """The numbered list, and a line for the note."""
        yield ChoiceList(*choice_options(self._choices, self.language), classes="dialog-list")
        yield Static(self.language.text("Note, if you like (Tab)"), classes="quiet", markup=False)
        yield LineInput(max_length=200, classes="dialog-input")
        yield self.cancel_button()

    def on_mount(self) -> None:
        """Enter alone takes the first."""
        self.query_one(OptionList).highlighted = 0

    def rows_needed(self) -> int:
        """The list and the note with what is around them."""
        return len(self._choices) + AROUND_LIST + NOTE

    def action_choose(self, number: int) -> None:
        """Take the choice with ``number``; there may be none."""
        if 1 <= number <= len(self._choices):
            note = persian_letters(self.query_one(Input).value.strip())
            self.dismiss(Noted(value=self._choices[number - 1].value, note=note))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was tapped, or where Enter was pressed."""
        self.action_choose(event.option_index + 1)

    def on_input_submitted(self) -> None:
        """Enter behind the note takes what is marked in the list."""
        self.action_choose((self.query_one(OptionList).highlighted or 0) + 1)
