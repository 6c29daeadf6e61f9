"""Lines of columns, as the desk shows who waits."""

from collections.abc import Sequence

from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

GAP = 2


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


def columns(rows: Sequence[Sequence[Content]], width: int, elastic: int) -> list[Content]:
    """``rows`` as lines: each column as wide as its widest cell, ``elastic`` takes what is left."""
    if not rows:
        return []
    widths = [max(cell.cell_length for cell in column) for column in zip(*rows, strict=True)]
    used = sum(widths) - widths[elastic] + GAP * (len(widths) - 1)
    widths[elastic] = max(0, width - used)
    gap = Content(" " * GAP)
    return [
        gap.join(
            cell.truncate(room, ellipsis=True, pad=True)
            for cell, room in zip(row, widths, strict=True)
        )
        for row in rows
    ]


def tappable(line: Content, action: str) -> Content:
    """``line``, running ``action`` when it is tapped."""
    return line.stylize(Style.from_meta({"@click": action}))
