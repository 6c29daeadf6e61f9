import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueapp.domain.numbering import is_part_of, label_order, parse_label
from queueapp.domain.words import ServiceCode
from tests.domain.samples import BILLS, COMPLAINTS, a_ticket


@pytest.mark.parametrize(
    ("typed", "letter", "number"),
    [
        ("A042", "A", 42),
        ("a 42", "A", 42),
        ("  a-042 ", "A", 42),
        ("42", None, 42),
        ("007", None, 7),
        pytest.param("ب۴۲", "ب", 42, id="Persian digits"),
        pytest.param("ب ٤٢", "ب", 42, id="Arabic-Indic digits"),
        pytest.param("۱۲۳۴", None, 1234, id="Persian digits alone"),
        pytest.param("A۰۴۲", "A", 42, id="Latin letter, Persian digits"),
        pytest.param("ي1", "ی", 1, id="the Arabic yeh means the Persian one"),
        pytest.param("ك1", "ک", 1, id="the Arabic kaf means the Persian one"),
        pytest.param("ب 042", "ب", 42, id="Latin digits behind a Persian letter"),
        pytest.param("ب-۰۴۲", "ب", 42, id="a dash between"),
        pytest.param("\u2068ب۰۴۲\u2069", "ب", 42, id="pasted with marks of direction"),
        pytest.param("ب\u200c۰۴۲", "ب", 42, id="a joiner between"),
    ],
)
def test_a_typed_label_is_read_however_it_was_typed(
    typed: str, letter: str | None, number: int
) -> None:
    assert parse_label(typed) == (letter, number)


@pytest.mark.parametrize(
    "typed", ["", " ", "A", "AB12", "12A", "A 1 2", "-42", "_42", "#7", "A1234567"]
)
def test_anything_else_is_no_ticket_number(typed: str) -> None:
    assert parse_label(typed) is None


@given(st.sampled_from([BILLS, COMPLAINTS]), st.integers(min_value=1, max_value=999_999))
def test_every_label_that_is_written_can_be_read_back(letter: ServiceCode, number: int) -> None:
    assert parse_label(a_ticket(number, service=letter).label) == (letter, number)


@given(st.text(max_size=12))
def test_whatever_is_typed_never_fails(typed: str) -> None:
    parse_label(typed)


@pytest.mark.parametrize("typed", ["42", "۴۲", "٠٤٢", "ب", "ب۴", "ب ۰۴۲", "ب42", "۰۴", ""])
def test_a_part_of_a_number_leads_to_it(typed: str) -> None:
    assert is_part_of(typed, "ب042")


@pytest.mark.parametrize("typed", ["a4", "A42", "a 042", "۴۲"])
def test_small_letters_lead_to_capitals(typed: str) -> None:
    assert is_part_of(typed, "A042")


@pytest.mark.parametrize("typed", ["43", "پ", "پ۴۲", "ب۴۳", "ب۲", "ب ب", "bye"])
def test_another_number_is_not_meant(typed: str) -> None:
    assert not is_part_of(typed, "ب042")


def test_letters_sort_by_their_alphabet_and_numbers_by_their_size() -> None:
    labels = [("ی", 1), ("پ", 2), ("ب", 30), ("B", 1), ("گ", 1), ("ب", 4), ("A", 9), ("ک", 1)]
    assert sorted(labels, key=lambda label: label_order(*label)) == [
        *[("A", 9), ("B", 1)],
        *[("ب", 4), ("ب", 30), ("پ", 2), ("ک", 1), ("گ", 1), ("ی", 1)],
    ]
