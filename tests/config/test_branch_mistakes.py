"""Every mistake in a branch file is told at once, each with its line, its key and what to do."""

import re
from pathlib import Path

import pytest

from queueapp.config.branch_file import read_branch
from queueapp.config.problems import BranchFileError
from tests.config.branch_texts import BRANCH, mistakes_in, with_line


@pytest.mark.parametrize(
    ("line", "wrong", "expected"),
    [
        (
            'id = "main"',
            'id = "Main Office"',
            '1 id: must be small Latin letters, digits and dashes, not "Main Office"',
        ),
        (
            'id = "main"',
            "",
            '1 id: is missing: write a short name for this branch, such as "main"',
        ),
        (
            'time_zone = "Asia/Tehran"',
            'time_zone = "Asia/Teheran"',
            '3 time_zone: there is no time zone "Asia/Teheran": did you mean "Asia/Tehran"?',
        ),
        (
            'time_zone = "Asia/Tehran"',
            'time_zone = "Asia/Tehran"; ',
            "3: there is something left over at the end of this line",
        ),
        (
            'languages = ["fa", "en"]',
            'languages = ["fa", "en", "fa"]',
            '4 languages[3]: is there twice: "fa"',
        ),
        (
            'languages = ["fa", "en"]',
            'languages = ["fa", "en", "de"]',
            '4 languages[3]: must be "fa" or "en", not "de"',
        ),
        (
            'languages = ["fa", "en"]',
            'polcy = "fifo"',
            '4 polcy: is not a key that belongs here: did you mean "policy"?',
        ),
        (
            'languages = ["fa", "en"]',
            'policy = "fair"',
            '4 policy: must be "accumulating", "strict" or "fifo", not "fair"',
        ),
        (
            'languages = ["fa", "en"]',
            "auto_call = 1",
            "4 auto_call: must be true or false, not 1",
        ),
        (
            'languages = ["fa", "en"]',
            'public_url = "ftp://queue"',
            '4 public_url: must be an address like "https://queue.example.com", not "ftp://queue"',
        ),
        (
            'name = { en = "Letters", fa = "نامه" }',
            'name = { en = "Letters" }',
            '7 services.A.name: has no name in "fa", a language of this branch',
        ),
        (
            'name = { en = "Letters", fa = "نامه" }',
            'name = { en = "Letters", fa = "نامه", de = "Briefe" }',
            "7 services.A.name.de: is not a language of this program",
        ),
        (
            "target_minutes = 10",
            'target_minutes = "soon"',
            '8 services.A.target_minutes: must be a number of minutes above 0, not "soon"',
        ),
        (
            "target_minutes = 10",
            "target_minutes = nan",
            "8 services.A.target_minutes: must be a number of minutes above 0, not nan",
        ),
        (
            "target_minutes = 10",
            "target_minutes = 20000",
            "8 services.A.target_minutes: must be a number of minutes up to 10080, not 20000",
        ),
        (
            "target_minutes = 10",
            "",
            "6 services.A.target_minutes: is missing: write a number of minutes",
        ),
        (
            "capacity = 12",
            "capacity = 0",
            "17 services.ب.capacity: must be a whole number of 1 or more, not 0",
        ),
        (
            '  { days = ["thu"], hours = "08:00-10:30" },',
            '  { days = ["thur"], hours = "08:00-10:30" },',
            (
                "20 services.ب.opening[2].days[1]: must be weekdays like "
                '"sat-wed", ["sat", "mon"] or "every day", not "thur": did you mean "thu"?'
            ),
        ),
        (
            '  { days = ["thu"], hours = "08:00-10:30" },',
            '  { days = ["wed"], hours = "11:00-13:00" },',
            "20 services.ب.opening[2].hours: overlaps other hours on Wednesday",
        ),
        (
            '  { days = ["thu"], hours = "08:00-10:30" },',
            '  "thu 08:00-10:30",',
            (
                "20 services.ب.opening[2]: must be written as "
                '{ days = "sat-wed", hours = "08:00-14:00" }, not "thu 08:00-10:30"'
            ),
        ),
        (
            "[categories.normal]",
            "[categories.usual]",
            (
                "23 categories: the category for everybody else is missing: "
                "add a section [categories.normal]"
            ),
        ),
        (
            "[categories.normal]",
            "[categories.normal]\nby_appointment = true",
            ("24 categories.normal.by_appointment: the normal category is for those who just come"),
        ),
        (
            "weight = 1.5",
            "weight = -1",
            "28 categories.priority.weight: must be a number above 0, not -1",
        ),
        (
            "head_start_minutes = 10",
            "head_start_minutes = -5",
            (
                "29 categories.priority.head_start_minutes: "
                "must be a number of minutes of 0 or more, not -5"
            ),
        ),
        (
            'reasons = [{ en = "Elderly", fa = "سالمند" }]',
            "needs_reason = true",
            (
                "30 categories.priority.needs_reason: "
                "needs a list of reasons to choose from: add reasons = [ … ]"
            ),
        ),
        (
            'services = ["A", "ب"]',
            'services = ["A", "Q"]',
            '33 counters.1.services[2]: there is no service "Q" in this file',
        ),
        (
            'services = ["A", "ب"]',
            'services = ["A", "ب", "A"]',
            "33 counters.1.services[3]: service A is there twice",
        ),
        (
            'services = ["A", "ب"]',
            'services = ["ب"]',
            "6 services.A: no counter serves it: add its letter to the services of a counter",
        ),
        (
            "[counters.2]",
            "[counters.1]",
            "35: the section [counters.1] is there twice",
        ),
        (
            '[services."ب"]',
            "[services.A]",
            "12: the section [services.A] is there twice",
        ),
        (
            "counters = [2]",
            "counters = [2, 9]",
            "44 roster[2].counters[2]: there is no counter 9 in this file",
        ),
        (
            'hours = "08:00-14:00"',
            'hours = "14:00-08:00"',
            '40 roster[1].hours: must end later than it starts, on the same day, not "14:00-08:00"',
        ),
        (
            'hours = "08:00-14:00"',
            'hours = "8 to 14"',
            '40 roster[1].hours: must be hours like "08:00-14:00", not "8 to 14"',
        ),
        (
            'hours = "08:00-14:00"',
            'hours = "08:00-25:00"',
            '40 roster[1].hours: must be hours like "08:00-14:00", not "08:00-25:00"',
        ),
        (
            'breaks = ["10:30-10:45"]',
            'breaks = ["13:45-14:15"]',
            '41 roster[1].breaks[1]: must lie inside the hours of this entry, not "13:45-14:15"',
        ),
        (
            'breaks = ["10:30-10:45"]',
            'breaks = ["10:00-11:00", "10:30-10:45"]',
            '41 roster[1].breaks[2]: overlaps another break: "10:30-10:45"',
        ),
        (
            'days = "thu"',
            'days = "tue-thu"',
            "46 roster[2].hours: overlaps another roster entry for counter 2 on Tuesday",
        ),
        (
            'done = { en = "Done", fa = "انجام شد" }',
            "done = 1",
            (
                '49 outcomes.done: must be a name like { fa = "پرداخت قبض", en = "Bill payment" }, '
                "not 1"
            ),
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(line: str, wrong: str, expected: str) -> None:
    assert mistakes_in(with_line(line, wrong)) == [f"branch.toml:{expected}"]


def test_the_file_without_a_mistake_has_none() -> None:
    assert mistakes_in(BRANCH) == []


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines() -> None:
    text = (
        BRANCH.replace('"Asia/Tehran"', '"Mars"')
        .replace("spread_minutes = 4", 'spread_minutes = "a bit"')
        .replace("counters = [2]", "counters = [7]")
        .replace("mean_minutes = 3", "meen_minutes = 3")
    )
    places = [mistake.split(": ")[0] for mistake in mistakes_in(text)]
    assert places == [
        "branch.toml:3 time_zone",
        "branch.toml:6 services.A.mean_minutes",
        "branch.toml:9 services.A.meen_minutes",
        "branch.toml:16 services.ب.spread_minutes",
        "branch.toml:44 roster[2].counters[1]",
    ]


def test_an_overlap_of_many_days_and_counters_is_told_once() -> None:
    text = BRANCH + '[[roster]]\ndays = "every day"\nhours = "07:00-15:00"\n'
    assert len(mistakes_in(text)) == 1


@pytest.mark.parametrize(
    ("letter", "sentence"),
    [
        ("a", "tickets are numbered with the letter A: write it so"),
        ("\u064a", "tickets are numbered with the letter \u06cc: write it so"),
        ("AB", "the code of a service must be a single letter"),
        ("7", "the code of a service must be a single letter"),
        ("-", "the code of a service must be a single letter"),
    ],
)
def test_the_code_of_a_service_is_a_letter_as_tickets_show_it(letter: str, sentence: str) -> None:
    text = BRANCH.replace("[services.A]", f'[services."{letter}"]').replace('["A"', f'["{letter}"')
    assert mistakes_in(text) == [f"branch.toml:6 services.{letter}: {sentence}"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("two", "the name of a counter must be its number, from 1"),
        ("0", "the name of a counter must be its number, from 1"),
        ("-3", "the name of a counter must be its number, from 1"),
        ("02", "counter 2 is there twice"),
    ],
)
def test_the_name_of_a_counter_is_a_number_of_its_own(number: str, sentence: str) -> None:
    text = BRANCH + f'[counters.{number}]\nservices = ["A"]\n'
    assert mistakes_in(text) == [f"branch.toml:50 counters.{number}: {sentence}"]


@pytest.mark.parametrize("section", ["services", "categories", "counters"])
def test_an_empty_file_says_what_a_branch_needs(section: str) -> None:
    assert any(mistake.startswith(f"branch.toml:1 {section}: ") for mistake in mistakes_in(""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('id = "main', "1: this text has no closing quotation mark"),
        ('id = "a"\nid = "b"\n', "2: this key is written twice"),
        ("\nid = main\n", ("2: this value cannot be read: texts need quotation marks, "
         "lists square brackets")),
        ('\n\nlanguages = ["fa",\n', "3: the file ends in the middle of a value"),
        ("id main\n", "1: a key needs = and a value after it"),
    ],
)  # fmt: skip
def test_what_is_not_even_toml_is_told_with_its_line(text: str, expected: str) -> None:
    assert mistakes_in(text) == [f"branch.toml:{expected}"]


def test_sections_that_are_no_sections_are_told() -> None:
    assert "branch.toml:1 services: must be sections like [services.A], not 5" in mistakes_in(
        "services = 5\n"
    )
    assert "branch.toml:2 services.A: must be a section like [services.A], not true" in mistakes_in(
        "[services]\nA = true\n"
    )


@pytest.mark.parametrize(
    "value",
    [
        '""', '"x"', "0", "-1", "1.5", "1e300", "inf", "nan", "true", "1979-05-27", "07:30:00",
        "[]", "[[]]", "[1, {}]", '["x", true]', "{}", "{ en = 1 }", "{ fa = [], x = {} }",
    ],
)  # fmt: skip
def test_whatever_stands_in_the_place_of_a_value_is_told_in_words(value: str) -> None:
    lines = BRANCH.splitlines()
    for index, line in enumerate(lines):
        key, equals, _ = line.partition(" = ")
        if not equals or line.startswith(" "):
            continue
        text = "\n".join([*lines[:index], f"{key} = {value}", *lines[index + 1 :]])
        for mistake in mistakes_in(text):
            assert re.match(r"branch\.toml:[1-9]\d?( \S+)?: \w", mistake), mistake


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    missing = tmp_path / "branch.toml"
    with pytest.raises(BranchFileError) as caught:
        read_branch(missing)
    assert str(caught.value) == (
        f"{missing}: there is no such file: write one with `queueapp init`"
    )


def test_a_directory_instead_of_a_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(BranchFileError, match="the file cannot be read"):
        read_branch(tmp_path)


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_bytes('id = "main"\nname = "شعبه"\n'.encode("cp1256"))
    with pytest.raises(BranchFileError) as caught:
        read_branch(file)
    assert str(caught.value) == f"{file}:2: the file must be saved as UTF-8"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("slot_minutes = 0.5", "services.A.booking.slot_minutes: must be at least 1 minute"),
        ("slots = 3", "services.A.booking.slots: is not a key that belongs here"),
        ("places = 0", "services.A.booking.places: must be a whole number of 1 or more, not 0"),
        ("ahead_days = 999", "services.A.booking.ahead_days: must be at most 366, not 999"),
        ("late_minutes = -1", "services.A.booking.late_minutes: must be a number of minutes"),
        ('on_page = "no"', 'services.A.booking.on_page: must be true or false, not "no"'),
    ],
)
def test_a_mistake_about_appointments_is_told(line: str, expected: str) -> None:
    category = '[categories.appointment]\nname = "Appointment"\nby_appointment = true\n'
    [mistake] = mistakes_in(f"{BRANCH}\n{category}[services.A.booking]\n{line}\n")
    assert expected in mistake


def test_appointments_need_a_category_to_wait_in() -> None:
    [mistake] = mistakes_in(f"{BRANCH}\n[services.A.booking]\n")
    assert "services.A.booking: whoever has an appointment needs a category" in mistake
