"""The catalogues say everything that the sources say.

When one of these fails: ``python -m tests.language.refresh_catalogues`` tells what to translate.
"""

import io
import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from queueapp.domain.refusal import Reason
from queueapp.language import available_languages
from queueapp.language.loading import compiled_catalogue
from queueapp.language.states import LEG_STATES, OUTCOMES
from tests.language import messages
from tests.language.speakers import PERSIAN

PLACE = re.compile(r"\{\w+\}")
NAME_OF_KEY = re.compile(r"\bF\d{1,2}\b")
GLOSSARY = messages.REPOSITORY / "docs" / "reference" / "glossary.md"
STATE_IN_GLOSSARY = re.compile(r"^\| ([a-z ]+) \| ([^|]+) \|$", re.MULTILINE)
EVERY_LANGUAGE = pytest.mark.parametrize("code", available_languages())


@pytest.fixture(scope="module")
def used() -> Catalog:
    return messages.extracted()


def said_wrongly(code: str, marks: str) -> list[str]:
    """The translations that hold any of the characters ``marks``."""
    return [
        form
        for message in messages.messages(messages.read(code))
        for form in messages.forms(message)
        if any(mark in NAME_OF_KEY.sub("", PLACE.sub("", form)) for mark in marks)
    ]


def places(sentence: str) -> list[str]:
    return sorted(PLACE.findall(sentence))


def keeps_places(message: Message) -> bool:
    allowed = [places(original) for original in messages.originals(message)]
    return all(places(form) in allowed for form in messages.forms(message))


def test_the_sentences_of_the_domain_and_of_the_language_are_found(used: Catalog) -> None:
    found = {messages.originals(message)[0] for message in messages.messages(used)}
    assert {reason.value for reason in Reason} <= found
    assert {"clerk", "under 1 min", "Closed now", "Azar"} <= found


@EVERY_LANGUAGE
def test_every_message_is_translated(used: Catalog, code: str) -> None:
    translated = {
        messages.originals(message)
        for message in messages.messages(messages.read(code))
        if messages.is_translated(message)
    }
    wanted = {messages.originals(message) for message in messages.messages(used)}
    assert wanted - translated == set()


@EVERY_LANGUAGE
def test_no_message_is_kept_that_nobody_says(used: Catalog, code: str) -> None:
    kept = {messages.originals(message) for message in messages.messages(messages.read(code))}
    said = {messages.originals(message) for message in messages.messages(used)}
    assert kept - said == set()


@EVERY_LANGUAGE
def test_every_translation_keeps_the_places_for_facts(code: str) -> None:
    translated = filter(messages.is_translated, messages.messages(messages.read(code)))
    assert [message.id for message in translated if not keeps_places(message)] == []


@EVERY_LANGUAGE
def test_every_plural_has_all_forms_of_its_language(code: str) -> None:
    catalogue = messages.read(code)
    plurals = [m for m in messages.messages(catalogue) if m.pluralizable]
    assert [m.id for m in plurals if len(messages.forms(m)) != catalogue.num_plurals] == []


@EVERY_LANGUAGE
def test_the_compiled_catalogue_is_that_of_the_text(code: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, messages.read(code))
    assert compiled_catalogue(code).read_bytes() == compiled.getvalue()


def test_english_says_its_messages_as_they_are_written() -> None:
    changed = [
        message.id
        for message in messages.messages(messages.read("en"))
        if messages.forms(message) != messages.originals(message)
    ]
    assert changed == []


def test_persian_is_written_with_persian_letters_digits_and_marks() -> None:
    arabic_letters = "يكةى"
    arabic_digits = "٠١٢٣٤٥٦٧٨٩"
    latin_digits = "0123456789"
    latin_marks = '?,;"'
    assert said_wrongly("fa", arabic_letters + arabic_digits + latin_digits + latin_marks) == []


def test_the_glossary_names_the_states_as_the_screens_do() -> None:
    in_glossary = dict(STATE_IN_GLOSSARY.findall(GLOSSARY.read_text(encoding="utf-8")))
    states = [*LEG_STATES.values(), *OUTCOMES.values()]
    assert in_glossary == {state: PERSIAN.text(state) for state in states}
