"""The bidirectional class of each character as one letter, so that those of a line are a string."""

import unicodedata
from functools import cache

LETTERS = {
    "L": "L",
    "R": "R",
    "AL": "A",
    "EN": "E",
    "ES": "S",
    "ET": "T",
    "AN": "N",
    "CS": "C",
    "NSM": "M",
    "BN": "B",
    "B": "P",
    "S": "G",
    "WS": "W",
    "ON": "O",
    "LRE": "l",
    "RLE": "r",
    "LRO": "x",
    "RLO": "y",
    "PDF": "p",
    "LRI": "i",
    "RLI": "j",
    "FSI": "f",
    "PDI": "d",
}
"""The letter that stands for each class of UAX #9, table 4."""

ISOLATE_INITIATORS = "ijf"
EMBEDDINGS = "lrxy"
REMOVED = "lrxypB"
"""Classes that take no part in resolving (rule X9)."""

# Characters without a class of their own, because no version of Unicode that this Python knows has
# assigned them: DerivedBidiClass.txt gives them one by where they lie.
_UNASSIGNED = (
    (0x0590, 0x05FF, "R"),
    (0x0600, 0x07BF, "A"),
    (0x07C0, 0x085F, "R"),
    (0x0860, 0x08FF, "A"),
    (0x20A0, 0x20CF, "T"),
    (0xFB1D, 0xFB4F, "R"),
    (0xFB50, 0xFDCF, "A"),
    (0xFDD0, 0xFDEF, "B"),
    (0xFDF0, 0xFDFF, "A"),
    (0xFE70, 0xFEFF, "A"),
    (0xFFF0, 0xFFF8, "B"),
    (0x10800, 0x10CFF, "R"),
    (0x10D00, 0x10D3F, "A"),
    (0x10D40, 0x10EBF, "R"),
    (0x10EC0, 0x10EFF, "A"),
    (0x10F00, 0x10F2F, "R"),
    (0x10F30, 0x10F6F, "A"),
    (0x10F70, 0x10FFF, "R"),
    (0x1E800, 0x1EC6F, "R"),
    (0x1EC70, 0x1ECBF, "A"),
    (0x1ECC0, 0x1ECFF, "R"),
    (0x1ED00, 0x1ED4F, "A"),
    (0x1ED50, 0x1EDFF, "R"),
    (0x1EE00, 0x1EEFF, "A"),
    (0x1EF00, 0x1EFFF, "R"),
    (0xE0000, 0xE0FFF, "B"),
)
_NONCHARACTERS = (0xFFFE, 0xFFFF)
"""The last two of every plane."""


def classes_of(text: str) -> str:
    """One letter for each character of ``text``."""
    return "".join(map(class_of, text))


@cache
def class_of(character: str) -> str:
    """The letter for the class of one character."""
    known = unicodedata.bidirectional(character)
    return LETTERS[known] if known else _class_of_unassigned(ord(character))


def _class_of_unassigned(codepoint: int) -> str:
    if codepoint & 0xFFFF in _NONCHARACTERS:
        return "B"
    for first, last, letter in _UNASSIGNED:
        if first <= codepoint <= last:
            return letter
    return "L"
