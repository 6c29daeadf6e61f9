"""A terminal's picture follows the branch, and outlives the database going away."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from queueapp.domain.estimate import Estimate, Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.staff import Role
from queueapp.domain.ticket import Channel
from queueapp.domain.words import BranchId, StaffCode
from queueapp.operations import commands as c
from queueapp.store.engine import is_sqlite
from queueapp.store.feed import SqlFeed
from queueapp.store.store import SqlStore
from tests.domain.samples import BILLS, COMPLAINTS, FIRST, LINES, MINA, NORMAL, REZA, SARA, SECOND
from tests.domain.samples import a_branch as a_plan
from tests.operations.office import AtDesk, Office, open_office
from tests.store.watching import Watcher, watching

SARAS = AtDesk(staff=SARA, counter=FIRST)


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    opened = open_office(database)
    opened.sign_on()
    yield opened
    opened.store.close()


@pytest.fixture
def watcher(office: Office) -> Iterator[Watcher]:
    """Somebody at another machine, with connections of its own."""
    other = SqlStore(office.store.url.render_as_string(hide_password=False), clock=office.clock)
    with watching(other, office.branch.id) as told:
        told.picture_at(1)
        yield told
    other.close()


def test_the_picture_follows_everything_that_happens(office: Office, watcher: Watcher) -> None:
    first = office.issue()
    office.issue(LINES)
    assert first.ticket is not None
    for command in (
        c.CallNext(**SARAS),
        c.Recall(**SARAS),
        c.StartService(**SARAS),
        c.AddService(**SARAS, service=LINES, here=True),
        c.Undo(**SARAS),
        c.Transfer(**SARAS, to_service=COMPLAINTS),
        c.SetCounterServices(staff=MINA, counter=FIRST, services=(COMPLAINTS, LINES)),
        c.SetServiceOpen(staff=MINA, service=BILLS, is_open=False),
        c.PauseRemoteTickets(staff=MINA, service=LINES),
        c.CallTicket(**SARAS, ticket=first.ticket),
        c.PauseDesk(**SARAS, reason="tea", minutes=5),
        c.StartService(**SARAS),
        c.Finish(**SARAS),
        c.RateService(ticket=first.ticket, score=5, channel=Channel.COUNTER),
        c.AddStaff(code=StaffCode("omid"), name="Omid", role=Role.CLERK, pin="1234"),
        c.ApplyBranch(branch=a_plan(auto_call=True)),
    ):
        receipt = office.do(command)
        assert watcher.picture_at(receipt.revision) == office.live, type(command).__name__
    assert watcher.connection == []


def test_the_picture_turns_to_the_new_day(office: Office, watcher: Watcher) -> None:
    yesterday = office.issue()
    office.serve()
    office.issue()
    office.later(days=1)
    today = office.issue()
    assert watcher.picture_at(today.revision) == office.live
    assert {it.label for it in office.live.tickets.values()} == {"A001"}
    assert set(office.live.tickets) == {yesterday.ticket, today.ticket}
    finished = office.finish()
    assert watcher.picture_at(finished.revision) == office.live
    rated = office.rate(yesterday, 5)
    assert watcher.picture_at(rated.revision) == office.live


def test_a_day_that_a_wrong_clock_began_too_early_gives_the_picture_back(
    office: Office, watcher: Watcher
) -> None:
    office.issue()
    office.serve()
    office.finish()
    office.later(days=1)
    watcher.picture_at(office.issue().revision)
    office.later(days=-1)
    assert watcher.picture_at(office.issue(LINES).revision) == office.live


def test_new_estimates_are_told_without_a_command(office: Office, watcher: Watcher) -> None:
    revision = office.live.revision
    said = Estimates(
        made_at=office.clock(),
        revision=revision,
        arriving={(BILLS, NORMAL): Estimate(p10=1, p50=2, p80=3, p90=4)},
    )
    assert office.store.take_lease(office.branch.id, "test", timedelta(seconds=30))
    office.store.publish(office.branch.id, "test", said)
    watcher.wait_until(lambda: watcher.pictures[-1].estimates == said)
    assert watcher.pictures[-1] == office.live


def test_a_database_that_goes_away_is_told_once_and_so_is_its_return(
    office: Office, watcher: Watcher
) -> None:
    rename(office.store, "branch", "branch_gone")
    watcher.wait_until(lambda: watcher.connection == [False])
    rename(office.store, "branch_gone", "branch")
    watcher.wait_until(lambda: watcher.connection == [False, True])
    issued = office.issue()
    assert watcher.picture_at(issued.revision) == office.live
    assert watcher.connection == [False, True]


def test_what_nobody_foresaw_is_told_kept_and_tried_again(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    watcher = Watcher()

    def stumble_once(live: LiveBranch) -> None:
        if not watcher.connection:
            raise ZeroDivisionError
        watcher.see(live)

    feed = SqlFeed(office.store, office.branch.id)
    feed.start(stumble_once, watcher.hear)
    assert watcher.picture_at(1) == office.live
    feed.stop()
    assert watcher.connection == [False, True]
    assert "ZeroDivisionError" in caplog.text


def test_connections_that_the_server_cuts_are_made_again(office: Office, watcher: Watcher) -> None:
    if is_sqlite(office.store.writing):
        pytest.skip("SQLite has no server")
    with office.store.writing.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    office.store.close()  # its idle connections were cut too
    watcher.wait_until(lambda: watcher.connection == [False, True])
    issued = office.issue()
    assert watcher.picture_at(issued.revision) == office.live
    assert watcher.connection == [False, True]


def test_a_branch_with_a_very_long_name_is_told_of_too(database: str) -> None:
    office = open_office(database, a_plan(id=BranchId("branch-" * 12)))
    with watching(office.store, office.branch.id) as watcher:
        watcher.picture_at(1)
        assert watcher.picture_at(office.issue().revision) == office.live
    office.store.close()


def test_a_restored_older_database_replaces_the_picture(office: Office, watcher: Watcher) -> None:
    office.sign_on(REZA, SECOND)
    watcher.picture_at(office.issue().revision)
    with office.store.writing.begin() as connection:
        for table in ("event", "leg", "ticket", "number_series"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("UPDATE branch SET revision = 2"))
        connection.execute(text("UPDATE desk SET revision = 2"))
    issued = office.issue(LINES)
    watcher.wait_until(lambda: watcher.pictures[-1].revision == issued.revision)
    assert watcher.pictures[-1] == office.live


def rename(store: SqlStore, old: str, new: str) -> None:
    with store.writing.begin() as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))
