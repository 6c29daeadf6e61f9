"""Letters become the forms that join their neighbours; the order stays that of reading."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from queueapp.language.bidi.joining import FORMS, LAM_ALEFS, Form, Joining, joining_of

_LAM = "ل"
_HEH = "ه"
_HEH_WITH_HAMZA = "ۀ"
_HAMZA_ABOVE = "\u0654"
_ZERO_WIDTH_JOINER = "\u200d"

_HAS_LETTERS = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5-\u06ff\u0750-\u077f\u0870-\u08ff]")
_WORD = re.compile(
    # Digits are left out: a clock would fill the words that are remembered.
    "[\u0600-\u065f\u066b-\u06ef\u06fa-\u06ff\u0750-\u077f\u0870-\u08ff"
    "\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+"
)
_WORDS_REMEMBERED = 4096
_DONE_WITH = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]")
"""Characters of no width that have no say in the order: their work is done in the word."""
_GAP = re.compile(" (?= |$|[\u2500-\u259f])")
"""Blank room: two blanks, one at the end of the line, or one before a drawn rule."""


def shape(line: str) -> tuple[str, Sequence[int]]:
    """The characters that show ``line``, in the order of reading, and where each came from.

    Lam and alef become one character. The cell that this saves goes to the next gap of two blanks
    after them, so that columns keep their places; where no gap follows, the line gets shorter.
    """
    if not _HAS_LETTERS.search(line):
        return line, range(len(line))
    shaped = _ShapedLine(line)
    for word in _WORD.finditer(line):
        start, end = word.span()
        shaped.give_back(start)
        glyphs, offsets, saved = _shape_word(word[0])
        if glyphs or not _joins_pictures(line, start, end):
            shaped.put(start, end, glyphs, offsets)
            shaped.owed += saved
    shaped.give_back(len(line))
    return shaped.finished()


class _ShapedLine:
    """A line that is put together word by word."""

    def __init__(self, line: str) -> None:
        self.owed = 0
        """Cells that lam-alef saved and no gap has got yet."""
        self._line = line
        self._glyphs: list[str] = []
        self._sources: list[int] = []
        # Up to where the line is told; places are told later while each glyph is in its own.
        self._shown = self._sourced = 0

    def put(self, start: int, end: int, glyphs: str, offsets: Sequence[int] | None) -> None:
        """What lies before a word as it is, and the word as it is shaped."""
        self._glyphs += (self._line[self._shown : start], glyphs)
        self._shown = end
        if offsets is not None:
            self._sources += range(self._sourced, start)
            self._sources += [start + offset for offset in offsets]
            self._sourced = end

    def give_back(self, before: int) -> None:
        """Widen the first gap since the last word, if one begins ``before`` the next."""
        if not self.owed:
            return
        gap = _GAP.search(self._line, self._shown)
        if gap is None or gap.start() >= before:
            return
        place, end = gap.span()
        self.put(place, end, " " * (1 + self.owed), [0] * (1 + self.owed))
        self.owed = 0

    def finished(self) -> tuple[str, Sequence[int]]:
        """The whole line."""
        self._glyphs.append(self._line[self._shown :])
        glyphs = "".join(self._glyphs)
        if not self._sources:
            return glyphs, range(len(self._line))
        self._sources += range(self._sourced, len(self._line))
        return glyphs, self._sources


def _joins_pictures(line: str, start: int, end: int) -> bool:
    """Whether a joiner stands between two emoji: together they are one picture."""
    return (
        _ZERO_WIDTH_JOINER in line[start:end]
        and start > 0
        and end < len(line)
        and _is_picture(line[start - 1])
        and _is_picture(line[end])
    )


def _is_picture(character: str) -> bool:
    return "\u2190" <= character <= "\u2bff" or "\U0001f000" <= character <= "\U0001fbff"


@lru_cache(_WORDS_REMEMBERED)
def _shape_word(word: str) -> tuple[str, tuple[int, ...] | None, int]:
    """A word's characters, the place of each in it, and how many cells lam-alef saved.

    The places are ``None`` when each character shows the one in its own place.
    """
    shown = list(word)
    letters = [
        at for at, letter in enumerate(word) if joining_of(letter) is not Joining.TRANSPARENT
    ]
    saved = 0
    is_joined = False
    for at, following in zip_longest(letters, letters[1:]):
        letter, after = word[at], "" if following is None else word[following]
        if not shown[at]:
            is_joined = False  # an alef that its lam has taken in
            continue
        joining = joining_of(letter)
        joins_after = (
            joining >= Joining.BOTH and bool(after) and joining_of(after) >= Joining.BEFORE
        )
        if letter == _LAM and following is not None and after in LAM_ALEFS:
            shown[at] = LAM_ALEFS[after][Form.FINAL if is_joined else Form.ISOLATED]
            shown[following] = ""
            saved += 1
            continue
        shown[at] = _glyphs(letter, Form(joins_after + 2 * (is_joined and joining >= 1)))
        is_joined = joins_after
    kept = [
        (glyph, at)
        for at, glyphs in enumerate(shown)
        for glyph in glyphs
        if not _DONE_WITH.match(glyph)
    ]
    places = tuple(at for _, at in kept)
    shaped = "".join(glyph for glyph, _ in kept)
    return shaped, None if places == tuple(range(len(word))) else places, saved


def _glyphs(letter: str, form: Form) -> str:
    """What shows a letter in a form; a letter that has no such form stays as it is."""
    if letter == _HEH_WITH_HAMZA:
        # Few fonts have it in one piece; all have the mark.
        return FORMS[_HEH][form] + _HAMZA_ABOVE
    return FORMS.get(letter, {}).get(form, letter)


def forget_words() -> None:
    """Remember no word that was shaped before."""
    _shape_word.cache_clear()
