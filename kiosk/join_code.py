"""The code with which somebody who is here takes a number on their own phone."""

from textual.app import ComposeResult
from textual.containers import Center, Vertical

from kiosk.heading import Words
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.tui.qr_code import QRCode

WITH_PHONE = sentence("Or take your number on your phone")
ROOM_BESIDE = 80
"""Columns that the services keep."""
ROOM_AROUND = 16
"""Rows of the head, the other ways and the words."""


class JoinCode(Vertical):
    """A code beside the services, where there is room for both; drawn anew when it changes."""

    DEFAULT_CSS = """
    JoinCode { width: auto; height: 100%; align: center middle; margin: 0 0 0 2; display: none; }
    JoinCode Center { height: auto; width: auto; }
    JoinCode Words { color: $quiet; text-align: center; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._address = ""
        self._code: QRCode | None = None

    def compose(self) -> ComposeResult:
        """The words over the code, which comes with its first address."""
        yield Words()

    def offer(self, address: str, language: Language) -> None:
        """Show the code for ``address``; nothing for an empty one, or where it is too narrow."""
        if address and address != self._address:
            self._address = address
            self.query(Center).remove()
            self._code = QRCode(address)
            self.mount(Center(self._code))
        cells = self._code.cells if address and self._code is not None else None
        room = self.screen.size
        self.display = (
            cells is not None
            and room.width >= cells.width + ROOM_BESIDE
            and room.height >= cells.height + ROOM_AROUND
        )
        if cells is not None:
            words = self.query_one(Words)
            words.styles.width = cells.width
            words.say(language.text(WITH_PHONE))
