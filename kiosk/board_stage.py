"""Whose call stands in the big place of the hall board, and for how long it stands out."""

from datetime import datetime

from queueapp.domain.calls import Call, CallNews

STANDS_OUT_FOR = 8.0
"""Seconds."""
SHOWN_FOR = 3.0
"""Seconds that a call has the big place before the next one takes it."""


class Stage:
    """Gives every call its seconds in the big place, the newest one at last.

    ``at`` is in seconds of a clock that never jumps: people read at their own pace, whatever the
    branch's clock does.
    """

    def __init__(self) -> None:
        self._news = CallNews()
        self._queue: list[Call] = []
        self._current: Call | None = None
        self._since: float | None = None

    @property
    def current(self) -> Call | None:
        """The call in the big place; ``None``: nobody is called anywhere."""
        return self._current

    def stands_out(self, at: float) -> bool:
        """Whether the call in the big place is still news."""
        return self._since is not None and at - self._since < STANDS_OUT_FOR

    def follow(self, calls: tuple[Call, ...], now: datetime, at: float) -> None:
        """Take the calls of the newest picture, the latest first."""
        self._queue.extend(self._news.of(calls, now))
        self._drop_what_is_over(calls)
        if self._queue and self._is_free(at):
            self._current, self._since = self._queue.pop(0), at
        elif self._current is None and calls:
            self._current, self._since = calls[0], None

    def _drop_what_is_over(self, calls: tuple[Call, ...]) -> None:
        present = {call.key for call in calls}
        self._queue = [call for call in self._queue if call.key in present]
        current = self._current
        if current is not None and current.of not in {call.of for call in calls}:
            self._current, self._since = None, None

    def _is_free(self, at: float) -> bool:
        if self._current is None or self._since is None:
            return True
        again = self._queue[0].of == self._current.of
        return again or at - self._since >= SHOWN_FOR
