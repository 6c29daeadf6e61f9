"""Which way a short text of a mirrored screen is read, and what is seen at a place of it."""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from rich.cells import cell_len

from queueapp.language.bidi import visual
from queueapp.language.isolates import has_latin, has_persian

_TEXTS_REMEMBERED = 4096


@lru_cache(_TEXTS_REMEMBERED)
def reads_right_to_left(text: str, *, in_mirror: bool) -> bool:
    """Which way ``text`` runs, on a mirrored screen or on one that is not.

    As the screen, unless all its letters run the other way; facts in isolates are no letters of it.
    """
    if in_mirror:
        return has_persian(text) or not has_latin(text)
    return has_persian(text) and not has_latin(text)


def index_at(text: str, column: int, *, in_mirror: bool) -> int:
    """The character of ``text`` that is seen in ``column``, counted from where the line begins.

    Past its end: its length.
    """
    width = cell_len(text)
    if column >= width:
        return len(text)
    seen = visual(text, right_to_left=reads_right_to_left(text, in_mirror=in_mirror))
    spare = width - cell_len(seen.text)
    from_left = width - 1 - column if in_mirror else column
    lengths = [cell_len(character) for character in seen.text]
    starts = list(accumulate(lengths, initial=spare if in_mirror else 0))
    place = bisect_right(starts, from_left) - 1
    return seen.sources[place] if 0 <= place < len(seen.sources) else len(text)
