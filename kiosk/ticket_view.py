"""A ticket as its owner sees it: number, service, standing, and the code to take along."""

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from kiosk.heading import Words
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import ServiceCode, TicketId, sentence
from queueapp.language import Language
from queueapp.language.standing import Standing, standing
from queueapp.tui.big_number import BigNumber, BigSize, big_lines
from queueapp.tui.qr_code import QRCode

YOUR_NUMBER = sentence("Your number")
SCAN = sentence("Take it along on your phone")
NOTE_NUMBER = sentence("Note your number with your phone")
NO_PAPER = sentence("No paper just now: scan the code and take it along on your phone")
NO_PAPER_NOTE_NUMBER = sentence("No paper just now: note your number with your phone")
MARGIN = 1
"""Columns that the number keeps from the edge of the screen; the code has blank ones of its own."""
ROOM_ABOVE = 19
"""Rows that they need above it."""

ROWS_BELOW = 2
"""Of the words below the code, at most."""
ROWS_OF_WORDS = 10
"""What is said around the number, at most: a number is only as large as leaves room for it."""
SMALLEST_NUMBER = 5
"""Rows."""


class TicketView(Container):
    """Draws one ticket; ``show_ticket`` as often as the branch moves.

    ``label`` is the number as its owner reads it, ``code`` what the QR code carries.
    """

    DEFAULT_CSS = """
    TicketView { layout: horizontal; height: 1fr; align: center middle; }
    TicketView.-tall { layout: vertical; }
    TicketView #told { width: 1fr; height: 100%; padding: 0 0 0 1; align: center middle; }
    TicketView #told Words { padding: 0 1 0 0; }
    TicketView.-apart #told { padding: 0 1; }
    TicketView.-tall #told { width: 100%; height: auto; padding: 0 1; }
    TicketView.-alone #told { padding: 0 1; }
    TicketView #code { width: auto; height: 100%; align: center middle; }
    TicketView.-wide #code { padding: 0 4 0 0; }
    TicketView.-wide { padding: 0 4; }
    TicketView.-tall #code { width: 100%; height: auto; padding: 1 0 0 0; }
    TicketView.-alone #code { display: none; }
    TicketView #code-words { color: $quiet; }
    TicketView.-short #code-words { display: none; }
    TicketView #your-number { color: $quiet; }
    TicketView BigNumber { margin: 1 0; }
    TicketView.-short BigNumber { margin: 0 0 1 0; }
    TicketView #service { text-style: bold; }
    TicketView #headline { margin-top: 1; text-style: bold; color: $accent; }
    TicketView #wait { text-style: bold; }
    TicketView #clock { color: $quiet; }
    TicketView #advice { margin-top: 1; color: $quiet; }
    """

    def __init__(self, label: str, service: ServiceCode, code: str) -> None:
        super().__init__()
        self._label = label
        self._service = service
        self._code = QRCode(code) if code else None

    def compose(self) -> ComposeResult:
        """Words on one side, the code on the other."""
        with Vertical(id="told"):
            yield Words(id="your-number")
            yield BigNumber(self._label, id="number")
            yield Words(id="service")
            yield Words(id="headline")
            yield Words(id="wait")
            yield Words(id="clock")
            yield Words(id="advice")
        if self._code is not None:
            with Vertical(id="code"):
                yield self._code
                words = Words(id="code-words")
                words.styles.width = self._code.cells.width - 2 * MARGIN
                yield words

    def on_resize(self) -> None:
        """Beside each other, above each other, or the words alone."""
        code = self._code.cells if self._code is not None else self.size
        width, height = self.size
        number = len(big_lines(self._label, BigSize.SMALL)[0]) + MARGIN
        beside = width >= code.width + number and height >= code.height
        above = height >= code.height + ROWS_BELOW + ROOM_ABOVE and width >= code.width
        room = max(SMALLEST_NUMBER, height - ROWS_OF_WORDS)
        self.query_one("#number", BigNumber).styles.max_height = room
        self.set_class(width >= code.width + number + MARGIN, "-apart")
        self.set_class(not beside and above, "-tall")
        self.set_class(self._code is None or not (beside or above), "-alone")
        self.set_class(height < code.height + ROWS_BELOW, "-short")
        self.set_class(width >= code.width + 2 * number, "-wide")

    def show_ticket(
        self, live: LiveBranch, ticket: TicketId | None, now: datetime, language: Language
    ) -> None:
        """Draw the ticket as it is now; it may not have reached this terminal yet."""
        known = live.tickets.get(ticket) if ticket is not None else None
        told = _told(live, known, now, language)
        service = known.leg.service if known is not None else self._service
        self._say("your-number", language.text(YOUR_NUMBER))
        self._say("service", language.name(live.branch.service(service).name))
        self._say("headline", told.headline)
        self._say("wait", told.wait)
        self._say("clock", told.clock)
        self._say("advice", told.advice)
        if self._code is not None:
            self._say("code-words", language.text(SCAN if live.branch.public_url else NOTE_NUMBER))

    def say_no_paper(self, language: Language, *, has_page: bool) -> None:
        """The printer prints nothing just now: the code and the number are all there is."""
        words = language.text(NO_PAPER if has_page else NO_PAPER_NOTE_NUMBER)
        is_room_below_code = not (self.has_class("-alone") or self.has_class("-short"))
        self._say("code-words" if self._code and is_room_below_code else "advice", words)

    def _say(self, place: str, words: str) -> None:
        self.query_one(f"#{place}", Words).say(words)


def _told(live: LiveBranch, ticket: Ticket | None, now: datetime, language: Language) -> Standing:
    return Standing(headline="") if ticket is None else standing(live, ticket, now, language)
