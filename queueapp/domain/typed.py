"""What people type, however their keyboard writes it: the one place that makes it plain.

Tickets are looked up, codes and PINs are compared and notes are kept in one way of writing. A
Persian phone, an Arabic keyboard and a Latin number pad write the same thing with different
characters; what is stored and compared has none of these differences.
"""

import unicodedata

_PERSIAN_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
"""Arabic keyboards write two of the Persian letters with code points of their own."""


def latin_digits(typed: str) -> str:
    """``typed`` with 0-9 for the digits of any script."""
    if typed.isascii():
        return typed
    return "".join(str(unicodedata.decimal(character, character)) for character in typed)


def persian_letters(typed: str) -> str:
    """``typed`` with the Persian ye and kaf for the Arabic ones; for names and notes."""
    return typed.translate(_PERSIAN_LETTERS)


def plain(typed: str) -> str:
    """A number or a code as it is compared: Latin digits, Persian letters, nothing invisible.

    Marks of direction come along when somebody pastes a number from a message; a joiner or a
    stretched letter means nothing in a code.
    """
    letters = persian_letters(latin_digits(typed))
    return "".join(
        character for character in letters if character != "ـ" and not _is_invisible(character)
    ).strip()


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf"
