"""Finds every message in the sources and reads and writes the catalogues that translate them."""

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from queueapp.language.loading import DOMAIN, compiled_catalogue

REPOSITORY = Path(__file__).parents[2]
SOURCES = ("queueapp", "kiosk", "counters")
SQL = REPOSITORY / "queueapp" / "store"
"""Left out: ``text(…)`` there is SQLAlchemy's, and the store says nothing to people."""
KEYWORDS = {"text": None, "sentence": None, "plural": (1, 2)}


def extracted() -> Catalog:
    """Every message that the sources use, without translations."""
    catalogue = Catalog(fuzzy=False)
    for package in SOURCES:
        found = extract_from_dir(
            REPOSITORY / package,
            keywords=KEYWORDS,
            directory_filter=lambda folder: Path(folder) != SQL,
        )
        for file, line, message, _comments, _context in found:
            catalogue.add(message, locations=[(f"{package}/{file}", line)])
    return catalogue


def source(code: str) -> Path:
    """The ``.po`` file of a language, which translators edit."""
    return compiled_catalogue(code).with_suffix(".po")


def read(code: str) -> Catalog:
    """The catalogue of a language as its ``.po`` file holds it; empty when there is none."""
    if not source(code).exists():
        return Catalog(
            locale=code,
            domain=DOMAIN,
            project=DOMAIN,
            version="1",
            header_comment="",
            msgid_bugs_address="",
            last_translator="",
            language_team="",
            fuzzy=False,
        )
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
    return message.string if isinstance(message.string, tuple) else (message.string or "",)


def originals(message: Message) -> tuple[str, ...]:
    """The English of a message: one sentence, or singular and plural."""
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def is_translated(message: Message) -> bool:
    """Whether every form is there and nobody marked it as doubtful."""
    return all(forms(message)) and not message.fuzzy
