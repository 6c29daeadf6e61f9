"""Lines of columns, as the desk shows who waits."""

from collections.abc import Sequence

from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

GAP = 2
WIDEST = 48
"""Columns of the elastic column: further apart, the eye loses the line."""


class Lines(Widget):
    """Draws lines as wide as itself; a line may be tapped."""

    DEFAULT_CSS = """
    Lines { width: 100%; height: auto; text-wrap: nowrap; text-overflow: clip;
        link-style-hover: none; link-color-hover: $accent; link-background-hover: $panel; }
    """

    @property
    def link_style(self) -> RichStyle:
        """Nothing of a link's own: what can be tapped keeps the colours it was given."""
        return RichStyle.null()


def opposite(first: Content, last: Content, width: int) -> Content:
    """One line with ``first`` at its beginning and ``last`` at its end."""
    room = max(0, width - last.cell_length - 1)
    return first.truncate(room, ellipsis=True, pad=True) + Content(" ") + last


def columns(
    rows: Sequence[Sequence[Content]], width: int, *, elastic: int, figures: int
) -> list[Content]:
    """``rows`` as lines: each column as wide as its widest cell, ``elastic`` takes what is left.

    The cells of the column ``figures`` stand at its end, so that they compare at a glance.
    """
    if not rows:
        return []
    widths = [max(cell.cell_length for cell in column) for column in zip(*rows, strict=True)]
    used = sum(widths) - widths[elastic] + GAP * (len(widths) - 1)
    widths[elastic] = max(0, min(width - used, WIDEST))
    gap = Content(" " * GAP)
    return [
        gap.join(
            _cell(content, widths[column], at_end=column == figures)
            for column, content in enumerate(row)
        )
        for row in rows
    ]


def _cell(content: Content, width: int, *, at_end: bool) -> Content:
    if at_end:
        return content.pad_left(max(0, width - content.cell_length))
    return content.truncate(width, ellipsis=True, pad=True)


def tappable(line: Content, action: str) -> Content:
    """``line``, running ``action`` when it is tapped."""
    return line.stylize(Style.from_meta({"@click": action}))
