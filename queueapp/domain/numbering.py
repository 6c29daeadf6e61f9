"""Ticket labels: how a number is written and how one that somebody typed is read."""

import re
from datetime import datetime, timedelta

from queueapp.domain.typed import plain
from queueapp.domain.words import ServiceCode

PUT_BACK_AT_MOST = timedelta(minutes=10)
"""What a clock that is set by others is put back at a time."""
_LABEL = re.compile(r"(?:(?P<letter>[^\W\d_])[\s\-]*)?(?P<number>\d{1,6})")
_BETWEEN = re.compile(r"[\s\-]+")
_ALPHABET = "اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"


def label_of(letter: str, number: int) -> str:
    """How a number is written, in Latin digits: ``A042``."""
    return f"{letter}{number:03d}"


def parse_label(typed: str) -> tuple[ServiceCode | None, int] | None:
    """Read ``A042``, ``a 42``, ``ب۴۲`` or ``42``; ``None`` when it is no ticket number."""
    match = _LABEL.fullmatch(plain(typed))
    if match is None:
        return None
    letter = match["letter"]
    return ServiceCode(letter.upper()) if letter else None, int(match["number"])


def is_part_of(typed: str, label: str) -> bool:
    """Whether whoever types ``typed`` may mean the number ``label``; ``a4`` begins ``A042``."""
    wanted = _BETWEEN.sub("", plain(typed)).upper()
    if wanted in label:
        return True
    letter, figures = wanted[:1], wanted[1:].lstrip("0")
    return label.startswith(letter) and label[1:].lstrip("0").startswith(figures or " ")


def arrival_behind(before: datetime | None, now: datetime) -> datetime:
    """When the next number arrives: behind ``before``, when the number before it did.

    That is ``now``, unless the clock was put back in between: nobody overtakes the numbers before
    theirs. After a clock that was far ahead everybody would seem to come for as long, so then
    ``now`` it is.
    """
    if before is not None and timedelta(0) < before - now <= PUT_BACK_AT_MOST:
        return before + timedelta.resolution
    return now


def label_order(letter: str, number: int) -> tuple[bool, int, str, int]:
    """Sorts numbers as people look for them: Latin letters, then Persian ones by their alphabet.

    The order of the code points puts ``پ`` and ``گ`` behind every other letter.
    """
    place = _ALPHABET.find(letter)
    return place >= 0, place, letter, number
