"""Choose one of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

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
        yield OptionList(
            *(Option(self._line(number, choice)) for number, choice in enumerate(self._choices, 1)),
            classes="dialog-list",
        )
        yield self.cancel_button()

    def _line(self, number: int, choice: Choice[Value]) -> Content:
        cap = self.language.digits(str(number)) if number <= len(KEYS) else " "
        return Content.assemble(
            (f" {cap} ", "bold $accent"),
            f" {choice.label}",
            (f"  {choice.detail}" if choice.detail else "", "$quiet"),
        )

    def action_choose(self, number: int) -> None:
        """Take the choice with ``number``; there may be none."""
        if 1 <= number <= len(self._choices):
            self.dismiss(self._choices[number - 1].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was tapped, or where Enter was pressed."""
        self.action_choose(event.option_index + 1)
