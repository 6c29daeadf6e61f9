"""How the letters of the Arabic script join, and the characters that show each joined form.

The joining types are those of ArabicShaping.txt, Unicode 15.0 (© Unicode, Inc., under the Unicode
licence), for the whole Arabic script; a test holds them complete. The forms come from the
decompositions in :mod:`unicodedata`.
"""

import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from functools import cache

JOINS_BOTH_WAYS = (
    "0620 0626 0628 062A-062E 0633-063F 0641-0647 0649-064A 066E-066F 0678-0687 069A-06BF"
    " 06C1-06C2 06CC 06CE 06D0-06D1 06FA-06FC 06FF 0750-0758 075C-076A 076D-0770 0772"
    " 0775-0777 077A-077F 0886 0889-088D 08A0-08A9 08AF-08B0 08B3-08B8 08BA-08C8"
)
JOINS_THE_ONE_BEFORE = (
    "0622-0625 0627 0629 062F-0632 0648 0671-0673 0675-0677 0688-0699 06C0 06C3-06CB 06CD"
    " 06CF 06D2-06D3 06D5 06EE-06EF 0759-075B 076B-076C 0771 0773-0774 0778-0779 0870-0882"
    " 088E 08AA-08AC 08AE 08B1-08B2 08B9"
)
CAUSES_JOINING = "0640 0883-0885 200D"

_ISOLATES = range(0x2066, 0x206A)
_ZERO_WIDTH_NON_JOINER = "\u200c"
_LAM = "ل"


class Joining(IntEnum):
    """What a character does to its neighbours."""

    NONE = 0
    BEFORE = 1
    """Joins the letter before it."""
    BOTH = 2
    CAUSING = 3
    """Joins on both sides and has one shape itself."""
    TRANSPARENT = 4
    """As if it were not there."""


class Form(IntEnum):
    """The four shapes of a letter: whether it is joined after (1) and before (2)."""

    ISOLATED = 0
    INITIAL = 1
    FINAL = 2
    MEDIAL = 3


def _codepoints(ranges: str) -> Iterator[int]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


_TYPES = {
    chr(codepoint): joining
    for ranges, joining in (
        (JOINS_BOTH_WAYS, Joining.BOTH),
        (JOINS_THE_ONE_BEFORE, Joining.BEFORE),
        (CAUSES_JOINING, Joining.CAUSING),
    )
    for codepoint in _codepoints(ranges)
}


@cache
def joining_of(character: str) -> Joining:
    """What ``character`` does to its neighbours."""
    known = _TYPES.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    if category in {"Mn", "Me"}:
        return Joining.TRANSPARENT
    if category != "Cf" or character == _ZERO_WIDTH_NON_JOINER:
        return Joining.NONE
    if ord(character) in _ISOLATES or unicodedata.bidirectional(character) == "AN":
        return Joining.NONE
    return Joining.TRANSPARENT


def _presentation_forms() -> tuple[dict[str, dict[Form, str]], dict[str, dict[Form, str]]]:
    """The forms of each letter, and those of lam with each alef (by the alef)."""
    letters: dict[str, dict[Form, str]] = {}
    lam_alefs: dict[str, dict[Form, str]] = {}
    for codepoint in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        form, *parts = unicodedata.decomposition(chr(codepoint)).split() or [""]
        if form.strip("<>").upper() not in Form.__members__:
            continue
        of = Form[form.strip("<>").upper()]
        decomposed = "".join(chr(int(part, 16)) for part in parts)
        if len(decomposed) == 1:
            letters.setdefault(decomposed, {})[of] = chr(codepoint)
        elif codepoint >= _FIRST_LAM_ALEF and decomposed.startswith(_LAM):
            lam_alefs.setdefault(decomposed[1], {})[of] = chr(codepoint)
    return letters, lam_alefs


_FIRST_LAM_ALEF = 0xFEF5
FORMS, LAM_ALEFS = _presentation_forms()
