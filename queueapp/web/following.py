"""One change feed for all who follow: what moved is computed once and sent to whom it concerns.

The feed's own thread computes; only what differs for a ticket is put into words and sent.
"""

import asyncio
import threading
import time
from collections.abc import Callable

from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import Revision, TicketId
from queueapp.language import Language
from queueapp.operations.ports import StoreUnavailable
from queueapp.web.context import WebContext
from queueapp.web.news import Concerned, Follower, Followers, News, concerned

LOOK_AGAIN_S = 10.0
"""A wait goes on also while nothing happens."""
AWAY = b"event: away\ndata: {}\n\n"
"""Told to phones when the database cannot be reached: what they show stands still."""


class Following:
    """Keeps the live picture, and everybody who follows a ticket in it."""

    def __init__(self, context: WebContext) -> None:
        self._context = context
        self._live: LiveBranch | None = None
        self._is_connected = False
        self._tokens: dict[str, TicketId] = {}
        self._followers = Followers()
        self._listeners: list[Callable[[Revision], None]] = []
        self._waiting: set[asyncio.Future[None]] = set()
        self.is_over = False
        """Nothing more will come: streams end."""
        self.pictures = 0
        """How many there were: one for each change, and for new estimates."""
        self._computing = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ticking: asyncio.Task[None] | None = None

    # -- the picture -----------------------------------------------------------------------------

    @property
    def live(self) -> LiveBranch:
        """The branch as it is; raises ``StoreUnavailable`` before the first look at it."""
        if self._live is None:
            raise StoreUnavailable("the branch was not read yet")
        return self._live

    @property
    def is_connected(self) -> bool:
        """Whether the database answers."""
        return self._is_connected

    @property
    def count(self) -> int:
        """How many follow now."""
        return self._followers.count

    def ticket(self, token: str) -> Ticket | None:
        """The ticket of today with this token."""
        ticket = self._tokens.get(token)
        return None if ticket is None else self.live.tickets.get(ticket)

    def count_of(self, ticket: TicketId) -> int:
        """How many follow this ticket."""
        return len(self._followers.of(ticket))

    def listen(self, listener: Callable[[Revision], None]) -> None:
        """Call ``listener`` on the event loop whenever something happened, with its revision."""
        self._listeners.append(listener)

    async def reached(self, revision: Revision, patience: float) -> bool:
        """Wait until the picture is of ``revision`` or later; false when it is not in time."""
        return await self._until(lambda: self.live.revision >= revision, patience)

    async def moved_since(self, pictures: int, patience: float) -> bool:
        """Wait until there were more than so many :attr:`pictures`; false when not in time."""
        return await self._until(lambda: self.pictures > pictures, patience)

    async def _until(self, is_so: Callable[[], bool], patience: float) -> bool:
        due = time.monotonic() + patience
        while not self.is_over and not is_so():
            moved = asyncio.get_running_loop().create_future()
            self._waiting.add(moved)
            try:
                async with asyncio.timeout(due - time.monotonic()):
                    await moved
            except TimeoutError:
                return False
            finally:
                self._waiting.discard(moved)
        return True

    # -- beginning and end -----------------------------------------------------------------------

    async def start(self) -> None:
        """Begin to follow the branch, and wait for the first picture of it."""
        self._loop = asyncio.get_running_loop()
        begun = asyncio.Event()
        loop = self._loop

        def moved(live: LiveBranch) -> None:
            self._moved(live)
            loop.call_soon_threadsafe(begun.set)

        self._context.feed.start(moved, self._connection_changed)
        await begun.wait()
        self._ticking = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        """End, and let everybody go."""
        self.let_go()
        if self._ticking is not None:
            self._ticking.cancel()
        await asyncio.to_thread(self._context.feed.stop)

    def let_go(self) -> None:
        """End every stream, so that a server that stops need not wait for them."""
        self.is_over = True
        self._wake()
        for follower in self._followers.every():
            follower.end()

    # -- following a ticket ----------------------------------------------------------------------

    def follow(self, ticket: Ticket, language: Language) -> Follower:
        """Send what is new about ``ticket`` from now on, beginning with how it stands."""
        follower = Follower(ticket.id, language)
        self._followers.add(follower)  # first, so that no change falls between
        self._deliver(News(self.live, self._context.clock()).for_each([follower]))
        return follower

    def leave(self, follower: Follower) -> None:
        """Send nothing more."""
        self._followers.remove(follower)

    # -- on the feed's thread --------------------------------------------------------------------

    def _moved(self, live: LiveBranch) -> None:
        before = self._live
        whom = concerned(before, live)
        self._tokens = _tokens(live, self._tokens, whom)
        self._live = live
        self._is_connected = True
        self._compute(whom)
        is_news = before is None or before.revision != live.revision
        self._on_loop(lambda: self._tell_listeners(live.revision if is_news else None))

    def _connection_changed(self, is_connected: bool) -> None:  # noqa: FBT001 - the port's callback
        self._is_connected = is_connected
        if is_connected:
            for follower in self._followers.every():
                follower.known = None  # say it anew: it stood still meanwhile
            self._compute()
        else:
            self._on_loop(lambda: self._deliver([(each, AWAY) for each in self._followers.every()]))

    def _compute(self, whom: Concerned | None = None) -> None:
        # Two threads come here: whoever is second must not tell of an older picture, nor first.
        with self._computing:
            live = self._live
            if live is None or not self._is_connected:
                return
            news = News(live, self._context.clock()).of(self._followers, whom)
            if news:
                self._on_loop(lambda: self._deliver(news))

    # -- on the event loop -----------------------------------------------------------------------

    def _on_loop(self, call: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call)

    def _deliver(self, news: list[tuple[Follower, bytes]]) -> None:
        for follower, told in news:
            follower.tell(told)

    def _tell_listeners(self, revision: Revision | None) -> None:
        self.pictures += 1
        self._wake()
        if revision is None:
            return
        for listener in self._listeners:
            listener(revision)

    def _wake(self) -> None:
        for moved in self._waiting:
            if not moved.done():
                moved.set_result(None)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN_S)
            await asyncio.to_thread(self._compute)


def _tokens(
    live: LiveBranch, known: dict[str, TicketId], whom: Concerned | None
) -> dict[str, TicketId]:
    """Which ticket each token opens; a new table only when there are other tickets."""
    if whom is None or len(known) > len(live.tickets):
        return {ticket.token: ticket.id for ticket in live.tickets.values()}
    new = {live.tickets[ticket].token: ticket for ticket in whom.changed if ticket in live.tickets}
    return known if new.keys() <= known.keys() else known | new
