"""The API against its own document: everything that it allows, and a good deal that it does not.

In the suite a part of it; all 2,000 cases: ``python -m tests.web.contract``.
"""

from tests.web.contract import check

CASES_IN_THE_SUITE = 120


def test_no_answer_breaks_the_document() -> None:
    checked = check(CASES_IN_THE_SUITE)
    assert checked.failures == []
    assert checked.cases >= CASES_IN_THE_SUITE
