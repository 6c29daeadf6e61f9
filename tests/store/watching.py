"""A terminal that watches a branch through its feed, and a test that waits for what it sees."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from queueapp.domain.live import LiveBranch
from queueapp.domain.words import BranchId
from queueapp.store.feed import SqlFeed
from queueapp.store.store import SqlStore

PATIENCE_S = 60


class Watcher:
    """Keeps every picture, and whether the database was there."""

    def __init__(self) -> None:
        self.pictures: list[LiveBranch] = []
        self.connection: list[bool] = []
        self._news = threading.Condition()

    def see(self, live: LiveBranch) -> None:
        with self._news:
            self.pictures.append(live)
            self._news.notify_all()

    def hear(self, connected: bool) -> None:
        with self._news:
            self.connection.append(connected)
            self._news.notify_all()

    def wait_until(self, what: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(what, PATIENCE_S), "it did not happen"

    def picture_at(self, revision: int) -> LiveBranch:
        """The picture at ``revision``, or the first one after it."""
        self.wait_until(lambda: bool(self.pictures) and self.pictures[-1].revision >= revision)
        return self.pictures[-1]


@contextmanager
def watching(store: SqlStore, branch: BranchId) -> Iterator[Watcher]:
    watcher = Watcher()
    feed = SqlFeed(store, branch)
    feed.start(watcher.see, watcher.hear)
    try:
        yield watcher
    finally:
        feed.stop()
