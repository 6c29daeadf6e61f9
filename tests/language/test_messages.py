"""Messages are filled with facts, each said in the language of the reader."""

import io
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from gettext import GNUTranslations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from queueapp.domain.staff import Role
from queueapp.domain.words import Text
from queueapp.language import Direction, Language, UnknownLanguageError, load_language
from queueapp.language.conventions import CONVENTIONS
from tests.language.speakers import ENGLISH, PERSIAN, TEHRAN

BILLS = Text({"en": "Bill payment", "fa": "پرداخت قبض"})


def speaker(code: str, one: str, many: str, *forms: str) -> Language:
    """A language whose catalogue holds one plural message."""
    catalogue = Catalog(locale=code)
    catalogue.add((one, many), forms)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Language(
        code=code,
        zone=TEHRAN,
        conventions=CONVENTIONS[code],
        catalogue=GNUTranslations(compiled),
    )


def test_each_language_knows_which_way_it_runs() -> None:
    assert (ENGLISH.code, ENGLISH.direction) == ("en", Direction.LEFT_TO_RIGHT)
    assert (PERSIAN.code, PERSIAN.direction) == ("fa", Direction.RIGHT_TO_LEFT)


def test_an_unknown_language_says_which_there_are() -> None:
    with pytest.raises(UnknownLanguageError, match=r"no language 'tlh': choose en or fa\."):
        load_language("tlh", zone=TEHRAN)


def test_a_language_code_is_not_a_path() -> None:
    with pytest.raises(ValueError, match="no language"):
        load_language("../catalogues/en", zone=TEHRAN)


def test_a_message_without_a_translation_is_said_in_english() -> None:
    unknown = "This sentence is in no catalogue."
    assert PERSIAN.text(unknown) == unknown


def test_nothing_is_said_as_nothing() -> None:
    assert PERSIAN.text("") == ""


def test_names_roles_and_figures_become_words() -> None:
    message = "{name}|{role}|{label}|{number}|{wait}|{time}|{day}"
    facts = {
        "name": BILLS,
        "role": Role.CLERK,
        "label": "A042",
        "number": 1234,
        "wait": timedelta(minutes=14),
        "time": datetime(2026, 11, 22, 7, 12, tzinfo=UTC),
        "day": date(2026, 11, 22),
    }
    assert ENGLISH.text(message, **facts) == (
        "Bill payment|clerk|A042|1,234|14 min|10:42|Sunday 22 November 2026"
    )
    assert PERSIAN.text(message, **facts) == (
        "پرداخت قبض|متصدی باجه|\N{FIRST STRONG ISOLATE}A۰۴۲\N{POP DIRECTIONAL ISOLATE}|۱٬۲۳۴|"
        "۱۴ دقیقه|۱۰:۴۲|یکشنبه ۱ آذر ۱۴۰۵"
    )


def test_a_name_that_lacks_this_language_is_shown_as_the_branch_wrote_it() -> None:
    assert PERSIAN.name(Text({"en": "Fibre 4G"})) == "Fibre 4G"


def test_braces_in_a_fact_stay_braces() -> None:
    said = ENGLISH.text("{note} for {staff}", note="{staff} {0} {x.__class__} {", staff="Sara")
    assert said == "{staff} {0} {x.__class__} { for Sara"


def test_a_message_cannot_look_into_a_fact() -> None:
    assert ENGLISH.text("{staff.__class__}", staff="Sara") == "{staff.__class__}"


def test_a_fact_may_have_any_name() -> None:
    assert ENGLISH.text("{message} {self}", message="one", self="two") == "one two"


def test_a_missing_fact_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError, match="staff"):
        ENGLISH.text("Ask {staff}")


def test_english_counts_one_and_many() -> None:
    english = speaker(
        "en",
        "{count} person waits",
        "{count} people wait",
        "{count} person waits",
        "{count} people wait",
    )
    said = [english.plural("{count} person waits", "{count} people wait", n) for n in (0, 1, 2000)]
    assert said == ["0 people wait", "1 person waits", "2,000 people wait"]


def test_persian_has_one_form_for_every_count() -> None:
    persian = speaker(
        "fa",
        "{count} waits for {service}",
        "{count} wait for {service}",
        "{count} نفر در انتظار {service}",
    )
    said = [
        persian.plural(
            "{count} waits for {service}", "{count} wait for {service}", n, service=BILLS
        )
        for n in (1, 12)
    ]
    assert said == ["۱ نفر در انتظار پرداخت قبض", "۱۲ نفر در انتظار پرداخت قبض"]


def test_a_language_loads_nothing_that_only_some_screens_need() -> None:
    program = (
        "import sys, zoneinfo; from queueapp.language import load_language;"
        "load_language('fa', zone=zoneinfo.ZoneInfo('Asia/Tehran'));"
        "print({'babel', 'persiantools', 'textual', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
