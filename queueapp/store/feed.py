"""The change feed: one thread that keeps a live picture and says when it moved.

A hint (NOTIFY, or SQLite's ``data_version``) only wakes it; what happened is read from the tables
by revision, and every two seconds also without a hint.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Protocol

from queueapp.domain.live import LiveBranch
from queueapp.domain.words import BranchId
from queueapp.operations.ports import StoreUnavailable
from queueapp.store.engine import conninfo, is_sqlite, reachable
from queueapp.store.plan import BranchMissing
from queueapp.store.store import SqlStore

POLL_S = 2.0
"""How long a hint may be missing before the feed looks by itself."""
LOOK_S = 0.05
"""How often SQLite is asked whether another connection has committed."""
STOP_S = 0.25
"""How often a feed that waits for PostgreSQL looks whether it shall end."""
RETRY_S = 0.5


class Hint(Protocol):
    """Something that wakes the feed."""

    def wait(self, seconds: float) -> bool:
        """Whether something may have happened; false when it did not within ``seconds``."""

    def close(self) -> None:
        """Give the connection back."""


class SqlFeed:
    """Implements :class:`queueapp.operations.ports.Feed`."""

    def __init__(self, store: SqlStore, branch: BranchId) -> None:
        self._store = store
        self._branch = branch
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._live: LiveBranch | None = None
        self._connected = True

    def start(
        self,
        on_change: Callable[[LiveBranch], None],
        on_connection: Callable[[bool], None],
    ) -> None:
        """Begin; both callbacks are called on the feed's own thread."""
        self._thread = threading.Thread(
            target=self._run, args=(on_change, on_connection), name="feed", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End, and wait until the thread has ended."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(
        self,
        on_change: Callable[[LiveBranch], None],
        on_connection: Callable[[bool], None],
    ) -> None:
        while not self._stopping.is_set():
            try:
                with reachable(), closing(_hint(self._store, self._branch)) as hint:
                    self._follow(hint, on_change, on_connection)
            except Exception as error:  # of whatever kind: a picture that stands still must say so
                self._live = None  # what comes back may be another database, restored from a copy
                if self._connected:
                    self._connected = False
                    if not isinstance(error, StoreUnavailable | BranchMissing):
                        logging.getLogger(__name__).exception("the branch cannot be followed")
                    on_connection(False)
                self._stopping.wait(RETRY_S)

    def _follow(
        self,
        hint: Hint,
        on_change: Callable[[LiveBranch], None],
        on_connection: Callable[[bool], None],
    ) -> None:
        """Read and tell until told to end, or until the database goes away."""
        while not self._stopping.is_set():
            moved = self._read()
            if not self._connected:
                self._connected = True
                on_connection(True)
            if moved is not None:
                on_change(moved)
            self._wait(hint)

    def _read(self) -> LiveBranch | None:
        """The new picture; ``None`` when nothing happened."""
        if self._live is None:
            self._live = self._store.live(self._branch)
            return self._live
        changes = self._store.changes(self._live)
        if changes is None:
            return None
        is_restored = changes.revision < self._live.revision  # from an older copy
        went_back = is_restored or changes.day < self._live.day  # or a wrong clock was set right
        self._live = self._store.live(self._branch) if went_back else self._live.after(changes)
        return self._live

    def _wait(self, hint: Hint) -> None:
        due = time.monotonic() + POLL_S
        while not self._stopping.is_set() and time.monotonic() < due:
            if hint.wait(STOP_S):
                return


class DataVersionHint:
    """Asks one held SQLite connection whether others have committed; a look costs 3 µs."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._seen = self._version()

    def wait(self, seconds: float) -> bool:
        """Whether another connection has committed, within ``seconds``."""
        due = time.monotonic() + seconds
        while time.monotonic() < due:
            version = self._version()
            if version != self._seen:
                self._seen = version
                return True
            time.sleep(LOOK_S)
        return False

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _version(self) -> int:
        [version] = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)


def _hint(store: SqlStore, branch: BranchId) -> Hint:
    if is_sqlite(store.reading):
        return DataVersionHint(store.url.database or "")
    from queueapp.store.notify_hint import NotifyHint  # noqa: PLC0415 - see there

    return NotifyHint(conninfo(store.url), branch)
