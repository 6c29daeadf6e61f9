"""The base of the screens that ask for a number."""

from typing import TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.geometry import Size
from textual.reactive import reactive

from kiosk.card import Card
from kiosk.heading import Heading, Words
from kiosk.kiosk_screen import KioskScreen
from kiosk.number_pad import ACCEPT, ERASE, NumberPad
from kiosk.way_back import WayBack
from queueapp.domain.live import LiveBranch
from queueapp.tui.big_number import BigNumber, BigSize

Result = TypeVar("Result")

CELL_HEIGHT = 1.6
"""Of a cell's widths; a little less than usual, so that a square screen stands upright."""
_KEYS = {"backspace": ERASE, "delete": ERASE, "enter": ACCEPT}


class PadScreen(KioskScreen[Result]):
    """Asks ``question``; what was typed is shown large, keys and taps do the same.

    A subclass says what may be typed (:meth:`may_type`), how it looks (:meth:`written`) and what
    comes of it (:meth:`accept`).
    """

    question = ""
    """A message."""
    hint = ""
    """A message; what to type, in a few quiet words."""
    DEFAULT_CSS = """
    PadScreen #asked { layout: horizontal; height: 1fr; padding: 0 2; align: center middle; }
    PadScreen #question-side { width: 1fr; height: auto; padding-right: 2; }
    PadScreen #hint { color: $quiet; padding: 0 2; }
    PadScreen #complaint { padding: 1 2 0 2; text-style: bold; }
    PadScreen BigNumber { height: 8; margin: 1 0; }
    PadScreen.-tall #asked { layout: vertical; }
    PadScreen.-tall #question-side { width: 100%; padding-right: 0; }
    PadScreen.-low WayBack { height: 4; }
    """

    entry: reactive[str] = reactive("", init=False, repaint=False)
    complaint: reactive[str] = reactive("", init=False, repaint=False)

    def may_type(self, character: str) -> bool:
        """Whether ``character`` may come next after :attr:`entry`."""
        return character.isdecimal()

    def written(self) -> str:
        """The entry as it is shown."""
        return self.language.digits(self.entry) or "–"

    def may_repeat(self) -> bool:
        """Figures do; the key that led here and is still down types none."""
        return bool(self.entry)

    def accept(self) -> None:
        """The entry is complete: dismiss, or complain."""

    def body(self) -> ComposeResult:
        """Question and entry on one side, the pad on the other."""
        with Container(id="asked"):
            with Vertical(id="question-side"):
                yield Heading(self.language.text(self.question))
                yield Words(self.language.text(self.hint), id="hint")
                yield BigNumber(size=BigSize.MEDIUM)
                yield Words(id="complaint")
            yield NumberPad()
        yield WayBack("Esc")

    def on_mount(self) -> None:
        """The touch that led here types nothing."""
        self.settle()

    def classes_for(self, size: Size) -> dict[str, bool]:
        """The pad stands below the question where the screen stands upright."""
        return super().classes_for(size) | {"-tall": size.width < size.height * CELL_HEIGHT}

    def show(self, live: LiveBranch) -> None:  # noqa: ARG002 - it asks, it does not tell
        """Draw the entry."""
        self.query_one(NumberPad).speak(self.language)
        self.query_one(BigNumber).text = self.written()
        self.query_one("#complaint", Words).say(self.complaint)
        self.query_one(WayBack).count_down(self.seconds_left, self.patience, self.language)

    def watch_entry(self) -> None:
        """What was wrong may be right now."""
        self.complaint = ""
        self.catch_up()

    def watch_complaint(self) -> None:
        """Say it."""
        self.catch_up()

    def typed(self, event: events.Key) -> None:
        """A key does what its card does."""
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in _KEYS:
            self.press(_KEYS[event.key])
        elif event.character is not None:
            self.press(event.character)

    def on_number_pad_pressed(self, event: NumberPad.Pressed) -> None:
        """A card was touched."""
        if self.settled:
            self.press(event.key)

    def press(self, key: str) -> None:
        """Add to the entry, shorten it, or take it."""
        if key == ERASE:
            self.entry = self.entry[:-1]
        elif key == ACCEPT:
            if self.entry:
                self.accept()
        elif self.may_type(key):
            self.entry += key

    @on(Card.Tapped, "#back")
    def back_tapped(self) -> None:
        """Go back without an answer."""
        if self.settled:
            self.dismiss(None)
