"""Who is called where: every counter with a customer in hand, the latest call first."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size

from kiosk.board_drawing import Drawing, Lines, beside, call_lines, in_order, width_of
from queueapp.domain.calls import Call
from queueapp.domain.words import sentence
from queueapp.language import Direction, Language
from queueapp.language.isolates import isolated
from queueapp.tui.big_number import BigSize
from queueapp.tui.wording import Wording

TITLE = sentence("Called now")
BETWEEN_COLUMNS = 5
NO_BREAK = "\u00a0"

Place = tuple[str, str]
"""A ticket and its counter, as they are written."""


class CallList(Vertical):
    """As large as it can be with everybody in it; in plain letters where only those fit."""

    DEFAULT_CSS = """
    CallList .title { color: $quiet; }
    CallList #written { height: 1fr; color: $big; text-style: bold; text-wrap: nowrap; }
    CallList #written.-apart { margin-top: 1; }
    CallList #drawn { width: 100%; margin-top: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._places: tuple[Place, ...] = ()
        self._direction = Direction.LEFT_TO_RIGHT

    def compose(self) -> ComposeResult:
        """A title and the calls, drawn or written."""
        yield Wording(classes="title", markup=False)
        yield Drawing(id="drawn")
        yield Wording(id="written", markup=False)

    def show_calls(self, calls: Sequence[Call], language: Language) -> None:
        """Show ``calls``, the latest first."""
        self._places = tuple(
            (language.ticket(call.ticket), language.number(call.counter)) for call in calls
        )
        self._direction = language.direction
        self.query_one(".title", Wording).update(language.text(TITLE))
        self._arrange()

    def on_resize(self) -> None:
        """Use the room there is now."""
        self._arrange()

    def _arrange(self) -> None:
        room = Size(self.size.width, self.size.height - 1)
        drawing, writing = arranged(self._places, room, self._direction)
        drawn, written = self.query_one("#drawn", Drawing), self.query_one("#written", Wording)
        drawn.lines = drawing
        drawn.display = bool(drawing)
        written.update(writing)
        written.set_class(bool(drawing) or "\n\n" in writing, "-apart")


def arranged(places: Sequence[Place], room: Size, direction: Direction) -> tuple[Lines, str]:
    """The calls to draw, and the further ones to write, within ``room``.

    Everybody in medium letters, or else everybody in small ones, or as many as leave enough room
    to write all the others below them.
    """
    for size in (BigSize.MEDIUM, BigSize.SMALL):
        drawing = drawn_list(places, size, room.width, direction)
        if drawing and len(drawing) + 1 <= room.height:
            return drawing, ""
    for count in range(len(places) - 1, 0, -1):
        drawing = drawn_list(places[:count], BigSize.SMALL, room.width, direction)
        below = Size(room.width, room.height - len(drawing) - 2)
        if drawing and below.height > 0 and _capacity(places, below) >= len(places) - count:
            return drawing, written_list(places[count:], below, direction)
    return (), written_list(places, room, direction)


def drawn_list(places: Sequence[Place], size: BigSize, width: int, direction: Direction) -> Lines:
    """All ``places`` in letters of ``size``; nothing when not one fits into ``width``."""
    calls = [call_lines(ticket, counter, size, direction) for ticket, counter in places]
    columns = _columns(max(map(width_of, calls), default=1), width)
    return _grid(calls, -(-len(calls) // columns), direction) if columns else ()


def written_list(places: Sequence[Place], room: Size, direction: Direction) -> str:
    """The latest ``places`` that fit into ``room``, in columns of plain letters."""
    written = _written(places, direction)
    width = max(map(cell_len, written), default=1)
    shown = written[: _capacity(places, room)]
    apart = 2 * len(shown) <= room.height
    columns = [shown[at : at + room.height] for at in range(0, len(shown), max(1, room.height))]
    rows = zip_longest(*columns, fillvalue="")
    gap = NO_BREAK * BETWEEN_COLUMNS
    return ("\n\n" if apart else "\n").join(
        gap.join(_padded(call, width) for call in row) for row in rows
    )


def _written(places: Sequence[Place], direction: Direction) -> list[str]:
    if direction is Direction.LEFT_TO_RIGHT:
        return [f"{ticket} → {counter}" for ticket, counter in places]
    return [f"{isolated(ticket, direction)} ← {counter}" for ticket, counter in places]


def _capacity(places: Sequence[Place], room: Size) -> int:
    """How many of ``places`` can be written into ``room``."""
    width = max(map(cell_len, _written(places, Direction.LEFT_TO_RIGHT)), default=1)
    return max(1, _columns(width, room.width)) * max(0, room.height)


def _columns(width: int, room: int) -> int:
    return (room + BETWEEN_COLUMNS) // (width + BETWEEN_COLUMNS)


def _grid(calls: Sequence[Lines], rows: int, direction: Direction) -> Lines:
    """Down the first column, then down the next, with an empty line between two calls."""
    width = max(map(width_of, calls), default=0)
    aligned = [tuple(_placed(line, width, direction) for line in call) for call in calls]
    blank = tuple(" " * width for _ in aligned[0]) if aligned else ()
    lines: list[str] = []
    for row in range(rows):
        across = aligned[row::rows]
        missing = [blank] * (-(-len(calls) // rows) - len(across))
        lines.extend([""] if row else [])
        lines.extend(beside(in_order([*across, *missing], direction), BETWEEN_COLUMNS))
    return tuple(lines)


def _placed(line: str, width: int, direction: Direction) -> str:
    return line.ljust(width) if direction is Direction.LEFT_TO_RIGHT else line.rjust(width)


def _padded(text: str, width: int) -> str:
    # Plain spaces would be dropped at the end of a line, and a column would slip to the right edge.
    return text + NO_BREAK * (width - cell_len(text))
