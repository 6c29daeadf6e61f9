"""`branch apply` says what it is about to change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from queueapp.config.branch_difference import describe_difference
from queueapp.config.branch_file import parse_branch
from queueapp.domain.branch import Branch
from queueapp.domain.slot_rules import SlotRules
from queueapp.domain.words import ServiceCode
from tests.config.branch_texts import BRANCH, with_line

OLD = parse_branch(BRANCH)


def test_the_same_file_changes_nothing() -> None:
    assert describe_difference(OLD, parse_branch(BRANCH)) == []


@pytest.mark.parametrize("nothing_yet", [None, replace(OLD, services=(), counters=())])
def test_a_first_file_makes_a_new_branch(nothing_yet: Branch | None) -> None:
    assert describe_difference(nothing_yet, OLD) == [
        "A new branch main (Post office) with 2 services, 2 counters and 2 categories."
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "target_minutes = 10",
            "target_minutes = 12.5",
            "Service A (Letters): promised wait changes from 10 min to 12.5 min.",
        ),
        (
            "capacity = 12",
            "",
            "Service ب (پست پیشتاز): capacity changes from 12 to none.",
        ),
        (
            'languages = ["fa", "en"]',
            'policy = "fifo"',
            "Branch: policy changes from accumulating to fifo.",
        ),
        (
            'languages = ["fa", "en"]',
            "auto_call = true",
            "Branch: calls the next customer by itself changes from no to yes.",
        ),
        (
            "weight = 1.5",
            "weight = 2",
            "Category priority (Priority): weight changes from 1.5 to 2.",
        ),
        (
            'services = ["A", "ب"]',
            'services = ["ب", "A"]',
            "Counter 1: services changes from A, ب to ب, A.",
        ),
        (
            'hours = "08:00-12:00"',
            'hours = "08:00-24:00"',
            (
                "Counter 2: roster changes from "
                "Mon Tue Wed Sat Sun 08:00-14:00 (break 10:30-10:45), Thu 08:00-12:00 to "
                "Mon Tue Wed Sat Sun 08:00-14:00 (break 10:30-10:45), Thu 08:00-24:00."
            ),
        ),
        (
            'done = { en = "Done", fa = "انجام شد" }',
            'done = "Done"',
            "Outcome done (Done): name changes from Done / انجام شد to Done / Done.",
        ),
    ],
)
def test_each_change_is_one_sentence(old: str, new: str, sentence: str) -> None:
    assert describe_difference(OLD, parse_branch(with_line(old, new))) == [sentence]


def test_what_comes_and_what_goes_is_named() -> None:
    text = BRANCH.replace("[counters.2]", "[counters.3]").replace(
        "counters = [2]", "counters = [3]"
    )
    assert describe_difference(OLD, parse_branch(text)) == [
        "Counter 2 is removed.",
        "Counter 3 is added, serving ب.",
    ]


def test_another_order_of_categories_is_a_change() -> None:
    head, normal, rest = BRANCH.partition(
        '[categories.normal]\nname = { en = "Normal", fa = "عادی" }\n'
    )
    assert describe_difference(OLD, parse_branch(head + rest + normal)) == [
        "Categories are in another order: priority, normal."
    ]


def test_a_service_that_a_supervisor_closed_is_no_difference() -> None:
    closed = OLD.with_service(replace(OLD.service(ServiceCode("A")), is_open=False))
    assert describe_difference(closed, OLD) == []


def test_how_a_service_takes_appointments_is_told() -> None:
    rules = SlotRules(length=timedelta(minutes=20), on_page=False)
    booked = OLD.with_service(replace(OLD.service(ServiceCode("A")), booking=rules))
    [told] = describe_difference(OLD, booked)
    assert told == (
        "Service A (Letters): appointments changes from none to 1 each 20 min, up to 14 days ahead,"
        " check-in from 30 min before to 15 min after, not on the page."
    )
