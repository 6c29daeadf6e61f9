"""Latin facts inside Persian sentences: each keeps its own order, and leaves that around it alone.

Without an isolate the number after a code would be read as a part of it: in
«شمارهٔ A۰۴۲ ۵ دقیقه» the five would stand on the wrong side of the ticket. See UAX #9,
section 2.4.2.
"""

import re
from unicodedata import bidirectional

FIRST_STRONG = "\N{FIRST STRONG ISOLATE}"
END = "\N{POP DIRECTIONAL ISOLATE}"

_CLOSED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_OPEN = re.compile("[\u2066-\u2068].*", re.DOTALL)
_PARTED_FIGURES = re.compile(r"[+(]?\d[\d ()/]*[-+][\d\-+ ()/]*")
"""A phone number, or a date with hyphens: its groups would change places. Times, and ranges of
them, are written with other signs and run as the sentence does."""


def isolated(fact: str) -> str:
    """``fact`` as it has to stand in a sentence that runs from right to left."""
    if has_latin(fact) or _PARTED_FIGURES.fullmatch(fact):
        return f"{FIRST_STRONG}{fact}{END}"
    return fact


def has_latin(text: str) -> bool:
    """Whether ``text`` has letters that run to the right, those in isolates not counted."""
    if FIRST_STRONG in text or "\u2066" in text or "\u2067" in text:
        text = _outside_isolates(text)
    return any(bidirectional(character) == "L" for character in text)


def _outside_isolates(text: str) -> str:
    replaced = 1
    while replaced:  # from the innermost on
        text, replaced = _CLOSED.subn("", text)
    return _OPEN.sub("", text)
