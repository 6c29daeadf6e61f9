"""The section [phone]: what customers may do on their phones."""

from datetime import timedelta

import pytest

from queueapp.config.branch_difference import describe_difference
from queueapp.config.branch_file import parse_branch
from queueapp.config.problems import BranchFileError
from queueapp.domain.phone import PhoneRules
from tests.config.branch_texts import BRANCH


def test_without_the_section_the_usual_rules_count() -> None:
    assert parse_branch(BRANCH).phone == PhoneRules()


def test_every_rule_can_be_set() -> None:
    rules = "phone = { join = false, link = true, distance_minutes = 7, keep_words_days = 3 }\n"
    assert parse_branch(rules + BRANCH).phone == PhoneRules(
        join=False, link=True, distance=timedelta(minutes=7), keep_words=timedelta(days=3)
    )


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ('phone = "yes"', "phone: must be a section [phone]"),
        ("phone = { link = 1 }", "phone.link: must be true or false"),
        ("phone = { lnk = true }", 'did you mean "link"?'),
        ("phone = { distance_minutes = -1 }", "of 0 or more"),
        ("phone = { keep_words_days = 0 }", "a whole number of 1 or more"),
        ("phone = { keep_words_days = 99999 }", "must be at most 3650, not 99999"),
    ],
)
def test_a_mistake_is_told_with_its_key(written: str, sentence: str) -> None:
    with pytest.raises(BranchFileError) as failed:
        parse_branch(f"{written}\n{BRANCH}")
    assert sentence in str(failed.value)


def test_a_change_of_the_rules_is_said() -> None:
    old, new = parse_branch(BRANCH), parse_branch("phone = { link = true }\n" + BRANCH)
    assert describe_difference(old, new) == [
        "Phone: tickets by the branch's address changes from no to yes."
    ]
