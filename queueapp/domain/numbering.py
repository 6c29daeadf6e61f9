"""Ticket labels: how a number is written and how one that somebody typed is read."""

import re

from queueapp.domain.typed import plain
from queueapp.domain.words import ServiceCode

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


def label_order(letter: str, number: int) -> tuple[bool, int, str, int]:
    """Sorts numbers as people look for them: Latin letters, then Persian ones by their alphabet.

    The order of the code points puts ``پ`` and ``گ`` behind every other letter.
    """
    place = _ALPHABET.find(letter)
    return place >= 0, place, letter, number
