"""Choose one of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from queueapp.language import Language
from queueapp.tui.choice_list import ChoiceList
from queueapp.tui.dialog import Dialog

Value = TypeVar("Value")

KEYS = "123456789"
DIGITS = {
    **{digit: int(digit) for digit in KEYS},
    **{digit: number for number, digit in enumerate("۱۲۳۴۵۶۷۸۹", 1)},
    **{digit: number for number, digit in enumerate("١٢٣٤٥٦٧٨٩", 1)},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Generic[Value]):
    """One line of the list: what it gives and what it says."""

    value: Value
    label: str
    detail: str = ""
    """A few quiet words behind the label."""


AROUND_LIST = 10
"""Rows of the frame, the question, the button and the blank lines between them."""


class ChoiceScreen(Dialog[Value]):
    """A list to choose from: by its number, with the arrows and Enter, or by a tap."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(digit, f"choose({number})", show=False) for digit, number in DIGITS.items()
    ]

    def __init__(
        self, question: str, choices: Sequence[Choice[Value]], *, patience: float | None = None
    ) -> None:
        super().__init__(question, patience=patience)
        self._choices = tuple(choices)

    def body(self) -> ComposeResult:
        """The numbered list."""
        yield ChoiceList(*choice_options(self._choices, self.language), classes="dialog-list")
        yield self.cancel_button()

    def rows_needed(self) -> int:
        """The list with what is around it."""
        return len(self._choices) + AROUND_LIST

    def action_choose(self, number: int) -> None:
        """Take the choice with ``number``; there may be none."""
        if 1 <= number <= len(self._choices):
            self.dismiss(self._choices[number - 1].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was tapped, or where Enter was pressed."""
        self.action_choose(event.option_index + 1)


def choice_options(choices: Sequence[Choice[Value]], language: Language) -> list[Option]:
    """``choices`` as lines of a list, the first nine with the digit that takes them."""
    return [Option(_line(number, choice, language)) for number, choice in enumerate(choices, 1)]


def _line(number: int, choice: Choice[Value], language: Language) -> Content:
    cap = language.digits(str(number)) if number <= len(KEYS) else " "
    return Content.assemble(
        (f" {cap} ", "bold $accent"),
        f" {choice.label}",
        (f"  {choice.detail}" if choice.detail else "", "$quiet"),
    )
