"""Ticket labels: how a number is written and how one that somebody typed is read."""

import re

from queueapp.domain.words import ServiceCode

_TYPED = re.compile(r"\s*(?:(?P<letter>[^\W\d_])[\s\-]*)?(?P<number>\d{1,6})\s*")
_PERSIAN = str.maketrans("يك", "یک")
"""Arabic keyboards write two of the Persian letters with code points of their own."""


def parse_label(typed: str) -> tuple[ServiceCode | None, int] | None:
    """Read ``A042``, ``a 42``, ``ب۴۲`` or ``42``; ``None`` when it is no ticket number."""
    match = _TYPED.fullmatch(typed)
    if match is None:
        return None
    letter = match["letter"]
    code = ServiceCode(letter.upper().translate(_PERSIAN)) if letter else None
    return code, int(match["number"])
