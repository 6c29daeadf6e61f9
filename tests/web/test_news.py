"""Whom a change concerns: its ticket and its line, and of those only who stands elsewhere now."""

from datetime import timedelta

import pytest

from queueapp.domain.estimate import Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import TicketId
from queueapp.language import load_language
from queueapp.operations.ports import Receipt
from queueapp.web.news import Follower, Followers, News, concerned
from queueapp.web.ticket_state import ticket_state
from tests.domain.samples import LINES
from tests.operations.office import Office


def ids(*issued: Receipt) -> set[TicketId]:
    return {each.ticket for each in issued if each.ticket is not None}


def after(office: Office, before: LiveBranch) -> LiveBranch:
    """The picture as the feed makes it of the one before."""
    changes = office.store.changes(before)
    assert changes is not None
    return before.after(changes)


def test_a_call_concerns_its_line_and_nobody_else(office: Office) -> None:
    called, behind, elsewhere = office.issue(), office.issue(), office.issue(LINES)
    before = office.live
    office.call()
    whom = concerned(before, after(office, before))
    assert whom is not None
    assert set(whom.changed) == ids(called)
    assert set(whom.in_line) == ids(behind)
    assert not ids(elsewhere) & {*whom.changed, *whom.in_line}


def test_a_rating_concerns_its_ticket_only(office: Office) -> None:
    served = office.issue()
    office.issue()
    office.serve()
    office.finish()
    before = office.live
    office.rate(served, 4)
    whom = concerned(before, after(office, before))
    assert whom is not None
    assert (set(whom.changed), set(whom.in_line)) == (ids(served), set())


def test_new_waits_and_a_new_plan_concern_everybody(office: Office) -> None:
    office.issue()
    before = office.live
    assert concerned(None, before) is None
    branch = office.branch.id
    assert office.store.take_lease(branch, "test", timedelta(seconds=30))
    office.store.publish(
        branch, "test", Estimates(made_at=office.clock(), revision=before.revision)
    )
    assert concerned(before, after(office, before)) is None


def test_who_stands_where_they_stood_is_not_looked_at(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = [office.issue() for _ in range(5)]
    followers = Followers()
    for each in issued:
        assert each.ticket is not None
        followers.add(Follower(each.ticket, load_language("en", zone=office.branch.zone)))
    before = office.live
    assert len(News(before, office.clock()).of(followers, None)) == 5
    newest = office.issue()
    looked_at: list[str] = []

    def noted(live: object, ticket: Ticket, *rest: object) -> object:
        looked_at.append(ticket.label)
        return ticket_state(live, ticket, *rest)  # type: ignore[arg-type] # handed through as they came

    monkeypatch.setattr("queueapp.web.news.ticket_state", noted)
    live = after(office, before)
    told = News(live, office.clock()).of(followers, concerned(before, live))
    # Only the one who was the last, and may let somebody pass from now on.
    assert looked_at == ["A005"]
    assert [follower.ticket for follower, _ in told] == [issued[4].ticket]
    assert newest.ticket is not None
    assert followers.of(newest.ticket) == ()


def test_a_follower_who_has_gone_is_told_nothing(office: Office) -> None:
    issued = office.issue()
    assert issued.ticket is not None
    language = load_language("en", zone=office.branch.zone)
    one, other = Follower(issued.ticket, language), Follower(issued.ticket, language)
    followers = Followers()
    followers.add(one)
    followers.add(other)
    followers.remove(one)
    followers.remove(one)
    assert followers.count == 1
    told = News(office.live, office.clock()).of(followers, None)
    assert [follower for follower, _ in told] == [other]
