"""A QR code that a phone can read off the screen, whatever the theme."""

from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from queueapp.tui.mirror import HoldsPicture

QUIET_ZONE = 4
BLOCKS = " ▀▄█"
INK = Style(color="#000000", bgcolor="#ffffff", bold=False)
"""Black on white by name: a scanner does not know themes."""

NEGATIVE = Style(color="#ffffff", bgcolor="#000000", bold=False)
_THROUGH = {"█": " ", " ": " ", "▀": "▄", "▄": "▄"}
"""What is written for each half block: ``▀`` as the white lower half on black."""
_ON_BLACK = frozenset("█▀")


class QRCode(HoldsPicture, Widget):
    """``data`` as a code, one module a column and half a row; error correction M."""

    DEFAULT_CSS = """
    QRCode { width: auto; height: auto; }
    """

    def __init__(self, data: str, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id, classes=classes)
        self._lines = code_lines(data)

    @property
    def cells(self) -> Size:
        """How many columns and rows the code takes."""
        return Size(len(self._lines[0]), len(self._lines))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - as every widget
        """One column a module."""
        return self.cells.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as every widget
        """Two modules a row."""
        return self.cells.height

    def picture_columns(self, y: int) -> tuple[int, int]:  # noqa: ARG002 - every row is as wide
        """All of it: a scanner knows no mirror."""
        return 0, self.cells.width

    def render_line(self, y: int) -> Strip:
        """One row of the code."""
        if y >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        return Strip(_painted(self._lines[y]), self.cells.width)


def _painted(line: str) -> list[Segment]:
    """A row in black and white, its cells painted through where they have one colour.

    In many terminals a full block leaves a thin gap to the row below, and a code that is striped
    like that is hard to read. The ground of a cell has no gaps.
    """
    return [
        Segment(_THROUGH[kind] * len(list(run)), NEGATIVE if kind in _ON_BLACK else INK)
        for kind, run in groupby(line)
    ]


def code_lines(data: str) -> list[str]:
    """The rows of the code for ``data``, quiet zone included, in half blocks."""
    # Only a kiosk that shows a ticket needs it, and every start is timed.
    import qrcode  # noqa: PLC0415

    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(data)
    code.make(fit=True)
    modules = code.get_matrix()
    if len(modules) % 2:
        modules.append([False] * len(modules[0]))
    return [
        "".join(BLOCKS[top + 2 * bottom] for top, bottom in zip(above, below, strict=True))
        for above, below in zip(modules[::2], modules[1::2], strict=True)
    ]
