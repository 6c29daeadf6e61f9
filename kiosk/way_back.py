"""The foot of every kiosk screen but the first: back to the start, by hand or by waiting."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from kiosk.card import Card, CardWords
from queueapp.domain.words import sentence
from queueapp.language import Language

BACK = sentence("Back to start")
SAID_FROM = 10
"""Seconds before the end; earlier, a countdown would only hurry people."""


class Countdown(Widget):
    """A line that becomes shorter, and above it the seconds in words."""

    DEFAULT_CSS = """
    Countdown { width: 1fr; height: 2; text-align: center; }
    """

    words: reactive[str] = reactive("")
    share: reactive[float] = reactive(1.0)

    def render(self) -> Content:
        """The words over the line; nothing while there is time."""
        if not self.words:
            return Content("")
        width = self.content_size.width
        full = round(width * self.share)
        line = Content.assemble(("━" * full, "$primary"), ("━" * (width - full), "$line"))
        return Content("\n").join([Content.styled(self.words, "$quiet"), line])


class WayBack(Horizontal):
    """A card that leads back, and the countdown beside it."""

    DEFAULT_CSS = """
    WayBack { dock: bottom; width: 100%; height: 5; padding: 0 2; align: left middle; }
    WayBack Card { width: 22; }
    WayBack Countdown { margin: 0 2; }
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def compose(self) -> ComposeResult:
        """Card and countdown."""
        yield Card(id="back")
        yield Countdown()

    def count_down(
        self, seconds: int, patience: float, language: Language, *, said_from: float = SAID_FROM
    ) -> None:
        """Say when the screen goes back by itself, once that is in ``said_from`` seconds."""
        self.query_one(Card).words = CardWords(
            title=language.text(BACK), key=language.digits(language.text(self._key))
        )
        countdown = self.query_one(Countdown)
        soon = seconds <= said_from
        countdown.words = (
            language.plural(
                "Back to start in {count} second", "Back to start in {count} seconds", seconds
            )
            if soon
            else ""
        )
        countdown.share = min(1, seconds / min(said_from, patience))
