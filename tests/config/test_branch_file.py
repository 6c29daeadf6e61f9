"""What a branch file means."""

import subprocess
import sys
from datetime import time, timedelta
from pathlib import Path

import pytest

from queueapp.config.branch_file import parse_branch, read_branch
from queueapp.domain.branch import OpeningHours, Policy, Shift, Span, Weekday
from queueapp.domain.slot_rules import SlotRules
from queueapp.domain.words import CategoryCode, CounterNumber, ServiceCode, Text
from tests.config.branch_texts import BRANCH, with_line

LETTERS = ServiceCode("A")
EXPRESS = ServiceCode("ب")
MORNING = Span(starts=time(8), ends=time(14))
PAUSE = Span(starts=time(10, 30), ends=time(10, 45))
BY_APPOINTMENT = '[categories.appointment]\nname = "Appointment"\nby_appointment = true\n'


def test_a_file_on_the_disk_becomes_a_branch(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_text(BRANCH, encoding="utf-8")
    branch = read_branch(file)
    assert branch.id == "main"
    assert branch.name == Text({"en": "Post office", "fa": "اداره پست"})
    assert branch.time_zone == "Asia/Tehran"
    assert branch.languages == ("fa", "en")
    assert branch == parse_branch(BRANCH)


def test_a_file_from_a_windows_editor_is_the_same_branch(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_bytes(b"\xef\xbb\xbf" + BRANCH.replace("\n", "\r\n").encode())
    assert read_branch(file) == parse_branch(BRANCH)


def test_what_is_left_out_has_its_default() -> None:
    branch = parse_branch(with_line('languages = ["fa", "en"]', ""))
    assert branch.languages == ("fa", "en")
    assert branch.policy is Policy.ACCUMULATING
    assert branch.public_url is None
    assert not branch.call_is_start
    assert not branch.auto_call
    assert branch.hold_limit == timedelta(minutes=15)
    normal = branch.category(CategoryCode("normal"))
    assert (normal.weight, normal.head_start) == (1.0, timedelta(0))
    assert normal.at_kiosk
    assert not normal.needs_reason


def test_what_is_written_is_taken() -> None:
    rules = """\
policy = "strict"
public_url = "https://queue.example.com/tehran/"
call_is_start = true
auto_call = true
hold_limit_minutes = 7.5
"""
    branch = parse_branch(rules + BRANCH)
    assert branch.policy is Policy.STRICT
    assert branch.public_url == "https://queue.example.com/tehran"
    assert branch.call_is_start
    assert branch.auto_call
    assert branch.hold_limit == timedelta(seconds=450)


def test_services_have_persian_letters_and_opening_hours() -> None:
    branch = parse_branch(BRANCH)
    letters, express = branch.services
    assert (letters.code, express.code) == (LETTERS, EXPRESS)
    assert letters.spread == timedelta(seconds=90)
    assert letters.capacity is None
    assert letters.opening == ()
    assert express.capacity == 12
    assert express.name.in_language("en") == "پست پیشتاز"
    assert OpeningHours(weekday=Weekday.THURSDAY, span=Span(starts=time(8), ends=time(10, 30))) in (
        express.opening
    )
    assert [hours.weekday for hours in express.opening] == [0, 1, 2, 3, 5, 6]


def test_a_category_with_reasons_asks_for_one() -> None:
    priority = parse_branch(BRANCH).category(CategoryCode("priority"))
    assert priority.weight == 1.5
    assert priority.head_start == timedelta(minutes=10)
    assert priority.reasons == (Text({"en": "Elderly", "fa": "سالمند"}),)
    assert priority.needs_reason


def test_an_appointment_is_not_chosen_at_the_kiosk_unless_the_branch_says_so() -> None:
    section = '[categories.appointment]\nname = "Appointment"\nby_appointment = true\n'
    appointment = CategoryCode("appointment")
    assert not parse_branch(BRANCH + section).category(appointment).at_kiosk
    assert parse_branch(BRANCH + section + "at_kiosk = true\n").category(appointment).at_kiosk


def test_counters_keep_the_order_of_rank() -> None:
    first, second = parse_branch(BRANCH).counters
    assert (first.number, first.services) == (1, (LETTERS, EXPRESS))
    assert (second.number, second.services) == (2, (EXPRESS,))


def test_a_roster_entry_is_for_all_counters_or_for_those_it_names() -> None:
    first, second = parse_branch(BRANCH).counters
    thursday = Shift(weekday=Weekday.THURSDAY, span=Span(starts=time(8), ends=time(12)))
    assert Shift(weekday=Weekday.SATURDAY, span=MORNING, breaks=(PAUSE,)) in first.roster
    assert thursday in second.roster
    assert thursday not in first.roster
    assert [shift.weekday for shift in second.roster] == [0, 1, 2, 3, 5, 6]


@pytest.mark.parametrize(
    ("days", "weekdays"),
    [
        ('"sat"', [5]),
        ('"Saturday"', [5]),
        ('"sat-wed"', [5, 6, 0, 1, 2]),
        ('"fri - mon"', [4, 5, 6, 0]),
        ('["mon", "wed-thu"]', [0, 2, 3]),
        ('["sat", "sat-sun"]', [5, 6]),
        ('"every day"', [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_days_are_written_as_people_say_them(days: str, weekdays: list[int]) -> None:
    text = with_line('days = "sat-wed"', f"days = {days}")
    branch = parse_branch(text.replace('\nhours = "08:00-12:00"', '\nhours = "18:00-20:00"'))
    roster = branch.counter(CounterNumber(1)).roster
    assert [shift.weekday for shift in roster] == sorted(weekdays)


def test_a_whole_day_has_no_gap_before_midnight() -> None:
    branch = parse_branch(with_line('hours = "08:00-14:00"', 'hours = "00:00-24:00"'))
    assert branch.counter(CounterNumber(1)).roster[0].span.holds(time(23, 59, 59))


def test_hours_may_be_written_with_persian_digits() -> None:
    branch = parse_branch(with_line('hours = "08:00-14:00"', 'hours = "۸:۰۰-۱۴:۰۰"'))
    assert branch.counter(CounterNumber(1)).roster[0].span == MORNING


def test_outcomes_keep_the_order_of_the_file() -> None:
    branch = parse_branch(BRANCH + 'papers-missing = "Papers missing"\n')
    assert [outcome.code for outcome in branch.outcomes] == ["done", "papers-missing"]


def test_reading_a_branch_needs_no_heavy_library() -> None:
    program = (
        "import sys, queueapp.config.sample_branch as sample; sample.telecom_office();"
        "print({'pydantic', 'sqlmodel', 'textual', 'numpy'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert run.stdout.strip() == "set()"


def test_a_service_takes_appointments_as_its_section_says() -> None:
    section = (
        "[services.A.booking]\nslot_minutes = 20\nplaces = 2\nahead_days = 7\n"
        "early_minutes = 10\nlate_minutes = 0\non_page = false\n"
    )
    branch = parse_branch(BRANCH + BY_APPOINTMENT + section)
    assert branch.service(ServiceCode("A")).booking == SlotRules(
        length=timedelta(minutes=20),
        places=2,
        ahead=timedelta(days=7),
        early=timedelta(minutes=10),
        late=timedelta(0),
        on_page=False,
    )


def test_an_empty_section_means_the_usual_appointments_and_none_means_none() -> None:
    branch = parse_branch(BRANCH + BY_APPOINTMENT + "[services.A.booking]\n")
    assert [service.booking for service in branch.services] == [SlotRules(), None]
