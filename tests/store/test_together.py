"""Commands that are committed as one: each as if alone, and after a failure none of them."""

import sqlite3
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.pool import PoolProxiedConnection

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Role
from queueapp.domain.words import StaffCode
from queueapp.operations import commands as c
from queueapp.operations.ports import Receipt, StoreUnavailable
from queueapp.store.engine import is_sqlite
from queueapp.store.store import SqlStore
from tests.databases import PIN
from tests.domain.samples import BILLS, FIRST, NORMAL, REZA, SARA, SECOND
from tests.operations.office import Office, open_office
from tests.store.test_exactly_once import (
    cut_the_connection_when_recording,
    lose_the_answer_to_the_commit,
)

NEW = StaffCode("new")


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Sara and Reza are signed on; two customers wait."""
    opened = open_office(database)
    opened.sign_on()
    opened.sign_on(REZA, SECOND)
    opened.issue()
    opened.issue()
    yield opened
    opened.store.close()


def an_issue() -> c.IssueTicket:
    return c.IssueTicket(service=BILLS, category=NORMAL, language="fa")


def calls() -> list[c.Command]:
    """Both desks call, and Sara calls once more with her customer still in hand."""
    return [
        c.CallNext(counter=FIRST, staff=SARA),
        c.CallNext(counter=FIRST, staff=SARA),
        c.CallNext(counter=SECOND, staff=REZA),
    ]


def test_each_sees_what_the_others_did_and_a_refused_one_leaves_nothing(office: Office) -> None:
    before = office.live.revision
    first, refused, second = office.operations.handle_together(calls())
    assert isinstance(first, Receipt)
    assert isinstance(refused, Refused)
    assert isinstance(second, Receipt)
    assert (first.label, second.label) == ("A001", "A002")
    assert refused.reason is Reason.TICKET_IN_HAND
    assert (first.revision, second.revision) == (before + 1, before + 2)
    assert office.live.revision == before + 2
    assert len(office.rows()["event"]) == before + 2


def test_one_that_was_done_before_gives_its_old_receipt(office: Office) -> None:
    issue = an_issue()
    done = office.do(issue)
    assert office.operations.handle_together([issue, issue]) == [done, done]
    assert len(office.live.tickets) == 3


def test_nobody_sees_any_before_all_are_kept(office: Office) -> None:
    before = office.live.revision
    with office.store.together(office.branch.id) as open_one:
        with open_one() as transaction:
            transaction.recorded(an_issue().command_id)
        assert office.live.revision == before
    assert office.live.revision == before  # it recorded nothing, so nothing of it was kept


def test_after_a_lost_connection_nothing_is_kept_of_any(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    issues = [an_issue(), an_issue()]
    before = office.rows()
    with monkeypatch.context() as broken:
        cut_the_connection_when_recording(office.store, broken)
        with pytest.raises(StoreUnavailable):
            office.operations.handle_together(issues)
    assert office.rows() == before
    labels = [each.label for each in map(office.do, issues)]
    assert labels == ["A003", "A004"]


def test_when_the_answer_to_the_commit_is_lost_all_are_found_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    issues = [an_issue(), an_issue()]
    with monkeypatch.context() as broken:
        lose_the_answer_to_the_commit(office.store, broken)
        with pytest.raises(StoreUnavailable):
            office.operations.handle_together(issues)
    done = office.rows()
    labels = [each.label for each in map(office.do, issues)]
    assert labels == ["A003", "A004"]
    assert office.rows() == done


def test_a_plan_that_was_not_kept_is_not_remembered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    adding = c.AddStaff(code=NEW, name="New", role=Role.CLERK, pin=PIN)
    calling = c.CallNext(counter=FIRST, staff=NEW)
    with monkeypatch.context() as broken:
        fail_to_commit(office.store, broken)
        with pytest.raises(StoreUnavailable):
            office.operations.handle_together([adding, calling])
    office.issue()  # takes the revision that the lost plan had
    with pytest.raises(Refused) as refused:
        office.do(calling)
    assert refused.value.reason is Reason.STAFF_MISSING


def test_a_new_day_begins_with_the_first_of_several(office: Office) -> None:
    office.later(days=1)
    first, second = office.operations.handle_together([an_issue(), an_issue()])
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert (first.label, second.label) == ("A001", "A002")


def fail_to_commit(store: SqlStore, patch: pytest.MonkeyPatch) -> None:
    """The disk is full at the end."""

    def refuse(_: PoolProxiedConnection) -> None:
        kind = sqlite3 if is_sqlite(store.writing) else psycopg
        raise kind.OperationalError("no space left")

    patch.setattr(store.writing.dialect, "do_commit", refuse)
