"""Bring the catalogues up to date: ``python -m tests.language.refresh_catalogues``.

1. Run it: new messages are added, translations are kept, English fills itself in, and the messages
   that a language still lacks are listed with the files that use them.
2. Translate them in ``queueapp/language/catalogues/<language>/LC_MESSAGES/queueapp.po``.
3. Run it again: it compiles, and says that nothing is missing.

Messages that the sources no longer use are dropped; their translations are printed, in case one of
them was only reworded. Keep every ``{place}`` of the English sentence in the translation.
"""

import sys

from babel.messages.catalog import Catalog, Message

from queueapp.language.loading import available_languages
from tests.language import messages


def refresh(code: str) -> tuple[list[Message], list[Message]]:
    """Update and compile one language; what it lacks and what was dropped from it."""
    template = messages.extracted()
    catalogue = messages.read(code)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    if code == "en":
        _speak_for_themselves(catalogue)
    dropped = list(catalogue.obsolete.values())
    catalogue.obsolete.clear()
    messages.write(code, catalogue)
    missing = [m for m in messages.messages(catalogue) if not messages.is_translated(m)]
    return missing, dropped


def _speak_for_themselves(catalogue: Catalog) -> None:
    for message in messages.messages(catalogue):
        if not messages.is_translated(message):
            english = messages.originals(message)
            message.string = english if message.pluralizable else english[0]


def _report(code: str, missing: list[Message], dropped: list[Message]) -> str:
    lines = []
    for message in dropped:
        if messages.is_translated(message):
            was = " | ".join(messages.forms(message))
            lines.append(f"  no longer used: {messages.originals(message)[0]!r} was {was!r}")
    for message in missing:
        files = ", ".join(sorted({file for file, _line in message.locations}))
        lines.append(f"  to translate: {' | '.join(messages.originals(message))!r}  ({files})")
    summary = f"{len(missing)} to translate" if missing else "complete"
    place = messages.source(code).relative_to(messages.REPOSITORY)
    return "\n".join([f"{code}: {summary}  ({place})", *lines])


def main() -> None:
    """Refresh every language and print what is left to do."""
    for code in available_languages():
        missing, dropped = refresh(code)
        sys.stdout.write(_report(code, missing, dropped) + "\n")


if __name__ == "__main__":
    main()
