"""What every key of a screen does."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Button

from queueapp.domain.words import sentence
from queueapp.tui.dialog import Dialog
from queueapp.tui.keys import Key

TITLE = sentence("What the keys do")
CLOSE = sentence("Close")
CAP = 10
"""Columns of the key."""
MOST_LINES = 16
"""As many as are in view with all blank lines."""
LINES_OF_KEY = 2
AROUND_LINES = 10
"""Rows of the frame, the title, the button and the blank lines between them."""


class HelpScreen(Dialog[None]):
    """One sentence for each key."""

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

    def rows_needed(self) -> int:
        """As if each sentence took two lines; a few keys need less than there is."""
        return min(MOST_LINES, LINES_OF_KEY * len(self._keys)) + AROUND_LINES

    def body(self) -> ComposeResult:
        """The keys and their sentences."""
        language = self.language
        with VerticalScroll(classes="help-keys"):
            yield HelpLines([(key.cap(language), language.text(key.help)) for key in self._keys])
        yield Button(
            language.text(CLOSE), id="close", classes="dialog-button", action="screen.call_off"
        )


class HelpLines(Widget):
    """Keys, each with a sentence beside it: one widget, for it opens faster than sixty."""

    DEFAULT_CSS = """
    HelpLines { width: 100%; height: auto; text-wrap: nowrap; }
    """

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._told = tuple(lines)
        self._wrapped: tuple[int, list[Content]] = (0, [])
        """For a number of columns; the wrapping of Persian takes long."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as every widget
        """As many lines as the sentences take in ``width``."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The keys in one column, the sentences wrapped in the other."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if self._wrapped[0] != width:
            self._wrapped = width, self._wrap(width)
        return self._wrapped[1]

    def _wrap(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for cap, told in self._told:
            key = Content.styled(cap, "bold $accent").truncate(CAP, pad=True)
            for sentence_line in Content(told).wrap(max(1, width - CAP)):
                lines.append(key + sentence_line)
                key = Content(" " * CAP)
        return lines
