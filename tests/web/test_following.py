"""One picture for all who follow, made by two threads: the feed's, and time that passes."""

import asyncio
from collections.abc import Callable
from types import TracebackType

from queueapp.domain.live import LiveBranch
from queueapp.web.following import Following
from tests.operations.office import Office
from tests.web.sites import context_of


class FeedByHand:
    """Tells what a story tells it."""

    def __init__(self, live: LiveBranch) -> None:
        self._live = live
        self.tell: Callable[[LiveBranch], None] = lambda _live: None

    def start(
        self,
        on_change: Callable[[LiveBranch], None],
        on_connection: Callable[[bool], None],  # noqa: ARG002 - the port's
    ) -> None:
        self.tell = on_change
        on_change(self._live)

    def stop(self) -> None:
        pass


class Overtaken:
    """A lock for which somebody waits while another thread does ``meanwhile``."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self._meanwhile: Callable[[], None] | None = meanwhile

    def __enter__(self) -> None:
        if self._meanwhile is not None:
            do, self._meanwhile = self._meanwhile, None
            do()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass


def test_who_waited_for_its_turn_to_tell_does_not_tell_of_an_older_picture(office: Office) -> None:
    issued = office.issue(language="en")
    ticket = office.ticket(issued)
    waiting = office.live
    office.call()
    called = office.live

    async def story() -> bytes | None:
        feed = FeedByHand(waiting)
        context = context_of(office, feed=feed)
        following = Following(context)
        await following.start()
        follower = following.follow(ticket, context.language_of("en"))
        following._computing = Overtaken(lambda: feed.tell(called))  # type: ignore[assignment]
        following._compute()
        await following.stop()  # what was put on the loop before has been done by then
        return await follower.next(1)

    told = asyncio.run(story())
    assert told is not None
    assert b"counter 1" in told
