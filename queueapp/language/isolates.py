"""Facts in sentences of the other direction: each keeps its order, and leaves that around it.

Without an isolate the number after a code would be read as a part of it: in
«شمارهٔ A۰۴۲ ۵ دقیقه» the five would stand on the wrong side of the ticket. See UAX #9,
section 2.4.2.
"""

import re
from unicodedata import bidirectional

from queueapp.language.conventions import Direction

LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT ISOLATE}"
FIRST_STRONG = "\N{FIRST STRONG ISOLATE}"
END = "\N{POP DIRECTIONAL ISOLATE}"

_ISOLATE = re.compile("[\u2066-\u2068]")
_CLOSED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_OPEN = re.compile("[\u2066-\u2068].*", re.DOTALL)
_PARTED_FIGURES = re.compile(r"[+(]?\d[\d ()/]*[-+][\d\-+ ()/]*")
"""A phone number, or a date with hyphens: its groups would change places. Times, and ranges of
them, are written with other signs and run as the sentence does."""
_PERSIAN = re.compile("[\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters and signs; figures of any script run as what is around them."""


def isolated(fact: str, direction: Direction) -> str:
    """``fact`` as it has to stand in a sentence whose lines run in ``direction``."""
    if direction is Direction.LEFT_TO_RIGHT:
        return f"{FIRST_STRONG}{fact}{END}" if has_persian(fact) else fact
    if has_latin(fact) or _PARTED_FIGURES.fullmatch(fact):
        return f"{FIRST_STRONG}{fact}{END}"
    return fact


def signed_number(written: str, direction: Direction) -> str:
    """``written`` with its minus before its figures, where reading figures begins."""
    if direction is Direction.RIGHT_TO_LEFT and written.startswith("-"):
        return f"{LEFT_TO_RIGHT}{written}{END}"
    return written


def has_persian(text: str) -> bool:
    """Whether ``text`` has a letter that runs to the left."""
    return not text.isascii() and _PERSIAN.search(text) is not None


def has_latin(text: str) -> bool:
    """Whether ``text`` has letters that run to the right, those in isolates not counted."""
    if not text.isascii():
        text = _outside_isolates(text)
    return any(bidirectional(character) == "L" for character in text)


def _outside_isolates(text: str) -> str:
    replaced = int(_ISOLATE.search(text) is not None)
    while replaced:  # from the innermost on
        text, replaced = _CLOSED.subn("", text)
    return _OPEN.sub("", text)
