"""By phone and from outside, on both databases: letting pass, typed words, keys, webhooks."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from queueapp.domain.access import Scope
from queueapp.domain.phone import PhoneRules
from queueapp.domain.refusal import Reason
from queueapp.domain.ticket import Channel
from queueapp.domain.words import CommandId, Revision, TicketId
from queueapp.operations.access_commands import (
    AddWebhook,
    CreateApiKey,
    ForgetWords,
    RemoveWebhook,
    RevokeApiKey,
)
from queueapp.operations.commands import (
    ApplyBranch,
    CallTicket,
    LeaveQueue,
    LetPass,
    MoveTicket,
    Reinstate,
    TakePlaceBack,
    Transfer,
    Undo,
)
from queueapp.operations.ports import Receipt
from queueapp.store.web_store import SqlWebStore
from tests.domain.samples import FIRST, LINES, MINA, SARA, at
from tests.operations.office import Office


def ticket_of(issued: Receipt) -> TicketId:
    assert issued.ticket is not None
    return issued.ticket


def three(office: Office) -> list[Receipt]:
    """Three people, half a minute apart."""
    issued = []
    for _ in range(3):
        issued.append(office.issue())
        office.later(seconds=30)
    return issued


def test_who_lets_two_pass_is_called_third(office: Office) -> None:
    first, second, third = three(office)
    office.do(LetPass(ticket=ticket_of(first), token=first.token, count=2))
    called = []
    for _ in range(3):
        called.append(office.call().label)
        office.start()
        office.finish()
    assert called == [second.label, third.label, first.label]


def test_a_place_that_was_taken_back_is_the_old_one(office: Office) -> None:
    first, *_ = three(office)
    office.do(LetPass(ticket=ticket_of(first), token=first.token, count=1))
    office.do(TakePlaceBack(ticket=ticket_of(first), token=first.token))
    assert office.call().label == first.label


def test_only_the_owner_lets_others_pass(office: Office) -> None:
    first, second, _ = three(office)
    with office.refuses(Reason.TICKET_UNKNOWN):
        office.do(LetPass(ticket=ticket_of(first), token=second.token, count=1))
    with office.refuses(Reason.TICKET_UNKNOWN):
        office.do(TakePlaceBack(ticket=ticket_of(first), token="\udcff"))


def test_letting_pass_twice_with_one_id_steps_back_once(office: Office) -> None:
    first, *_ = three(office)
    command = LetPass(
        command_id=CommandId(UUID(int=77)), ticket=ticket_of(first), token=first.token, count=1
    )
    assert office.do(command) == office.do(command)
    assert office.live.place(ticket_of(first), office.clock()) == 2


def test_a_clerks_undo_is_not_confused_by_it(office: Office) -> None:
    first, second, _ = three(office)
    office.call()
    office.do(LetPass(ticket=ticket_of(second), token=second.token, count=1))
    office.do(Undo(counter=FIRST, staff=SARA))
    assert office.call().label == first.label


def test_who_is_on_the_way_is_left_out_by_the_database_too(office: Office) -> None:
    rules = PhoneRules(distance=timedelta(minutes=5))
    office.do(ApplyBranch(branch=replace(office.branch, phone=rules)))
    office.issue(from_afar=True, channel=Channel.PHONE)
    with office.refuses(Reason.NOBODY_WAITING):
        office.call()
    here = office.issue()
    assert office.call().label == here.label
    office.start()
    office.finish()
    office.later(minutes=5)
    assert office.call().label == "A001"


@pytest.mark.parametrize("elsewhere", [{"to_service": LINES}, {"to_counter": FIRST}])
def test_who_is_on_the_way_still_is_after_being_moved(
    office: Office, elsewhere: dict[str, Any]
) -> None:
    on_the_way = from_afar(office)
    office.do(MoveTicket(staff=MINA, ticket=ticket_of(on_the_way), **elsewhere))
    with office.refuses(Reason.NOBODY_WAITING):
        office.call()
    office.later(minutes=20)
    assert office.call().label == on_the_way.label


def test_who_came_back_into_the_queue_is_as_far_away_as_before(office: Office) -> None:
    on_the_way = from_afar(office)
    office.do(LeaveQueue(ticket=ticket_of(on_the_way), token=on_the_way.token))
    office.do(Reinstate(staff=SARA, ticket=ticket_of(on_the_way)))
    with office.refuses(Reason.NOBODY_WAITING):
        office.call()
    office.later(minutes=20)
    assert office.call().label == on_the_way.label


def test_whom_a_clerk_has_seen_is_here_wherever_they_are_sent(office: Office) -> None:
    came_sooner = from_afar(office)
    office.do(CallTicket(counter=FIRST, staff=SARA, ticket=ticket_of(came_sooner)))
    office.do(Transfer(counter=FIRST, staff=SARA, to_service=LINES))
    assert office.call().label == came_sooner.label


def from_afar(office: Office) -> Receipt:
    """Somebody takes a ticket 20 minutes away from the branch."""
    phone = PhoneRules(distance=timedelta(minutes=20))
    office.do(ApplyBranch(branch=replace(office.branch, phone=phone)))
    return office.issue(from_afar=True, channel=Channel.PHONE)


def test_words_are_kept_beside_the_rating_and_forgotten(office: Office) -> None:
    web = SqlWebStore(office.store)
    issued = office.issue()
    office.serve()
    office.finish()
    office.rate(issued, 1, word="کند", contact="0912")
    office.rate(issued, 2, word="کند بود", contact="0912")  # changed within its time
    [typed] = web.words_since(office.branch.id, at(-60))
    assert (typed.word, typed.contact, typed.ticket) == ("کند بود", "0912", issued.ticket)
    assert not web.has_words_before(office.branch.id, office.clock())
    assert web.has_words_before(office.branch.id, office.later(seconds=1))
    office.do(ForgetWords(before=office.clock()))
    assert web.words_since(office.branch.id, at(-60)) == []


def test_keys_are_made_listed_and_revoked(office: Office) -> None:
    web = SqlWebStore(office.store)
    made = CreateApiKey(
        key_id="a1", owner="Web", scopes=frozenset({Scope.COUNTERS}), staff=SARA, secret_hash="h"
    )
    office.do(made)
    with office.refuses(Reason.KEY_NEEDS_STAFF):
        office.do(replace(made, command_id=CommandId(UUID(int=5)), staff=None))
    [key] = web.api_keys(office.branch.id)
    assert (key.owner, key.scopes, key.staff, key.revoked_at) == (
        "Web",
        frozenset({Scope.COUNTERS}),
        SARA,
        None,
    )
    office.do(RevokeApiKey(key_id="a1"))
    assert web.api_keys(office.branch.id)[0].revoked_at == office.clock()
    with office.refuses(Reason.KEY_UNKNOWN):
        office.do(RevokeApiKey(key_id="a1"))


def test_a_webhook_keeps_how_far_it_was_told(office: Office) -> None:
    web, branch = SqlWebStore(office.store), office.branch.id
    hook = UUID(int=9)
    added = office.do(
        AddWebhook(webhook_id=hook, owner="Web", url="https://a.b", kinds=frozenset(), secret="s")
    )
    [webhook] = web.webhooks(branch)
    assert webhook.told == added.revision
    office.issue()
    [event] = web.events_after(branch, added.revision, 10)
    assert (event.kind, event.label) == ("IssueTicket", "A001")
    claimed = office.clock() + timedelta(seconds=30)
    assert web.claim(branch, webhook, claimed)
    assert not web.claim(branch, webhook, claimed), "another has it"
    web.save_told(branch, webhook.after_failure(event.revision, office.clock()), claimed)
    [webhook] = web.webhooks(branch)
    assert (webhook.failures, webhook.retry_at) == (1, office.clock() + timedelta(seconds=5))
    office.do(RemoveWebhook(webhook_id=hook))
    assert web.webhooks(branch) == []
    with office.refuses(Reason.WEBHOOK_UNKNOWN):
        office.do(RemoveWebhook(webhook_id=hook))


def test_a_secret_is_made_up_once(office: Office) -> None:
    web = SqlWebStore(office.store)
    first = web.secret(office.branch.id, "join")
    assert len(first) == 32
    assert SqlWebStore(office.store).secret(office.branch.id, "join") == first
    assert web.secret(office.branch.id, "session") != first
    assert web.events_after(office.branch.id, Revision(10**9), 1) == []
