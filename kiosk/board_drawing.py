"""Numbers and arrows in half blocks, drawn to be read from across the hall."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from queueapp.language import Direction
from queueapp.tui.big_number import BigSize, big_lines
from queueapp.tui.mirror import HoldsPicture

Lines = tuple[str, ...]

ROWS = {BigSize.SMALL: 5, BigSize.MEDIUM: 8, BigSize.LARGE: 12}
GAPS = {BigSize.SMALL: 3, BigSize.MEDIUM: 4, BigSize.LARGE: 4}
"""Columns on each side of an arrow."""


class Drawing(HoldsPicture, Widget):
    """As large as its lines; wider, it places them as ``content-align`` says."""

    DEFAULT_CSS = """
    Drawing { width: auto; height: auto; color: $big; }
    """

    lines: reactive[Lines] = reactive((), layout=True)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._looks = Style.null()
        self._before = 0

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - as every widget
        """As wide as the longest line."""
        return width_of(self.lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as every widget
        """A row for each line."""
        return len(self.lines)

    def picture_columns(self, y: int) -> tuple[int, int]:  # noqa: ARG002 - every row is as wide
        """The lines, wherever ``content-align`` puts them."""
        before = self._blank_before()
        return before, before + width_of(self.lines)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of ``crop``; what they look like is found out once for all of them."""
        self._looks = self.rich_style
        self._before = self._blank_before()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.size.width
        line = self.lines[y] if y < len(self.lines) else ""
        placed = " " * self._before + line
        return Strip([Segment(placed.ljust(width)[:width], self._looks)], width)

    def _blank_before(self) -> int:
        spare = self.size.width - width_of(self.lines)
        before = {"left": 0, "center": spare // 2, "right": spare}
        return max(0, before[self.styles.content_align_horizontal])


@lru_cache(256)
def width_of(lines: Lines) -> int:
    """The columns of the longest line."""
    return max((len(line) for line in lines), default=0)


def beside(drawings: Iterable[Lines], gap: int) -> Lines:
    """Drawings of one height next to each other."""
    return tuple((" " * gap).join(rows) for rows in zip(*drawings, strict=True))


def call_lines(ticket: str, counter: str, size: BigSize, direction: Direction) -> Lines:
    """``ticket`` → ``counter`` in one row of letters, as ``direction`` reads it."""
    arrow = arrow_lines(size, direction)
    drawings = (big_lines(ticket, size), arrow, big_lines(counter, size))
    return beside(in_order(drawings, direction), GAPS[size])


def in_order(drawings: Sequence[Lines], direction: Direction) -> Sequence[Lines]:
    """``drawings``, the first to be read first, from left to right."""
    return drawings if direction is Direction.LEFT_TO_RIGHT else drawings[::-1]


def clock_lines(time: str, width: int) -> Lines:
    """A time of day such as ``10:42`` in the tallest letters that fit into ``width``."""
    hours, _, minutes = time.partition(":")
    drawings = [
        beside((big_lines(hours, size), _colon(ROWS[size]), big_lines(minutes, size)), GAPS[size])
        for size in (BigSize.LARGE, BigSize.MEDIUM, BigSize.SMALL)
    ]
    return next((lines for lines in drawings if width_of(lines) <= width), drawings[-1])


def _colon(rows: int) -> Lines:
    edge, thick = rows // 4, max(1, rows // 6)
    dots = {*range(edge, edge + thick), *range(rows - edge - thick, rows - edge)}
    dot = "█" * (2 * thick)
    return tuple(dot if row in dots else " " * len(dot) for row in range(rows))


@cache
def arrow_lines(size: BigSize, direction: Direction) -> Lines:
    """An arrow onwards, as tall as the letters of ``size``."""
    rows = ROWS[size]
    step = 1 if direction is Direction.LEFT_TO_RIGHT else -1
    return tuple(_row_of_arrow(row, rows)[::step] for row in range(rows))


def _row_of_arrow(row: int, rows: int) -> str:
    upper, lower = 2 * row, 2 * row + 1
    blocks = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
    width = round(1.7 * rows)
    return "".join(
        blocks[_in_arrow(from_tip, upper, rows), _in_arrow(from_tip, lower, rows)]
        for from_tip in reversed(range(width))
    )


def _in_arrow(from_tip: int, y: int, rows: int) -> bool:
    """Whether the half block belongs to the arrow; half blocks are square."""
    from_axis = abs(y - (2 * rows - 1) / 2)
    head = 0.7 * rows
    return from_axis <= (from_tip + 0.5 if from_tip < head else rows / 5)
