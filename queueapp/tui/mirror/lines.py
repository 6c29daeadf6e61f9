"""One line of a widget as it is seen.

Textual wraps, pads and crops the line in the order of reading. Here its cells are put where they
are seen: text by the Unicode Bidirectional Algorithm and, for a reader who begins at the right,
drawn lines and blanks as a mirror shows them; each with the style, and so with the link and the
action, that it had.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from queueapp.language import bidi
from queueapp.language.bidi import visual
from queueapp.language.isolates import has_persian
from queueapp.tui.mirror.declared import Span
from queueapp.tui.mirror.glyphs import DRAWN, INKED_LEFT, image
from queueapp.tui.mirror.texts import reads_right_to_left

NOWHERE: Span = (0, 0)
_LINES_REMEMBERED = 4096
"""Some twenty full screens."""

_BLANK = " \u00a0"
_LETTER = f"[^{_BLANK}{INKED_LEFT}{DRAWN}]"
_PARTS = re.compile(f"({_LETTER}(?:[{_BLANK}]?{_LETTER})*)|[{_BLANK}]+|[{INKED_LEFT}]+|[{DRAWN}]+")
"""A text that is read by itself, or what stands between two: blanks, blocks, drawn lines."""

_Run = tuple[str, Style | None]
_Part = tuple[int, int, bool]
"""The first character, the one after the last, and whether it is a text."""


def upright(strip: Strip) -> Strip:
    """``strip`` as it is seen on a screen that is not mirrored; itself, if no Persian is in it."""
    if any(has_persian(segment.text) for segment in strip):
        return _upright(tuple(strip))
    return strip


def turned(
    strip: Strip, *, picture: Span = NOWHERE, text: Span = NOWHERE, has_cells: bool = False
) -> Strip:
    """``strip`` as it is seen on a mirrored screen, in the same number of cells.

    What stands in the columns ``picture`` keeps its order; what stands in ``text`` is one text;
    ``has_cells``: each segment is read by itself. Lines that were turned lately are remembered.
    """
    segments = tuple(strip)
    if len(segments) == 1 and segments[0].text.isspace():
        return strip
    return _turned(segments, picture, text, has_cells)


def forget_lines() -> None:
    """Remember nothing of what was turned before, as a program that has just begun."""
    for remembered in (_upright, _turned, reads_right_to_left):
        remembered.cache_clear()
    bidi.forget_lines()


@lru_cache(_LINES_REMEMBERED)
def _upright(segments: tuple[Segment, ...]) -> Strip:
    line = _Line(segments)
    line.keep(0, len(line.text), in_mirror=False)
    return line.seen()


@lru_cache(_LINES_REMEMBERED)
def _turned(
    segments: tuple[Segment, ...],
    picture: Span,
    text: Span,
    has_cells: bool,  # noqa: FBT001 - the key of a cache
) -> Strip:
    line = _Line(segments)
    apart = picture if text == NOWHERE else text
    start, end = (0, 0) if apart == NOWHERE else map(line.index_of, apart)
    line.mirror(end, len(line.text), has_cells=has_cells)
    if start < end and text == NOWHERE:
        line.keep(start, end, in_mirror=True)
    elif start < end:
        line.read(start, end, as_if_mirrored=True, in_mirror=True)
    line.mirror(0, start, has_cells=has_cells)
    return line.seen()


class _Line:
    """A line in the order of reading, and what is seen of it, from left to right, so far."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.text = "".join([segment.text for segment in segments])
        self._width = cell_len(self.text)
        self._styles = [segment.style for segment in segments]
        self._owners: list[int] = []
        """For each character the number of its segment."""
        for number, segment in enumerate(segments):
            self._owners += [number] * len(segment.text)
        self._runs: list[_Run] = []

    def index_of(self, column: int) -> int:
        """The character that stands in ``column``."""
        if self._width == len(self.text):
            return min(column, self._width)
        starts = list(accumulate([cell_len(character) for character in self.text], initial=0))
        return min(bisect_right(starts, column) - 1, len(self.text))

    def seen(self) -> Strip:
        """All that is seen, as wide as the line."""
        segments: list[Segment] = []
        texts: list[str] = []
        last: Style | None = None
        for text, style in self._runs:
            if not text:
                continue
            if texts and style is not last and style != last:
                segments.append(Segment("".join(texts), last))
                texts = []
            texts.append(text)
            last = style
        if texts:
            segments.append(Segment("".join(texts), last))
        return Strip(segments, self._width)

    def mirror(self, start: int, end: int, *, has_cells: bool) -> None:
        """See the characters from ``start`` to before ``end`` as a mirrored screen shows them."""
        for first, last, is_text in reversed(self._parts(start, end, has_cells=has_cells)):
            if is_text:
                self.read(first, last, as_if_mirrored=True, in_mirror=True)
            else:
                self._see_image(first, last)

    def keep(self, start: int, end: int, *, in_mirror: bool) -> None:
        """See them where columns keep their places: of a drawing, or of any line in English."""
        for first, last, is_text in self._parts(start, end, has_cells=False):
            if is_text:
                self.read(first, last, as_if_mirrored=False, in_mirror=in_mirror)
            else:
                self._see(self.text[first:last], self._styles_of(first, last))

    def read(self, start: int, end: int, *, as_if_mirrored: bool, in_mirror: bool) -> None:
        """See one text, whose line ends at the left where it is ``in_mirror``."""
        text = self.text[start:end]
        seen = visual(text, right_to_left=reads_right_to_left(text, in_mirror=as_if_mirrored))
        # Lam and alef share a cell; what this saves and no gap took goes to where lines end.
        spare = " " * (cell_len(text) - cell_len(seen.text))
        if self._owners[start] == self._owners[end - 1]:
            style = self._styles[self._owners[start]]
            self._runs.append((spare + seen.text if in_mirror else seen.text + spare, style))
            return
        styles = self._styles_of(start, end)
        usual = Counter(styles).most_common(1)[0][0]
        if in_mirror:
            self._runs.append((spare, usual))
        self._see(seen.text, _seen_styles(text, seen.sources, styles, usual))
        if not in_mirror:
            self._runs.append((spare, usual))

    def _parts(self, start: int, end: int, *, has_cells: bool) -> list[_Part]:
        stops = [start, end]
        if has_cells:
            owners = self._owners
            changes = (at for at in range(start + 1, end) if owners[at] != owners[at - 1])
            stops = [start, *changes, end]
        return [
            (part.start(), part.end(), part.lastindex is not None)
            for first, last in pairwise(stops)
            for part in _PARTS.finditer(self.text, first, last)
        ]

    def _styles_of(self, start: int, end: int) -> list[Style | None]:
        return [self._styles[owner] for owner in self._owners[start:end]]

    def _see(self, text: str, styles: Iterable[Style | None]) -> None:
        start = 0
        for style, same in groupby(styles):
            end = start + len(list(same))
            self._runs.append((text[start:end], style))
            start = end

    def _see_image(self, start: int, end: int) -> None:
        at = end
        for owner, same in groupby(reversed(self._owners[start:end])):
            first = at - len(list(same))
            self._runs.append(image(self.text[first:at], self._styles[owner]))
            at = first


def _seen_styles(
    text: str, sources: Sequence[int], styles: Sequence[Style | None], usual: Style | None
) -> list[Style | None]:
    """The style of each character that is seen; ``usual`` for a cell that there was not before.

    What shares a cell, such as an alef with its lam or a mark with its letter, shares the rarer of
    both styles: a cursor is one cell, and must not vanish.
    """
    is_seen = set(sources)
    if len(is_seen) == len(sources) == len(text) == cell_len(text):
        return [styles[source] for source in sources]
    frequency = Counter(styles)
    of_cell: dict[int, Style | None] = {}
    cells: list[int] = []
    for place, style in enumerate(styles):
        begins_cell = not cells or (place in is_seen and cell_len(text[place]))
        cells.append(place if begins_cell else cells[-1])
        of_cell[cells[-1]] = min(of_cell.get(cells[-1], style), style, key=frequency.__getitem__)
    following = [*sources[1:], None][: len(sources)]
    return [
        usual if source == after else of_cell[cells[source]]
        for source, after in zip(sources, following, strict=True)
    ]
