"""What every key of a screen does."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from queueapp.domain.words import sentence
from queueapp.tui.dialog import Dialog
from queueapp.tui.keys import Key

TITLE = sentence("What the keys do")
CLOSE = sentence("Close")


class HelpScreen(Dialog[None]):
    """One line for each key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,question_mark,؟", "call_off", show=False)
    ]

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__("")
        self._keys = tuple(keys)

    def compose(self) -> ComposeResult:
        """Take the title in the language that the dialog was given."""
        self._question = self.language.text(TITLE)
        yield from super().compose()

    def body(self) -> ComposeResult:
        """The keys and their sentences."""
        with VerticalScroll(classes="help-keys"):
            for key in self._keys:
                with Horizontal(classes="help-row"):
                    yield Static(key.cap(self.language), classes="help-key", markup=False)
                    yield Static(
                        self.language.text(key.help), classes="help-sentence", markup=False
                    )
        yield Button(
            self.language.text(CLOSE), id="close", classes="dialog-button", action="screen.call_off"
        )
