"""Opening a language by its code, with its catalogue read once."""

from gettext import GNUTranslations
from pathlib import Path
from zoneinfo import ZoneInfo

from queueapp.language.conventions import CONVENTIONS
from queueapp.language.language import Language

CATALOGUES = Path(__file__).parent / "catalogues"
DOMAIN = "queueapp"
"""What gettext calls a set of messages; the name of the catalogue files."""


class UnknownLanguageError(ValueError):
    """There is no catalogue for the language that was asked for."""


def available_languages() -> tuple[str, ...]:
    """The codes that :func:`load_language` knows."""
    return tuple(CONVENTIONS)


def load_language(code: str, *, zone: ZoneInfo) -> Language:
    """The language ``code``, with times on the clock of ``zone``.

    Raises :class:`UnknownLanguageError` when there is none.
    """
    if code not in CONVENTIONS:
        known = " or ".join(available_languages())
        raise UnknownLanguageError(f"There is no language {code!r}: choose {known}.")
    with compiled_catalogue(code).open("rb") as compiled:
        catalogue = GNUTranslations(compiled)
    return Language(code=code, zone=zone, conventions=CONVENTIONS[code], catalogue=catalogue)


def compiled_catalogue(code: str) -> Path:
    """The ``.mo`` file of a language; its source lies beside it as ``.po``."""
    return CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
