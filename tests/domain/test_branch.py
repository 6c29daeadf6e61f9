import pytest

from queueapp.domain.branch import Category
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import CategoryCode, CounterNumber, OutcomeCode, ServiceCode, Text
from tests.domain.samples import (
    BILLS,
    COMPLAINTS,
    DONE,
    FIRST,
    LINES,
    NORMAL,
    SECOND,
    THIRD,
    a_branch,
    a_counter,
    a_service,
)


def test_a_branch_finds_what_it_has() -> None:
    branch = a_branch()
    assert branch.service(BILLS).code == BILLS
    assert branch.category(NORMAL).code == NORMAL
    assert branch.counter(SECOND).number == SECOND
    assert branch.outcome_choice(DONE).code == DONE


def test_a_branch_says_what_it_has_not() -> None:
    branch = a_branch()
    with pytest.raises(Refused, match="There is no service Z in this branch"):
        branch.service(ServiceCode("Z"))
    with pytest.raises(Refused, match="There is no category royal in this branch"):
        branch.category(CategoryCode("royal"))
    with pytest.raises(Refused, match="There is no counter 9 in this branch"):
        branch.counter(CounterNumber(9))
    with pytest.raises(Refused) as refused:
        branch.outcome_choice(OutcomeCode("gone"))
    assert refused.value.reason is Reason.OUTCOME_UNKNOWN


def test_a_retired_service_is_still_known_by_its_tickets_but_no_longer_offered() -> None:
    old = a_service(COMPLAINTS)
    branch = a_branch(services=(a_service(BILLS),), retired_services=(old,))
    assert branch.service(COMPLAINTS) == old
    assert old not in branch.services


def test_a_service_offered_again_is_the_offered_one() -> None:
    again = a_service(BILLS, capacity=3)
    branch = a_branch(services=(again,), retired_services=(a_service(BILLS),))
    assert branch.service(BILLS) == again


def test_whoever_just_takes_a_ticket_is_of_the_normal_category_wherever_it_stands() -> None:
    regulars = Category(code=CategoryCode("regulars"), name=Text({"en": "Regulars"}), weight=2.0)
    branch = a_branch(categories=(regulars, *a_branch().categories))
    assert branch.usual_category.code == NORMAL


def test_counters_serve_in_the_order_of_their_rank() -> None:
    counter = a_counter(SECOND)
    assert [counter.rank(service) for service in (LINES, BILLS, COMPLAINTS)] == [0, 1, 2]
    assert [c.number for c in a_branch().counters_serving(BILLS)] == [FIRST, SECOND]
    assert [c.number for c in a_branch().counters_serving(COMPLAINTS)] == [THIRD]


def test_changing_one_service_or_counter_leaves_the_others() -> None:
    branch = a_branch()
    closed = a_service(LINES, is_open=False)
    moved = a_counter(THIRD, services=(BILLS,))
    changed = branch.with_service(closed).with_counter(moved)
    assert changed.service(LINES) == closed
    assert changed.counter(THIRD) == moved
    assert changed.service(BILLS) == branch.service(BILLS)
    assert [c.number for c in changed.counters_serving(BILLS)] == [FIRST, SECOND, THIRD]
    assert branch.service(LINES).is_open


def test_a_name_falls_back_to_a_language_in_which_it_was_written() -> None:
    both = Text({"en": "Bill payment", "fa": "پرداخت قبض"})
    assert (both.in_language("fa"), str(both)) == ("پرداخت قبض", "Bill payment")
    assert Text({"fa": "شکایات"}).in_language("en") == "شکایات"
    assert Text().in_language("en") == ""


def test_every_reason_is_a_sentence() -> None:
    for reason in Reason:
        assert reason[0].isupper() or reason.startswith("{"), reason
        assert reason.endswith("."), reason
