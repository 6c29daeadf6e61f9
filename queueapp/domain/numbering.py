"""Ticket labels: how a number is written and how one that somebody typed is read."""

import re
from datetime import date

from queueapp.domain.words import ServiceCode

_TYPED = re.compile(r"\s*(?P<letter>\D)?[\s\-]*(?P<number>\d{1,6})\s*")


def parse_label(typed: str) -> tuple[ServiceCode | None, int] | None:
    """Read ``A042``, ``a 42``, ``ب۴۲`` or ``42``; ``None`` when it is no ticket number."""
    match = _TYPED.fullmatch(typed)
    if match is None:
        return None
    letter = match["letter"]
    code = ServiceCode(letter.upper()) if letter and not letter.isspace() else None
    return code, int(match["number"])


def is_new_day(recorded: date | None, today: date) -> bool:
    """Whether the branch's recorded service day is over."""
    return recorded is None or recorded < today
