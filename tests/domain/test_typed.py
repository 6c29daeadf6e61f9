"""What people type is made plain in one place, whatever keyboard they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueapp.domain.typed import latin_digits, persian_letters, plain


@pytest.mark.parametrize("typed", ["1234567890", "۱۲۳۴۵۶۷۸۹۰", "١٢٣٤٥٦٧٨٩٠", "۱2٣۴5٦۷8٩۰"])
def test_every_set_of_digits_means_the_same(typed: str) -> None:
    assert latin_digits(typed) == plain(typed) == "1234567890"


def test_arabic_letters_become_persian_ones() -> None:
    assert persian_letters("كارت ملي همراه علىرضا") == "کارت ملی همراه علیرضا"


def test_a_note_keeps_its_joiners_and_its_digits() -> None:
    assert persian_letters("می\u200cخواهد ۲ سیم\u200cکارت") == "می\u200cخواهد ۲ سیم\u200cکارت"


def test_a_code_has_nothing_that_cannot_be_seen() -> None:
    assert plain(" \u2068س\u200cـارا ۱۲\u2069 ") == "سارا 12"


@given(st.text(max_size=20))
def test_what_is_plain_stays_as_it_is(typed: str) -> None:
    assert plain(plain(typed)) == plain(typed)
