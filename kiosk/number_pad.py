"""A number pad to touch, for whatever is typed at a kiosk."""

from textual.app import ComposeResult
from textual.containers import Grid
from textual.message import Message

from kiosk.card import Card, CardWords
from queueapp.language import Direction, Language

ERASE, ACCEPT = "⌫", "✓"
_ROWS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), (ERASE, "0", ACCEPT))


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

    def __init__(self) -> None:
        super().__init__()
        self._keys = _keys(Direction.LEFT_TO_RIGHT)

    def compose(self) -> ComposeResult:
        """As on a telephone."""
        for key in self._keys:
            yield Card(CardWords(title=key))

    def speak(self, language: Language) -> None:
        """Write the digits of ``language``."""
        self._keys = _keys(language.direction)
        for card, key in zip(self.query(Card), self._keys, strict=True):
            card.words = CardWords(title=language.digits(key))

    def on_card_tapped(self, event: Card.Tapped) -> None:
        """Say which key it was."""
        event.stop()
        self.post_message(self.Pressed(self._keys[list(self.query(Card)).index(event.card)]))


def _keys(direction: Direction) -> tuple[str, ...]:
    """The keys row by row, from where reading begins.

    The first is always at the left: telephones are not mirrored, and fingers know them by heart.
    """
    step = 1 if direction is Direction.LEFT_TO_RIGHT else -1
    return tuple(key for row in _ROWS for key in row[::step])
