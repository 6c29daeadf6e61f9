"""One line of text as a terminal prints it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from queueapp.language.bidi.classes import classes_of
from queueapp.language.bidi.levels import NO_LEVEL, levels_of, visual_runs
from queueapp.language.bidi.mirroring import MIRROR_IMAGES, MIRRORED
from queueapp.language.bidi.shaping import forget_words, shape

_LINES_REMEMBERED = 2048
"""Some twenty full screens; a line of 200 cells takes about 3 KB."""

_NEEDS_ORDER = re.compile(
    "[\u0590-\u08ff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Everything that is right to left, steers the order, or has no width."""
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
_JOINER = "\u200d"
_CLUSTER = re.compile(".(?:M|J.)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class VisualLine:
    """A line in the order of its cells, from left to right."""

    text: str
    """What a terminal that does not reorder prints. Letters are joined, marks stand right after the
    letter that carries them, and characters that only steer joining or order are gone."""
    sources: tuple[int, ...]
    """For each character of :attr:`text`, the place in the line of the character that it shows: for
    its style, and for what a click on it means."""


def visual(line: str, *, right_to_left: bool = True) -> VisualLine:
    """``line`` as a terminal that does not reorder must print it.

    ``line`` is one rendered line, after wrapping; ``right_to_left`` is the direction of the
    paragraph it belongs to. Lam and alef become one character. The cell that this saves goes to the
    next gap of two blanks after them, so that columns keep their places; a line without such a gap
    gets shorter, and who needs its full width pads it at the end of reading.

    Lines that were asked for lately are remembered.
    """
    return _visual(line, right_to_left)


@lru_cache(_LINES_REMEMBERED)
def _visual(line: str, right_to_left: bool) -> VisualLine:  # noqa: FBT001 - the key of a cache
    if not right_to_left and not _NEEDS_ORDER.search(line):
        return VisualLine(line, tuple(range(len(line))))
    if not line.strip(" "):
        return VisualLine(line, tuple(range(len(line) - 1, -1, -1)))
    glyphs, sources = shape(line)
    classes = classes_of(glyphs)
    levels = levels_of(classes, glyphs, int(right_to_left))
    if NO_LEVEL in levels:
        levels = _like_the_one_before(levels, int(right_to_left))
    key = _cluster_key(glyphs, classes)
    text, shown = _ordered(glyphs, sources, levels, key)
    if key or _UNSEEN.search(text):
        return _without_unseen(text, shown)
    return VisualLine(text, tuple(shown))


def forget_lines() -> None:
    """Remember no line and no word that was asked for before."""
    _visual.cache_clear()
    forget_words()


def _like_the_one_before(levels: bytes, base: int) -> bytes:
    """Characters that take no part are kept beside the one before them."""
    found = bytearray(levels)
    before = base
    for at, level in enumerate(found):
        if level == NO_LEVEL:
            found[at] = before
        before = found[at]
    return bytes(found)


def _cluster_key(glyphs: str, classes: str) -> str:
    """Empty when every character stands for itself; ``M`` and ``J`` where one is part of another.

    ``M`` belongs to the character before, ``J`` also binds the one after.
    """
    if "M" not in classes and _JOINER not in glyphs and not _SKIN_TONES.search(glyphs):
        return ""
    key = [
        "J" if glyph == _JOINER else "M" if letter == "M" or _SKIN_TONES.match(glyph) else "."
        for glyph, letter in zip(glyphs, classes, strict=True)
    ]
    return "".join(key)


def _ordered(glyphs: str, sources: Sequence[int], levels: bytes, key: str) -> tuple[str, list[int]]:
    """Rules L2 to L4: cells from left to right, brackets turned, marks after their letter."""
    if key:
        levels = _one_level_each(levels, key)
    images = MIRROR_IMAGES if MIRRORED.search(glyphs) else {}
    parts: list[str] = []
    shown: list[int] = []
    for start, end, is_turned in visual_runs(levels):
        part, places = glyphs[start:end], sources[start:end]
        if not is_turned:
            parts.append(part)
            shown += places
        elif key:
            for cluster in reversed(list(_CLUSTER.finditer(key, start, end))):
                parts.append(glyphs[slice(*cluster.span())].translate(images))
                shown += sources[slice(*cluster.span())]
        else:
            parts.append(part[::-1].translate(images) if images else part[::-1])
            shown += places[::-1]
    return "".join(parts), shown


def _one_level_each(levels: bytes, key: str) -> bytes:
    """No cluster is torn apart."""
    found = bytearray(levels)
    for cluster in _CLUSTER.finditer(key):
        start, end = cluster.span()
        found[start:end] = found[start : start + 1] * (end - start)
    return bytes(found)


def _without_unseen(text: str, shown: list[int]) -> VisualLine:
    """Without the characters that did their work; a joiner between emoji is part of the picture."""
    kept = [
        at
        for at, character in enumerate(text)
        if not _UNSEEN.match(character)
        or (
            character == _JOINER
            and 0 < at < len(text) - 1
            and min(text[at - 1], text[at + 1]) > _JOINER
        )
    ]
    return VisualLine("".join([text[at] for at in kept]), tuple([shown[at] for at in kept]))
