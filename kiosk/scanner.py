"""A code reader: to the program it is a keyboard that types a code's text, and Enter."""

from textual import events

from queueapp.tui.keys import as_on_latin_keyboard


class Scanner:
    """Tells what a reader types from what fingers do, key by key.

    A code begins with a letter, which nobody has to type at a kiosk; everything up to Enter
    belongs to it, the figures too.
    """

    def __init__(self) -> None:
        self._read = ""
        self._grew = False

    @property
    def is_reading(self) -> bool:
        """Whether a code has begun and not ended."""
        return bool(self._read)

    def takes(self, event: events.Key) -> bool:
        """Whether the key belongs to a code; then nobody else may take it for a touch."""
        if event.key == "enter":
            return self.is_reading
        letter = event.character
        if letter is None or not letter.isprintable():
            return False
        if not self.is_reading and not letter.isalpha():
            return False
        self._read += letter
        self._grew = True
        return True

    def finished(self, event: events.Key) -> str:
        """The whole code once it has ended, whatever the keyboard was switched to; else empty."""
        if event.key != "enter":
            return ""
        read, self._read = self._read, ""
        return as_on_latin_keyboard(read)

    def tick(self) -> None:
        """A second has passed: a reader types faster than that, so it was none."""
        if not self._grew:
            self._read = ""
        self._grew = False
