"""What wakes the feed on PostgreSQL; loaded only there, so that SQLite needs no psycopg."""

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from queueapp.domain.words import BranchId
from queueapp.store.engine import CONNECT_PATIENCE_S, KEEPALIVE
from queueapp.store.statements import channel


class NotifyHint:
    """Listens on a connection of its own, kept alive so that a dead server is noticed."""

    def __init__(self, conninfo: str, branch: BranchId) -> None:
        self._connection = psycopg.connect(
            make_conninfo(conninfo, connect_timeout=CONNECT_PATIENCE_S, **KEEPALIVE),
            autocommit=True,
        )
        self._connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel(branch))))

    def wait(self, seconds: float) -> bool:
        """Whether a notification has come, within ``seconds``."""
        return any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()
