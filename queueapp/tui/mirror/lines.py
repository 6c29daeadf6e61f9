"""One line of a widget, turned around for a reader who begins at the right.

Textual wraps, pads and crops the line in the order of reading. Here its cells are put where they
are seen: text by the Unicode Bidirectional Algorithm, drawn lines and blanks as a mirror shows
them, each with the style, and so with the link and the action, that it had.
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

from queueapp.language.bidi import VisualLine, visual
from queueapp.language.isolates import has_latin
from queueapp.tui.mirror.glyphs import DRAWN, INKED_LEFT, image

NO_PICTURE = (0, 0)
_LINES_REMEMBERED = 4096
"""Some twenty full screens."""

_BETWEEN = re.compile(f"[ \u00a0]{{2,}}|[{INKED_LEFT}]+|[{DRAWN}]+")
"""What parts texts that are read by themselves."""
_DRAWING = re.compile(f"[{INKED_LEFT}]+|[^{INKED_LEFT}]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

_Run = tuple[str, Style | None]


def turned(
    strip: Strip, *, picture: tuple[int, int] = NO_PICTURE, has_cells: bool = False
) -> Strip:
    """``strip`` as it is seen from left to right, in the same number of cells.

    ``picture``: the columns from the first to before the second keep their order. ``has_cells``:
    each segment is read by itself. Lines that were turned lately are remembered.
    """
    return _turned(tuple(strip), picture, has_cells)


@lru_cache(_LINES_REMEMBERED)
def _turned(
    segments: tuple[Segment, ...],
    picture: tuple[int, int],
    has_cells: bool,  # noqa: FBT001 - the key of a cache
) -> Strip:
    line = _Line(segments)
    first, last = line.index_of(picture[0]), line.index_of(picture[1])
    runs = [
        *_from_the_right(line, line.parts(last, len(line.text), has_cells=has_cells)),
        *_from_the_left(line, line.parts(first, last, has_cells=has_cells)),
        *_from_the_right(line, line.parts(0, first, has_cells=has_cells)),
    ]
    return Strip(
        [
            Segment("".join(text for text, _ in same), style)
            for style, same in groupby(runs, key=lambda run: run[1])
        ],
        line.width,
    )


class _Part:
    """A stretch of a line: text that is read by itself, or what stands between."""

    __slots__ = ("end", "is_text", "start")

    def __init__(self, start: int, end: int, *, is_text: bool) -> None:
        self.start = start
        self.end = end
        self.is_text = is_text


class _Line:
    """The text of a line, and the style of each of its characters."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.text = "".join([segment.text for segment in segments])
        self.ends = list(accumulate([len(segment.text) for segment in segments]))
        self.styles: list[Style | None] = []
        for segment in segments:
            self.styles += [segment.style] * len(segment.text)
        self.width = cell_len(self.text)

    def index_of(self, column: int) -> int:
        """The character that stands in ``column``."""
        if self.width == len(self.text):
            return min(column, self.width)
        starts = list(accumulate([cell_len(character) for character in self.text], initial=0))
        return min(bisect_right(starts, column) - 1, len(self.text))

    def parts(self, start: int, end: int, *, has_cells: bool) -> list[_Part]:
        """What stands from character ``start`` to before ``end``, in the order of reading."""
        inner = [at for at in self.ends if start < at < end] if has_cells else []
        found: list[_Part] = []
        for first, last in pairwise([start, *inner, end]):
            found.extend(self._parts(first, last))
        return found

    def _parts(self, start: int, end: int) -> Iterator[_Part]:
        for gap in _BETWEEN.finditer(self.text, start, end):
            yield from self._text(start, gap.start())
            start = gap.end()
            yield _Part(gap.start(), start, is_text=False)
        yield from self._text(start, end)

    def _text(self, start: int, end: int) -> Iterator[_Part]:
        """A text, and apart from it the blank on each of its sides."""
        written = self.text[start:end]
        first = start + len(written) - len(written.lstrip(" "))
        last = first + len(written.strip(" "))
        for stretch_start, stretch_end in ((start, first), (first, last), (last, end)):
            if stretch_start < stretch_end:
                yield _Part(stretch_start, stretch_end, is_text=stretch_start == first)


def _from_the_right(line: _Line, parts: Sequence[_Part]) -> Iterator[_Run]:
    for part in reversed(parts):
        if not part.is_text:
            yield from _images(line, part)
            continue
        yield from _read(line, part, right_to_left=not _is_latin(line.text[part.start : part.end]))


def _from_the_left(line: _Line, parts: Iterable[_Part]) -> Iterator[_Run]:
    for part in parts:
        if not part.is_text:
            yield from _styled(line.text[part.start : part.end], line.styles[part.start : part.end])
            continue
        is_persian = _RIGHT_TO_LEFT.search(line.text, part.start, part.end) is not None
        yield from _read(line, part, right_to_left=is_persian)


def _images(line: _Line, part: _Part) -> Iterator[_Run]:
    at = part.end
    for style, same in groupby(reversed(line.styles[part.start : part.end])):
        length = len(list(same))
        yield image(line.text[at - length : at], style)
        at -= length


def _read(line: _Line, part: _Part, *, right_to_left: bool) -> Iterator[_Run]:
    text, styles = line.text[part.start : part.end], line.styles[part.start : part.end]
    seen = visual(text, right_to_left=right_to_left)
    # Lam and alef share a cell; the one that this saves goes to where the reading ends.
    spare = (" " * (cell_len(text) - cell_len(seen.text)), styles[-1])
    if right_to_left:
        yield spare
    if styles.count(styles[0]) == len(styles):
        yield seen.text, styles[0]
    else:
        yield from _styled(seen.text, _styles_of(seen, styles))
    if not right_to_left:
        yield spare


def _styles_of(seen: VisualLine, styles: Sequence[Style | None]) -> list[Style | None]:
    """The style of each character of ``seen``.

    Where a letter went into the one before it, the rarer style of both shows: a cursor is one cell.
    """
    shown = [styles[source] for source in seen.sources]
    hidden = set(range(len(styles))).difference(seen.sources)
    frequency = Counter(styles) if hidden else Counter[Style | None]()
    for place in hidden:
        if place - 1 in seen.sources and frequency[styles[place]] < frequency[styles[place - 1]]:
            shown[seen.sources.index(place - 1)] = styles[place]
    return shown


def _styled(text: str, styles: Iterable[Style | None]) -> Iterator[_Run]:
    start = 0
    for style, same in groupby(styles):
        end = start + len(list(same))
        yield text[start:end], style
        start = end


@lru_cache(_LINES_REMEMBERED)
def _is_latin(text: str) -> bool:
    """Whether all letters of ``text`` run to the right; facts in isolates are no letters of it."""
    return not _RIGHT_TO_LEFT.search(text) and has_latin(text)
