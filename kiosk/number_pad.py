"""A number pad to touch, for whatever is typed at a kiosk."""

from textual.app import ComposeResult
from textual.containers import Grid
from textual.message import Message

from kiosk.card import Card, CardWords
from queueapp.language import Language

ERASE, ACCEPT = "⌫", "✓"
_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", ERASE, "0", ACCEPT)


class NumberPad(Grid):
    """Twelve keys; each posts :class:`Pressed`."""

    DEFAULT_CSS = """
    NumberPad {
        grid-size: 3 4;
        grid-gutter: 0 1;
        width: 1fr;
        max-width: 44;
        height: 1fr;
        max-height: 24;
    }
    """

    class Pressed(Message):
        """The key that says ``key`` was touched: a Latin digit, ``ERASE`` or ``ACCEPT``."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def compose(self) -> ComposeResult:
        """As on a telephone."""
        for key in _KEYS:
            yield Card(CardWords(title=key))

    def speak(self, language: Language) -> None:
        """Write the digits of ``language``."""
        for card, key in zip(self.query(Card), _KEYS, strict=True):
            card.words = CardWords(title=language.digits(key))

    def on_card_tapped(self, event: Card.Tapped) -> None:
        """Say which key it was."""
        event.stop()
        self.post_message(self.Pressed(_KEYS[list(self.query(Card)).index(event.card)]))
