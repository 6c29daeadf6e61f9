"""What is said of a call: as a row of recorded clips, or as a text to be spoken."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from queueapp.domain.calls import Call
from queueapp.domain.words import sentence
from queueapp.language import Language

CALL = sentence("Number {letter}, {number}, counter {counter}")
"""As it is spoken, not written: the comma keeps "A" from being taken for an article."""

NUMBER, TO_COUNTER, AND, THOUSAND = "number", "to-counter", "and", "thousand"

_SAYS_AND_BETWEEN_ALL = frozenset({"fa"})
"""Languages that say "and" between all parts of a number, not only after the hundreds."""
_SAYS_ONE_THOUSAND = frozenset({"en"})

_UNHEARD = dict.fromkeys(range(0x2066, 0x206A))
"""The marks that keep words apart where both directions meet on a screen."""

_EZAFE = re.compile(r"\b(شماره|باجه)(?= )")
"""Signs leave the mark of the ezafe out (شماره ۳); whoever reads aloud needs it (شمارهٔ ۳)."""

LETTER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ا": "Alef", "آ": "Aa", "ب": "Be", "پ": "Pe", "ت": "Te", "ث": "Se", "ج": "Jim",
        "چ": "Che", "ح": "He", "خ": "Khe", "د": "Dal", "ذ": "Zal", "ر": "Re", "ز": "Ze",
        "ژ": "Zhe", "س": "Sin", "ش": "Shin", "ص": "Sad", "ض": "Zad", "ط": "Ta", "ظ": "Za",
        "ع": "Eyn", "غ": "Gheyn", "ف": "Fe", "ق": "Ghaf", "ک": "Kaf", "گ": "Gaf", "ل": "Lam",
        "م": "Mim", "ن": "Noon", "و": "Vav", "ه": "He", "ی": "Ye",
    }
)  # fmt: skip
"""Persian letters as English says them; espeak-ng's Persian voice knows them, and Latin ones."""


def text_of(call: Call, language: Language) -> str:
    """The sentence for a synthetic voice."""
    letter: str = call.ticket.letter
    if language.code != "fa":
        letter = LETTER_NAMES.get(letter, letter)
    text = language.text(
        CALL, letter=letter, number=str(call.ticket.number), counter=str(call.counter)
    )
    return _EZAFE.sub("\\1ٔ", text.translate(_UNHEARD))


def clips_of(call: Call, code: str, has: Callable[[str], bool]) -> tuple[str, ...] | None:
    """The clips of the sentence in the language ``code``, by their names.

    ``has`` tells whether there is a clip of that name. ``None`` when any is missing: a sentence in
    two voices is worse than one in a robot's.
    """
    names = (
        NUMBER,
        f"letters/{call.ticket.letter}",
        *number_clips(call.ticket.number, code, has),
        TO_COUNTER,
        *number_clips(call.counter, code, has),
    )
    return names if all(map(has, names)) else None


def number_clips(number: int, code: str, has: Callable[[str], bool]) -> tuple[str, ...]:
    """A number (1 to 9999) as clips: one of its own if there is, else its parts."""
    whole = f"numbers/{number}"
    if has(whole):
        return (whole,)
    thousands, rest = divmod(number, 1000)
    hundreds, small = divmod(rest, 100)
    parts: list[tuple[str, ...]] = []
    if thousands:
        is_said = thousands > 1 or code in _SAYS_ONE_THOUSAND
        parts.append((f"numbers/{thousands}", THOUSAND) if is_said else (THOUSAND,))
    if hundreds:
        parts.append((f"numbers/{hundreds * 100}",))
    parts.extend(_below_hundred(small, code, has))
    return _joined(parts, code, is_above_hundred=number > 100)  # noqa: PLR2004 - a hundred


def _below_hundred(number: int, code: str, has: Callable[[str], bool]) -> list[tuple[str, ...]]:
    """Two parts in a language that says "and" between them, else one of two clips."""
    if not number:
        return []
    ones = number % 10
    is_one_word = number < 20 or not ones or has(f"numbers/{number}")  # noqa: PLR2004 - as we count
    if is_one_word:
        return [(f"numbers/{number}",)]
    tens = f"numbers/{number - ones}"
    if code in _SAYS_AND_BETWEEN_ALL:
        return [(tens,), (f"numbers/{ones}",)]
    return [(tens, f"numbers/{ones}")]


def _joined(parts: list[tuple[str, ...]], code: str, *, is_above_hundred: bool) -> tuple[str, ...]:
    said: list[str] = []
    for position, part in enumerate(parts):
        is_last = position == len(parts) - 1
        if position and (code in _SAYS_AND_BETWEEN_ALL or (is_last and is_above_hundred)):
            said.append(AND)
        said.extend(part)
    return tuple(said)
