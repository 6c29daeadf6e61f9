"""The base of everything that opens over a screen, asks one thing and closes."""

from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Button, Static

from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.tui.mirror import MirrorScreen

Answer = TypeVar("Answer")

CANCEL = sentence("Cancel")

LOW = 24
"""Rows; below, a dialog does without blank lines and shows less of its list."""
NARROW = 92
"""Columns; below, a line of the longest question would be wider than the frame."""
MOST_OF_SCREEN = 0.9
"""The share of the rows that a dialog with blank lines takes at most."""
SHARES = {".dialog-list": 0.45, ".help-keys": 0.75}
"""Of the rows of a low screen, that what may be long takes at most."""
LARGER = 6
"""Rows that frame, line and button take more with large text."""


class Dialog(MirrorScreen[Answer | None], ModalScreen[Answer | None]):
    """A question over a screen; open it with :meth:`RoleScreen.ask`, which gives it a language.

    The answer is ``None`` when it was called off: with Esc, with its button, by a tap beside it,
    or because nobody touched it for ``patience`` seconds.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "call_off", show=False)]

    language: Language

    def __init__(self, question: str, *, patience: float | None = None) -> None:
        super().__init__()
        self._question = question
        self._patience = patience
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """A frame with the question and what :meth:`body` yields."""
        self._take_size()
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="dialog-question", markup=False)
            yield from self.body()

    def body(self) -> ComposeResult:
        """Yield what the answer is given with."""
        yield from ()

    def rows_needed(self) -> int:
        """Rows with all blank lines, frame included; where there are fewer, it does without."""
        return 0

    def cancel_button(self) -> Button:
        """The button that calls the question off."""
        return Button(
            self.language.text(CANCEL),
            id="cancel",
            classes="dialog-button",
            action="screen.call_off",
        )

    def on_mount(self) -> None:
        """Take the direction of the language and begin to wait."""
        self.face(self.language.direction)
        self._take_size()
        self._wait_anew()

    def on_resize(self) -> None:
        """Use what room there is now."""
        self._take_size()

    def _take_size(self) -> None:
        columns, rows = self.app.size
        needed = self.rows_needed() + (LARGER if self.app.has_class("-large-text") else 0)
        is_low = rows < LOW or rows * MOST_OF_SCREEN < needed
        self.update_classes({"-low": is_low, "-narrow": columns < NARROW}, animate=False)
        # In rows: Textual makes a frame as high as its contents before it cuts them to a share.
        for selector, share in SHARES.items():
            for part in self.query(selector):
                if is_low or part.styles.inline.has_rule("max_height"):
                    part.styles.max_height = int(rows * share) if is_low else None

    def on_key(self) -> None:
        """Somebody is there."""
        self._wait_anew()

    def on_click(self, event: events.Click) -> None:
        """A tap beside the dialog calls it off."""
        self._wait_anew()
        if event.widget is self:
            self.action_call_off()

    def action_call_off(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def _wait_anew(self) -> None:
        if self._patience is None:
            return
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(self._patience, self.action_call_off)
