"""The code on the kiosk, keys of other systems, and how often a webhook is tried."""

from datetime import timedelta
from uuid import UUID

import pytest

from queueapp.domain.access import ApiKey, Scope, id_of, is_key, new_key
from queueapp.domain.phone import check_join_code, code_of_now
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.webhook import LONGEST_RETRY, TRIES, Webhook
from queueapp.domain.words import BranchId, Revision
from tests.domain.samples import at

SECRET, OTHER = b"s" * 32, b"o" * 32
BRANCH = BranchId("azadi")


def test_a_code_stands_still_for_a_minute_and_lasts_five_more() -> None:
    code = code_of_now(SECRET, BRANCH, at(0))
    assert code_of_now(SECRET, BRANCH, at(0.9)) == code
    assert code_of_now(SECRET, BRANCH, at(1)) != code
    check_join_code(SECRET, BRANCH, code, at(6))
    with pytest.raises(Refused) as refused:
        check_join_code(SECRET, BRANCH, code, at(6.1))
    assert refused.value.reason is Reason.JOIN_CODE_OVER


@pytest.mark.parametrize("code", ["", ".", "zz.x", "7fffffff", "7fffffff.", "\udcff.\udcff"])
def test_what_was_not_signed_here_is_no_code(code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_join_code(SECRET, BRANCH, code, at(0))
    assert refused.value.reason is Reason.JOIN_CODE_WRONG


def test_another_branch_or_secret_makes_other_codes() -> None:
    for code in (code_of_now(OTHER, BRANCH, at(0)), code_of_now(SECRET, BranchId("x"), at(0))):
        with pytest.raises(Refused):
            check_join_code(SECRET, BRANCH, code, at(0))


def test_a_key_is_known_again_by_its_hash_alone() -> None:
    key_id, key, secret_hash = new_key()
    known = ApiKey(
        id=key_id,
        owner="Web site",
        scopes=frozenset({Scope.TICKETS}),
        secret_hash=secret_hash,
        created_at=at(0),
    )
    assert id_of(key) == key_id
    assert is_key(known, key)
    assert not is_key(known, key + "x")
    assert not is_key(known, "\udcff")
    assert id_of("nonsense") is None
    assert secret_hash not in repr(known)


def a_webhook() -> Webhook:
    return Webhook(
        id=UUID(int=1),
        owner="Web site",
        url="https://example.com",
        kinds=frozenset({"CallNext"}),
        secret="s",
        told=Revision(4),
    )


def test_a_webhook_that_refuses_is_tried_ever_more_seldom_and_then_goes_on() -> None:
    webhook, now = a_webhook(), at(0)
    pauses = []
    for _ in range(TRIES - 1):
        webhook = webhook.after_failure(Revision(5), now)
        assert webhook.retry_at is not None
        assert not webhook.is_due(now)
        pauses.append(webhook.retry_at - now)
        now = webhook.retry_at
        assert webhook.is_due(now)
    assert pauses[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert max(pauses) == LONGEST_RETRY
    assert webhook.told == 4
    webhook = webhook.after_failure(Revision(5), now)
    assert (webhook.told, webhook.left_out, webhook.failures) == (5, 1, 0)
    assert webhook.is_due(now)


def test_a_pause_from_before_the_clock_was_put_back_is_over() -> None:
    webhook = a_webhook().after_failure(Revision(5), at(0))
    assert webhook.is_due(at(0) - timedelta(days=1))


def test_a_webhook_wants_its_kinds_or_all() -> None:
    assert a_webhook().wants("CallNext")
    assert not a_webhook().wants("Finish")
