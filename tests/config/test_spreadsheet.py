"""What people typed is no program in somebody's spreadsheet."""

import pytest

from queueapp.config.spreadsheet import no_formula


@pytest.mark.parametrize(
    "typed",
    ['=HYPERLINK("http://evil.example")', "+1-cmd", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "=", "-"],
)
def test_a_formula_becomes_text(typed: str) -> None:
    assert no_formula(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", "paid in cash", "2-3", "-12", "+98912", "سالمند", "A=B"])
def test_everything_else_stays_as_it_was_typed(typed: str) -> None:
    assert no_formula(typed) == typed
