"""One customer's whole visit, over the real store, on both databases."""

import threading

import pytest

from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import LegState
from queueapp.operations.commands import CallNext, Finish, IssueTicket, SignOn, StartService, Undo
from queueapp.store.feed import SqlFeed
from tests.databases import PIN, open_sample
from tests.domain.samples import BILLS, FIRST, NORMAL, SARA, a_branch


def test_a_customer_is_issued_called_served_and_every_terminal_sees_it(database: str) -> None:
    branch = a_branch()
    store, operations = open_sample(database, branch, staff=(SARA,))
    pictures: list[LiveBranch] = []
    finished = threading.Event()

    def keep(live: LiveBranch) -> None:
        pictures.append(live)
        if live.served:
            finished.set()

    feed = SqlFeed(store, branch.id)
    feed.start(keep, lambda _connected: None)
    operations.handle(SignOn(counter=FIRST, staff=SARA, pin=PIN))
    issued = operations.handle(IssueTicket(service=BILLS, category=NORMAL, language="fa"))
    called = operations.handle(CallNext(counter=FIRST, staff=SARA))
    operations.handle(StartService(counter=FIRST, staff=SARA))
    operations.handle(Finish(counter=FIRST, staff=SARA))

    assert issued.label == "A001"
    assert called.ticket == issued.ticket
    assert finished.wait(60)
    feed.stop()
    assert [ticket.label for ticket, _ in pictures[-1].served] == ["A001"]
    store.close()


def test_the_same_command_twice_is_done_once_and_answered_alike(database: str) -> None:
    store, operations = open_sample(database, a_branch(), staff=(SARA,))
    operations.handle(SignOn(counter=FIRST, staff=SARA, pin=PIN))
    issue = IssueTicket(service=BILLS, category=NORMAL, language="fa")
    assert operations.handle(issue) == operations.handle(issue)
    call = CallNext(counter=FIRST, staff=SARA)
    assert operations.handle(call) == operations.handle(call)
    assert len(store.live(a_branch().id).tickets) == 1
    store.close()


def test_a_finish_is_taken_back_once_and_no_further(database: str) -> None:
    store, operations = open_sample(database, a_branch(), staff=(SARA,))
    operations.handle(SignOn(counter=FIRST, staff=SARA, pin=PIN))
    operations.handle(IssueTicket(service=BILLS, category=NORMAL, language="fa"))
    operations.handle(CallNext(counter=FIRST, staff=SARA))
    operations.handle(StartService(counter=FIRST, staff=SARA))
    operations.handle(Finish(counter=FIRST, staff=SARA))
    operations.handle(Undo(counter=FIRST, staff=SARA))

    in_hand = store.live(a_branch().id).in_hand(FIRST)
    assert in_hand is not None
    assert in_hand.leg.state is LegState.SERVING
    with pytest.raises(Refused) as refused:
        operations.handle(Undo(counter=FIRST, staff=SARA))
    assert refused.value.reason is Reason.NOTHING_TO_UNDO
    store.close()
