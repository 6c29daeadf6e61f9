"""How the branch speaks: messages, digits, dates and waits in the language of whoever reads."""

from queueapp.language.language import Direction, Language
from queueapp.language.loading import UnknownLanguageError, available_languages, load_language

__all__ = [
    "Direction",
    "Language",
    "UnknownLanguageError",
    "available_languages",
    "load_language",
]
