"""The big place of the hall board: the newest call, or a welcome."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size

from kiosk.board_drawing import GAPS, ROWS, Drawing, arrow_lines, clock_lines, width_of
from queueapp.domain.calls import Call
from queueapp.domain.words import sentence
from queueapp.language import Direction, Language
from queueapp.tui.big_number import BigSize, big_lines
from queueapp.tui.wording import Wording

TICKET = sentence("Ticket")
COUNTER = sentence("Counter")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How ticket and counter stand: side by side or one over the other, and how tall."""

    stacked: bool
    ticket: BigSize
    counter: BigSize

    def size(self, ticket: str, counter: str, word: str) -> Size:
        """The room it needs."""
        left = width_of(big_lines(ticket, self.ticket))
        arrow = width_of(arrow_lines(self.counter, Direction.LEFT_TO_RIGHT)) + GAPS[self.counter]
        right = width_of(big_lines(counter, self.counter))
        if self.stacked:
            width = max(left, arrow + cell_len(word) + GAPS[self.counter] + right)
            return Size(width, ROWS[self.ticket] + 1 + ROWS[self.counter])
        width = left + GAPS[self.counter] + arrow + max(right, cell_len(word))
        return Size(width, 1 + ROWS[self.ticket])


ARRANGEMENTS = (
    Arrangement(stacked=False, ticket=BigSize.LARGE, counter=BigSize.LARGE),
    Arrangement(stacked=True, ticket=BigSize.LARGE, counter=BigSize.MEDIUM),
    Arrangement(stacked=False, ticket=BigSize.MEDIUM, counter=BigSize.MEDIUM),
    Arrangement(stacked=True, ticket=BigSize.MEDIUM, counter=BigSize.SMALL),
    Arrangement(stacked=False, ticket=BigSize.SMALL, counter=BigSize.SMALL),
    Arrangement(stacked=True, ticket=BigSize.SMALL, counter=BigSize.SMALL),
)
"""The most striking one first; the last always fits."""


def arrangement_for(room: Size, ticket: str, counter: str, word: str) -> Arrangement:
    """The most striking arrangement that fits into ``room``."""

    def fitting() -> Iterator[Arrangement]:
        for arrangement in ARRANGEMENTS:
            needed = arrangement.size(ticket, counter, word)
            if needed.width <= room.width and needed.height <= room.height:
                yield arrangement

    return next(fitting(), ARRANGEMENTS[-1])


class CallPanel(Container):
    """Shows one call as large as there is room, inverted while it is news."""

    DEFAULT_CSS = """
    CallPanel {
        height: auto;
        padding: 1 2;
        align: center middle;
        background: $surface;
    }
    CallPanel.-idle { height: 1fr; }
    CallPanel #welcome { width: 100%; height: auto; align: center middle; }
    CallPanel #welcome Container { width: 100%; height: auto; align: center middle; }
    CallPanel #time { width: 100%; content-align: center middle; }
    CallPanel #words {
        width: auto; height: auto; margin-top: 2; color: $big; text-style: bold;
    }
    CallPanel #call, CallPanel #called-to, CallPanel #called-ticket, CallPanel #called-counter {
        width: auto; height: auto; align: center middle;
    }
    CallPanel .caption { width: auto; height: auto; color: $quiet; text-style: bold; }

    CallPanel #call { layout: horizontal; }
    CallPanel #called-to { layout: horizontal; margin-left: 4; }
    CallPanel #arrow { margin: 1 4 0 0; }
    CallPanel #called-counter { layout: vertical; }

    CallPanel.-stacked #call { layout: vertical; width: 100%; }
    CallPanel.-stacked #called-ticket { width: 100%; }
    CallPanel.-stacked #ticket-caption { display: none; }
    CallPanel.-stacked #called-to { width: 100%; margin: 1 0 0 0; }
    CallPanel.-stacked #arrow { margin: 0 4 0 0; }
    CallPanel.-stacked #called-counter { layout: horizontal; }
    CallPanel.-stacked #counter-caption { margin-right: 4; content-align: center middle; }

    CallPanel.-news { background: $big; }
    CallPanel.-news Drawing, CallPanel.-news .caption { color: $background; }
    """

    def compose(self) -> ComposeResult:
        """The welcome, and ticket, arrow and counter."""
        with Container(id="welcome"):
            yield Drawing(id="time")
            with Container():
                yield Wording(id="words", markup=False)
        with Container(id="call"):
            with Container(id="called-ticket"):
                yield Wording(id="ticket-caption", classes="caption", markup=False)
                yield Drawing(id="ticket")
            with Container(id="called-to"):
                yield Drawing(id="arrow")
                with Container(id="called-counter"):
                    yield Wording(id="counter-caption", classes="caption", markup=False)
                    yield Drawing(id="counter")

    def show_welcome(self, words: str, time: str) -> None:
        """Nobody is called: say ``words`` (translated) under the ``time`` of day."""
        self._show(idle=True)
        self.remove_class("-news")
        self.query_one("#time", Drawing).lines = clock_lines(time, self.size.width)
        self.query_one("#words", Wording).update(words)

    def show_call(self, call: Call, language: Language, room: Size, *, news: bool) -> None:
        """Show ``call`` within ``room``."""
        ticket = language.ticket(call.ticket)
        counter = language.number(call.counter)
        word = language.text(COUNTER)
        arrangement = arrangement_for(room, ticket, counter, word)
        self.set_class(arrangement.stacked, "-stacked")
        self.set_class(news, "-news")
        self._show(idle=False)
        self.query_one("#ticket-caption", Wording).update(language.text(TICKET))
        caption = self.query_one("#counter-caption", Wording)
        caption.styles.height = ROWS[arrangement.counter] if arrangement.stacked else 1
        caption.update(word)
        self.query_one("#ticket", Drawing).lines = big_lines(ticket, arrangement.ticket)
        self.query_one("#arrow", Drawing).lines = arrow_lines(
            arrangement.counter, language.direction
        )
        self.query_one("#counter", Drawing).lines = big_lines(counter, arrangement.counter)

    def _show(self, *, idle: bool) -> None:
        self.set_class(idle, "-idle")
        self.query_one("#welcome").display = idle
        self.query_one("#call").display = not idle
