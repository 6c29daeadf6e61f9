"""The branch as a process without a screen follows it: what is latest, and when that changed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from queueapp.bootstrap import OpenBranch
from queueapp.domain.live import LiveBranch


class Followed:
    """The latest picture of a branch, kept by its feed's thread for another."""

    def __init__(self) -> None:
        self.woken = threading.Event()
        """Set whenever there is another picture; whoever waits for it clears it."""
        self._latest: LiveBranch | None = None

    def latest(self) -> LiveBranch | None:
        """The branch as it was last seen; nothing before the first look."""
        return self._latest

    def keep(self, live: LiveBranch) -> None:
        """Take a new picture."""
        self._latest = live
        self.woken.set()


@contextmanager
def followed(opened: OpenBranch) -> Iterator[Followed]:
    """Follow a branch for as long as the block takes."""
    picture = Followed()
    feed = opened.feed()
    feed.start(picture.keep, lambda _is_connected: None)
    try:
        yield picture
    finally:
        feed.stop()
