"""The embedding level of every character of a line: rules X1 to X10 and L1, and the order of L2."""

import re

from queueapp.language.bidi.classes import (
    EMBEDDINGS,
    ISOLATE_INITIATORS,
    REMOVED,
    classes_of,
)
from queueapp.language.bidi.explicit import explicit_levels, first_strong, isolating_sequences
from queueapp.language.bidi.resolving import resolve

NO_LEVEL = 255
"""Stands for the level of a character that takes no part (rule X9)."""

_ONE_DEEP = 2
"""The highest level in a line right to left without embeddings."""
_EXPLICIT = re.compile(f"[{EMBEDDINGS}{ISOLATE_INITIATORS}pdBP]")
_WHITESPACE = "Wijfd" + REMOVED
_BEFORE_SEPARATOR = re.compile(f"(?<![{_WHITESPACE}])[{_WHITESPACE}]*+[GP]|[GP]")
_RUN = re.compile(rb"(.)\1*", re.DOTALL)


def first_strong_is_right_to_left(line: str) -> bool | None:
    """The direction of the first letter outside isolates (rules P2, P3); ``None`` without one."""
    found = first_strong(classes_of(line))
    return None if found is None else found != "L"


def levels_of(classes: str, text: str, base: int) -> bytes:
    """The level of each character of a line whose own level is ``base`` (0 or 1).

    ``classes`` are the classes of ``text``. A character that takes no part has
    :data:`NO_LEVEL`.
    """
    if not classes:
        return b""
    if _EXPLICIT.search(classes):
        levels = _with_explicit(classes, text, base)
    else:
        side = "R" if base else "L"
        levels = bytearray(resolve(classes, text, base, side, side))
    _reset_whitespace(levels, classes, base)
    return bytes(levels)


def visual_runs(levels: bytes) -> list[tuple[int, int, bool]]:
    """Rule L2: from left to right, where each run of one level starts and ends, and if it turns.

    ``levels`` must hold no :data:`NO_LEVEL`.
    """
    runs = [(found.start(), found.end(), found[1][0]) for found in _RUN.finditer(levels)]
    highest = max(levels, default=0)
    if highest <= _ONE_DEEP and 0 not in levels:
        runs.reverse()  # what the loop below comes to, for almost every line
    else:
        for level in range(highest, 0, -1):
            runs = _turned_around(runs, level)
    return [(start, end, bool(level & 1)) for start, end, level in runs]


def _turned_around(runs: list[tuple[int, int, int]], level: int) -> list[tuple[int, int, int]]:
    """Every stretch of runs at ``level`` or above, backwards."""
    turned: list[tuple[int, int, int]] = []
    stretch: list[tuple[int, int, int]] = []
    for run in runs:
        if run[2] >= level:
            stretch.append(run)
            continue
        turned += stretch[::-1]
        stretch.clear()
        turned.append(run)
    return turned + stretch[::-1]


def _with_explicit(classes: str, text: str, base: int) -> bytearray:
    embedded, overridden = explicit_levels(classes, base)
    levels = bytearray([NO_LEVEL]) * len(classes)
    for sequence in isolating_sequences(classes, embedded, base):
        where = sequence.where
        resolved = resolve(
            "".join([overridden[at] for at in where]),
            "".join([text[at] for at in where]),
            sequence.level,
            sequence.start,
            sequence.end,
        )
        for at, level in zip(where, resolved, strict=True):
            levels[at] = level
    return levels


def _reset_whitespace(levels: bytearray, classes: str, base: int) -> None:
    """Rule L1: blanks before a separator and at the end keep to the line's own direction."""
    ends = len(classes.rstrip(_WHITESPACE))
    stretches = [(ends, len(classes))]
    if "G" in classes or "P" in classes:
        stretches += [found.span() for found in _BEFORE_SEPARATOR.finditer(classes)]
    for start, end in stretches:
        for at in range(start, end):
            if levels[at] != NO_LEVEL:
                levels[at] = base
