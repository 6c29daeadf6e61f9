"""A feed that begins later."""

import threading
from collections.abc import Callable

from queueapp.domain.live import LiveBranch
from queueapp.operations.ports import Feed

LOOK_S = 0.1
"""How soon it is noticed that nobody wants the feed any more."""


class FeedAfter:
    """Implements :class:`queueapp.operations.ports.Feed`: ``feed``, once ``beginning`` is set.

    While the branch makes up for its hour, screens that drew every change would hold it up.
    """

    def __init__(self, feed: Feed, beginning: threading.Event) -> None:
        self._feed = feed
        self._beginning = beginning
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(
        self,
        on_change: Callable[[LiveBranch], None],
        on_connection: Callable[[bool], None],
    ) -> None:
        """Begin as soon as it is time."""

        def wait() -> None:
            while not self._stopping.is_set():
                if self._beginning.wait(LOOK_S):
                    self._feed.start(on_change, on_connection)
                    return

        self._thread = threading.Thread(target=wait, name="feed after", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, whether it has begun or not."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        self._feed.stop()
