"""What the terminal shows, so that only what differs from it is written.

Textual writes all of a screen whenever one opens, closes or comes back, and a whole line of a table
for one new figure in it. Over a slow line that is what a person waits for.
"""

from collections.abc import Iterable
from itertools import accumulate

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

_Piece = tuple[int, int, str]
"""The column where it begins, the one after its last, and what is written there with colours."""
_Line = dict[int, _Piece]
"""Its pieces by the columns where they begin."""


class Frame:
    """The pieces of which the picture on the terminal was put together."""

    def __init__(self) -> None:
        self._lines: dict[int, _Line] = {}

    def forget(self) -> None:
        """Suppose nothing of what the terminal shows: it may have lost it, or another size."""
        self._lines.clear()

    def changes(self, update: CompositorUpdate, console: Console) -> "Changes | None":
        """What of ``update`` the terminal does not show yet; from now on it does."""
        if isinstance(update, LayoutUpdate):
            is_whole, lines = True, _lines_of_layout(update, console)
        elif isinstance(update, ChopsUpdate):
            is_whole, lines = False, _lines_of_chops(update, console)
        else:
            raise TypeError(update)
        written: list[str] = []
        for y, pieces in lines:
            if y not in self._lines:
                written.append(_arrive_at(y))
            shown = self._lines.setdefault(y, {})
            fresh = [piece for piece in pieces if shown.get(piece[0]) != piece]
            _write(y, fresh, written)
            if is_whole:
                self._lines[y] = {piece[0]: piece for piece in pieces}
            elif fresh:
                self._lines[y] = _put_over(shown, fresh)
        return Changes("".join(written)) if written else None


class Changes(CompositorUpdate):
    """What is written to the terminal."""

    def __init__(self, written: str) -> None:
        self._written = written

    def render_segments(self, console: Console) -> str:  # noqa: ARG002 - as every update
        """All of it."""
        return self._written


def _lines_of_layout(update: LayoutUpdate, console: Console) -> Iterable[tuple[int, list[_Piece]]]:
    for y, strips in enumerate(update.strips, update.region.y):
        line: list[Strip] = list(strips)
        starts = accumulate((strip.cell_length for strip in line), initial=update.region.x)
        yield (
            y,
            [
                (x, x + strip.cell_length, strip.render(console))
                for x, strip in zip(starts, line, strict=False)
            ],
        )


def _lines_of_chops(update: ChopsUpdate, console: Console) -> Iterable[tuple[int, list[_Piece]]]:
    """The pieces that lie in the update's spans, whole: what is beside a span is as it was."""
    for y, first, last in update.spans:
        yield (
            y,
            [
                (x, end, strip.render(console))
                for end, (x, strip) in zip(
                    update.chop_ends[y], update.chops[y].items(), strict=False
                )
                if strip is not None and x < last and end > first
            ],
        )


def _put_over(shown: _Line, fresh: Iterable[_Piece]) -> _Line:
    """``shown`` without what ``fresh`` covers, and with it."""
    kept = dict(shown)
    for start, end, text in fresh:
        for x, piece in list(kept.items()):
            if piece[0] < end and piece[1] > start:
                del kept[x]
        kept[start] = (start, end, text)
    return kept


def _arrive_at(y: int) -> str:
    """Go to a line from the one above it.

    Terminals made with VTE ask only then, and not when the cursor jumps, whether a line is to be
    put in order by them; that it is not was said once, at the beginning.
    """
    return f"{Control.move_to(0, y - 1).segment.text}\n" if y else ""


def _write(y: int, pieces: Iterable[_Piece], written: list[str]) -> None:
    at = -1
    for start, end, text in pieces:
        if start != at:
            written.append(Control.move_to(start, y).segment.text)
        written.append(text)
        at = end
