"""A command is done once, whenever the connection breaks and however often it is sent."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.pool import PoolProxiedConnection

from queueapp.domain.refusal import Reason, Refused
from queueapp.operations import commands as c
from queueapp.operations.ports import Event, StoreUnavailable
from queueapp.store.engine import is_sqlite
from queueapp.store.store import SqlStore
from queueapp.store.transaction import StoreTransaction
from tests.databases import PIN
from tests.domain.samples import BILLS, FIRST, LINES, NORMAL, SARA, SECOND
from tests.operations.office import AtDesk, Office, open_office

SARAS = AtDesk(staff=SARA, counter=FIRST)


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """Sara has a customer in hand, and another one waits."""
    opened = open_office(database)
    opened.sign_on()
    opened.issue()
    opened.issue()
    opened.serve()
    yield opened
    opened.store.close()


COMMANDS: list[Callable[[], c.Command]] = [
    lambda: c.IssueTicket(service=BILLS, category=NORMAL, language="fa"),
    lambda: c.SignOn(**SARAS, pin=PIN),
    lambda: c.Finish(**SARAS),
    lambda: c.Hold(**SARAS),
    lambda: c.AddService(**SARAS, service=LINES, here=True),
    lambda: c.Transfer(**SARAS, to_counter=SECOND),
    lambda: c.Undo(**SARAS),
    lambda: c.PauseDesk(**SARAS, reason="tea", minutes=5),
]


@pytest.mark.parametrize("make", COMMANDS, ids=lambda make: type(make()).__name__)
def test_a_receipt_lost_after_the_commit_is_given_again(
    office: Office, make: Callable[[], c.Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = make()
    with monkeypatch.context() as broken:
        lose_the_answer_to_the_commit(office.store, broken)
        with pytest.raises(StoreUnavailable):
            office.do(command)
    done = office.rows()

    office.later(minutes=1)
    receipt = office.do(command)

    assert office.rows() == done
    assert office.do(command) == receipt
    assert receipt == office.do(command)
    assert receipt.revision == office.live.revision


@pytest.mark.parametrize("make", COMMANDS, ids=lambda make: type(make()).__name__)
def test_a_connection_lost_before_the_commit_leaves_nothing_behind(
    office: Office, make: Callable[[], c.Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = make()
    before = office.rows()
    with monkeypatch.context() as broken:
        cut_the_connection_when_recording(office.store, broken)
        with pytest.raises(StoreUnavailable):
            office.do(command)
    assert office.rows() == before

    receipt = office.do(command)
    assert receipt.revision == office.live.revision == before["branch"][0][1] + 1


def test_one_command_sent_from_many_places_at_once_is_done_once(office: Office) -> None:
    issue = c.IssueTicket(service=LINES, category=NORMAL, language="fa")
    with ThreadPoolExecutor(8) as terminals:
        receipts = list(terminals.map(office.do, [issue] * 24))
    assert receipts == [receipts[0]] * 24
    assert len(office.live.waiting_for(LINES)) == 1


def test_a_call_sent_again_after_the_service_went_on_gives_the_old_receipt(office: Office) -> None:
    office.finish()
    call = c.CallNext(**SARAS)
    called = office.do(call)
    office.start()
    office.finish()
    assert office.do(call) == called
    assert office.live.in_hand(FIRST) is None


def test_the_id_of_another_command_is_refused_and_gives_nobody_its_receipt(office: Office) -> None:
    issue = c.IssueTicket(service=LINES, category=NORMAL, language="fa")
    office.do(issue)
    done = office.rows()
    with pytest.raises(Refused) as refused:
        office.do(c.Finish(**SARAS, command_id=issue.command_id))
    assert refused.value.reason is Reason.COMMAND_WAS_ANOTHER
    assert office.rows() == done


def lose_the_answer_to_the_commit(store: SqlStore, patch: pytest.MonkeyPatch) -> None:
    """Every commit is carried out, and then its connection is gone."""
    dialect = store.writing.dialect
    commit = dialect.do_commit

    def commit_and_lose(connection: PoolProxiedConnection) -> None:
        commit(connection)
        lost = connection.dbapi_connection
        assert lost is not None
        lost.close()
        kind = sqlite3 if is_sqlite(store.writing) else psycopg
        raise kind.OperationalError("the connection is lost")

    patch.setattr(dialect, "do_commit", commit_and_lose)


def cut_the_connection_when_recording(store: SqlStore, patch: pytest.MonkeyPatch) -> None:
    """All is written but the event; then the server ends the connection, or the disk fails."""
    record = StoreTransaction.record

    def cut_and_record(transaction: StoreTransaction, event: Event) -> None:
        if is_sqlite(store.writing):
            raise sqlite3.OperationalError("disk I/O error")
        driver: object = transaction._connection.connection.dbapi_connection
        assert isinstance(driver, psycopg.Connection)
        with store.reading.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:p)"), {"p": driver.info.backend_pid})
        record(transaction, event)

    patch.setattr(StoreTransaction, "record", cut_and_record)
