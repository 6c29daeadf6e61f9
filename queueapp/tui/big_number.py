"""A ticket's number in letters that are read from across the hall.

The drawings are bitmaps after DejaVu Sans Bold (Latin) and Vazirmatn (Persian): all small Persian
letters and many a dot were set by hand, so that strokes are about as strong and no two signs are
mixed up from afar. They are read when the first number is drawn; no font is needed at
run time. Large figures of a ticket such as ``A042`` take about 95 columns, medium ones 65, small
ones 45.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from queueapp.tui.mirror import HoldsPicture

GLYPHS = Path(__file__).with_name("glyphs")
UNKNOWN = "–"
"""Drawn for a character that has no glyph."""


class BigSize(StrEnum):
    """How tall the letters are; each has a drawing of its own."""

    SMALL = "small"
    """5 rows."""
    MEDIUM = "medium"
    """8 rows."""
    LARGE = "large"
    """12 rows: read at 5 m and more."""


_SMALLER = {
    BigSize.LARGE: (BigSize.LARGE, BigSize.MEDIUM, BigSize.SMALL),
    BigSize.MEDIUM: (BigSize.MEDIUM, BigSize.SMALL),
    BigSize.SMALL: (BigSize.SMALL,),
}

Glyph = tuple[str, ...]


class BigNumber(HoldsPicture, Widget):
    """Draws ``text`` in half blocks: digits and capitals, Latin and Persian.

    It never wraps: where ``size`` is too wide or too tall it takes a smaller one, and plain text
    where even the smallest is.
    """

    DEFAULT_CSS = """
    BigNumber { width: 1fr; height: auto; color: $big; content-align: center middle; }
    """

    text: reactive[str] = reactive("", layout=True)

    def __init__(
        self,
        text: str = "",
        *,
        size: BigSize = BigSize.LARGE,
        id: str | None = None,  # noqa: A002 - as every widget
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._largest = size
        self._looks = Style.null()
        self.set_reactive(BigNumber.text, text)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - as every widget
        """The widest drawing that fits into ``container``."""
        return len(self._drawing(container.width, container.height)[0])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as every widget
        """As tall as the drawing that fits into ``width``."""
        return len(self._drawing(width, container.height))

    def picture_columns(self, y: int) -> tuple[int, int]:  # noqa: ARG002 - every row is as wide
        """The letters, wherever ``content-align`` puts them."""
        width, height = self.size
        drawn = len(self._drawing(width, height)[0])
        before = _before(self.styles.content_align_horizontal, width - drawn)
        return before, before + drawn

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of ``crop``; what they look like is found out once for all of them."""
        self._looks = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row, placed as ``content-align`` says."""
        width, height = self.size
        drawing = self._drawing(width, height)
        row = y - _before(self.styles.content_align_vertical, height - len(drawing))
        if not 0 <= row < len(drawing):
            return Strip.blank(width, self._looks)
        line = drawing[row]
        before = _before(self.styles.content_align_horizontal, width - len(line))
        placed = f"{' ' * before}{line}".ljust(width)[:width]
        return Strip([Segment(placed, self._looks)], width)

    def _drawing(self, width: int, height: int) -> Glyph:
        largest = BigSize.LARGE if self.app.has_class("-large-text") else self._largest
        for size in _SMALLER[largest]:
            drawing = big_lines(self.text, size)
            if len(drawing[0]) <= width and (not height or len(drawing) <= height):
                return drawing
        return (self.text,)


def _before(alignment: str, spare: int) -> int:
    if alignment in {"center", "middle"}:
        return max(0, spare // 2)
    return max(0, spare) if alignment in {"right", "bottom"} else 0


@cache
def big_lines(text: str, size: BigSize) -> Glyph:
    """The rows of ``text`` in ``size``, all of one length."""
    gap = " " * (3 if size is BigSize.LARGE else 2)
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    runs = [_joined([_drawn(letter, size) for letter in run], gap) for run in _runs(visible)]
    return _joined(runs or [_drawn(" ", size)], gap * 2)


def _runs(text: str) -> list[str]:
    """Letters and figures apart, from left to right; a Persian letter is right of its figures."""
    runs = re.findall(r"\d+|\D+", text)
    right_to_left = any(unicodedata.bidirectional(character) == "AL" for character in text)
    return runs[::-1] if right_to_left else runs


def _joined(drawings: Sequence[Glyph], gap: str) -> Glyph:
    return tuple(gap.join(rows) for rows in zip(*drawings, strict=True))


def _drawn(character: str, size: BigSize) -> Glyph:
    table = _glyphs(size)
    return table.get(character, table[UNKNOWN])


@cache
def _glyphs(size: BigSize) -> Mapping[str, Glyph]:
    """Read the drawings of one size: a line with the character, then its rows."""
    rows = {BigSize.SMALL: 5, BigSize.MEDIUM: 8, BigSize.LARGE: 12}[size]
    lines = (GLYPHS / f"{size}.txt").read_text(encoding="utf-8").split("\n")
    table: dict[str, Glyph] = {}
    for start in range(0, len(lines) - rows, rows + 1):
        drawing = lines[start + 1 : start + 1 + rows]
        width = max(len(line) for line in drawing)
        table[lines[start]] = tuple(line.ljust(width) for line in drawing)
    return {**table, " ": ("  " * (rows // 4),) * rows, UNKNOWN: _dash(rows)}


def _dash(rows: int) -> Glyph:
    width = rows - 1
    blank = " " * width
    middle = rows // 2
    return tuple("▄" * width if row == middle - 1 else blank for row in range(rows))
