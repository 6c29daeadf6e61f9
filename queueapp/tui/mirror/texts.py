"""Which way a short text of a mirrored screen is read, and what is seen at a place of it."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from rich.cells import cell_len

from queueapp.language.bidi import visual
from queueapp.language.isolates import has_latin

_TEXTS_REMEMBERED = 4096

_RIGHT_TO_LEFT = re.compile("[\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters and signs; figures of any script run as what is around them."""


def reads_right_to_left(text: str) -> bool:
    """Whether there is a letter in ``text`` that runs to the left."""
    return _RIGHT_TO_LEFT.search(text) is not None


@lru_cache(_TEXTS_REMEMBERED)
def reads_left_to_right(text: str) -> bool:
    """Whether all letters of ``text`` run to the right; facts in isolates are no letters of it."""
    return not _RIGHT_TO_LEFT.search(text) and has_latin(text)


def index_at(text: str, column: int) -> int:
    """The character of ``text``, one text that begins at the right, seen in ``column`` from there.

    Past its end: its length.
    """
    width = cell_len(text)
    if column >= width:
        return len(text)
    right_to_left = not reads_left_to_right(text)
    seen = visual(text, right_to_left=right_to_left)
    spare = width - cell_len(seen.text) if right_to_left else 0
    starts = list(accumulate([cell_len(character) for character in seen.text], initial=spare))
    place = bisect_right(starts[:-1], width - 1 - column) - 1
    return len(text) if place < 0 else seen.sources[place]
