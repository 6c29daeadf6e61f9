import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueapp.domain.numbering import parse_label
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
