"""One line of a widget as it is seen.

Textual wraps, pads and crops the line in the order of reading. Here its cells are put where they
are seen: text by the Unicode Bidirectional Algorithm and, for a reader who begins at the right,
drawn lines and blanks as a mirror shows them; each with the style, and so with the link and the
action, that it had.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from queueapp.language.bidi import visual
from queueapp.language.isolates import has_persian
from queueapp.tui.mirror.declared import Span
from queueapp.tui.mirror.glyphs import DRAWN, INKED_LEFT, image
from queueapp.tui.mirror.texts import reads_right_to_left

NOWHERE: Span = (0, 0)
_LINES_REMEMBERED = 4096
"""Some twenty full screens."""

_BETWEEN = re.compile(f"[ \u00a0]{{2,}}|[{INKED_LEFT}]+|[{DRAWN}]+")
"""What parts texts that are read by themselves."""

_Run = tuple[str, Style | None]


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
    return _turned(tuple(strip), picture, text, has_cells)


@lru_cache(_LINES_REMEMBERED)
def _upright(segments: tuple[Segment, ...]) -> Strip:
    line = _Line(segments, has_cells=False)
    return line.strip(line.kept(0, len(line.text), in_mirror=False))


@lru_cache(_LINES_REMEMBERED)
def _turned(
    segments: tuple[Segment, ...],
    picture: Span,
    text: Span,
    has_cells: bool,  # noqa: FBT001 - the key of a cache
) -> Strip:
    line = _Line(segments, has_cells=has_cells)
    start, end = (line.index_of(column) for column in (picture if text == NOWHERE else text))
    middle = line.kept(start, end) if text == NOWHERE else line.whole(start, end)
    return line.strip([*line.mirrored(end, len(line.text)), *middle, *line.mirrored(0, start)])


class _Line:
    """The text of a line, and the style of each of its characters."""

    def __init__(self, segments: Sequence[Segment], *, has_cells: bool) -> None:
        self.text = "".join([segment.text for segment in segments])
        self.styles: list[Style | None] = []
        for segment in segments:
            self.styles += [segment.style] * len(segment.text)
        self.width = cell_len(self.text)
        ends = accumulate([len(segment.text) for segment in segments])
        self._stops = list(ends) if has_cells else []

    def index_of(self, column: int) -> int:
        """The character that stands in ``column``."""
        if self.width == len(self.text):
            return min(column, self.width)
        starts = list(accumulate([cell_len(character) for character in self.text], initial=0))
        return min(bisect_right(starts, column) - 1, len(self.text))

    def strip(self, runs: Iterable[_Run]) -> Strip:
        """``runs`` as one strip, which is as wide as the line."""
        return Strip(
            [
                Segment("".join([text for text, _ in same]), style)
                for style, same in groupby(runs, key=lambda run: run[1])
            ],
            self.width,
        )

    def mirrored(self, start: int, end: int) -> Iterator[_Run]:
        """The characters from ``start`` to before ``end`` as a mirrored screen shows them."""
        for first, last, is_text in reversed(list(self._parts(start, end))):
            if is_text:
                yield from self.whole(first, last)
            else:
                yield from self._images(first, last)

    def kept(self, start: int, end: int, *, in_mirror: bool = True) -> Iterator[_Run]:
        """The same where columns keep their places: of a drawing, or of any line in English."""
        for first, last, is_text in self._parts(start, end):
            if is_text:
                runs_left = reads_right_to_left(self.text[first:last], in_mirror=False)
                yield from self._read(first, last, runs_left, in_mirror=in_mirror)
            else:
                yield from _styled(self.text[first:last], self.styles[first:last])

    def whole(self, start: int, end: int) -> Iterator[_Run]:
        """The same for one text."""
        if start < end:
            runs_left = reads_right_to_left(self.text[start:end], in_mirror=True)
            yield from self._read(start, end, runs_left, in_mirror=True)

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Where each part begins and ends, and whether it is a text that is read by itself."""
        stops = [stop for stop in self._stops if start < stop < end]
        for first, last in pairwise([start, *stops, end]):
            at = first
            for gap in _BETWEEN.finditer(self.text, first, last):
                yield from self._text(at, gap.start())
                yield gap.start(), gap.end(), False
                at = gap.end()
            yield from self._text(at, last)

    def _text(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """A text, and apart from it a blank before and behind."""
        written = self.text[start:end]
        first = start + len(written) - len(written.lstrip(" "))
        last = max(first, start + len(written.rstrip(" ")))
        if start < first:
            yield start, first, False
        if first < last:
            yield first, last, True
        if last < end:
            yield last, end, False

    def _images(self, start: int, end: int) -> Iterator[_Run]:
        at = end
        for style, same in groupby(reversed(self.styles[start:end])):
            length = len(list(same))
            yield image(self.text[at - length : at], style)
            at -= length

    def _read(
        self,
        start: int,
        end: int,
        runs_left: bool,  # noqa: FBT001 - what is read, and how
        *,
        in_mirror: bool,
    ) -> Iterator[_Run]:
        text, styles = self.text[start:end], self.styles[start:end]
        seen = visual(text, right_to_left=runs_left)
        usual = styles[0]
        runs: Iterable[_Run] = [(seen.text, usual)]
        if styles.count(usual) < len(styles):
            usual = Counter(styles).most_common(1)[0][0]
            runs = _styled(seen.text, _seen_styles(text, seen.sources, styles, usual))
        # Lam and alef share a cell; what this saves and no gap took goes to where lines end.
        spare = (" " * (cell_len(text) - cell_len(seen.text)), usual)
        yield from (spare, *runs) if in_mirror else (*runs, spare)


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
    following = (*sources[1:], None)
    return [
        usual if source == after else of_cell[cells[source]]
        for source, after in zip(sources, following, strict=True)
    ]


def _styled(text: str, styles: Iterable[Style | None]) -> Iterator[_Run]:
    start = 0
    for style, same in groupby(styles):
        end = start + len(list(same))
        yield text[start:end], style
        start = end
