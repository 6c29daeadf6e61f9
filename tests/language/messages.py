"""Finds every message in the sources and reads and writes the catalogues that translate them."""

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from queueapp.language.loading import DOMAIN, compiled_catalogue

REPOSITORY = Path(__file__).parents[2]
SOURCES = ("queueapp", "kiosk", "counters")
MARKED = {"sentence": None}
SPOKEN = {**MARKED, "text": None, "plural": (1, 2)}
WITHOUT_LANGUAGE = tuple(REPOSITORY / "queueapp" / layer for layer in ("domain", "config", "store"))
"""Layers that mark sentences but have no Language: ``text(…)`` there is something else, SQL say."""


def extracted() -> Catalog:
    """Every message that the sources use, without translations."""
    catalogue = Catalog(fuzzy=False)
    for package in SOURCES:
        for path in sorted((REPOSITORY / package).rglob("*.py")):
            is_silent = any(path.is_relative_to(layer) for layer in WITHOUT_LANGUAGE)
            found = extract_from_file("python", path, keywords=MARKED if is_silent else SPOKEN)
            for line, message, _comments, _context in found:
                catalogue.add(message, locations=[(str(path.relative_to(REPOSITORY)), line)])
    return catalogue


def source(code: str) -> Path:
    """The ``.po`` file of a language, which translators edit."""
    return compiled_catalogue(code).with_suffix(".po")


def read(code: str) -> Catalog:
    """The catalogue of a language as its ``.po`` file holds it; empty when there is none."""
    if not source(code).exists():
        return Catalog(locale=code, domain=DOMAIN, project=DOMAIN, header_comment="", fuzzy=False)
    with source(code).open("rb") as file:
        return read_po(file, locale=code, domain=DOMAIN)


def write(code: str, catalogue: Catalog) -> None:
    """Write both files of a language: the text for people and its compiled form."""
    source(code).parent.mkdir(parents=True, exist_ok=True)
    with source(code).open("wb") as file:
        # No line numbers: the file changes only when messages do.
        write_po(
            file,
            catalogue,
            width=100,
            ignore_obsolete=True,
            sort_by_file=True,
            include_lineno=False,
        )
    with compiled_catalogue(code).open("wb") as compiled:
        write_mo(compiled, catalogue)


def messages(catalogue: Catalog) -> list[Message]:
    """The messages of a catalogue without its header."""
    return [message for message in catalogue if message.id]


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form; empty when missing."""
    return (
        (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)
    )


def originals(message: Message) -> tuple[str, ...]:
    """The English of a message: one sentence, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def is_translated(message: Message) -> bool:
    """Whether every form is there and nobody marked it as doubtful."""
    return all(forms(message)) and not message.fuzzy
