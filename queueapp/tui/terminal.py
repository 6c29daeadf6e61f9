"""The program around the screens of a terminal: it carries what they share.

Roles are screens, so one program can show one of them or switch between several (modes). The app
itself holds the live picture, keeps a lost command until it is carried out, and locks a kiosk.
"""

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Refused
from queueapp.operations.commands import Command, StartDay
from queueapp.operations.ports import Receipt, StoreUnavailable
from queueapp.tui.collecting import Collecting
from queueapp.tui.connection_banner import Connection
from queueapp.tui.context import TerminalContext
from queueapp.tui.driver import keeping_cell_order
from queueapp.tui.held_key import HeldKey
from queueapp.tui.mirror import MirrorApp
from queueapp.tui.persian_window import PersianWindow
from queueapp.tui.role_screen import RoleScreen
from queueapp.tui.themes import THEMES

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 4.0
SLOW_S = 1.5
"""After so long without an answer people press once more, or go away."""
TELL_OF_WINDOW_S = 30
"""Long enough to read a setting, and gone before the first customer comes."""
BETWEEN_PICTURES = 0.05
"""Seconds; a branch that moves faster is drawn at this pace, so that keys stay quick."""
DRAW_ANEW_EVERY = 60
"""Seconds; a board hangs for months, and what a bad cable did to it goes by itself."""

LONGEST_BUILD_S = 2.0
LOOK_FOR_SCREEN_S = 0.005


class FeedMoved(Message):
    """The feed has something new; where it is, the terminal knows."""

    def can_replace(self, message: Message) -> bool:
        """A burst of changes is one."""
        return isinstance(message, FeedMoved)


class Terminal(MirrorApp[int], inherit_bindings=False):
    """One of the programs that people see; ``home`` makes its first screen.

    A program with several roles adds a mode for each further one and switches between them; the
    first is the mode ``home``.
    """

    CSS_PATH = Path(__file__).with_name("terminal.tcss")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "leave", show=False, priority=True)
    ]

    DEFAULT_MODE = "home"

    # A new picture is never equal to the last, and comparing two of them would take long. Screens
    # say themselves what of them is to be drawn anew.
    live: reactive[LiveBranch | None] = reactive(
        None, init=False, always_update=True, repaint=False
    )
    connected: reactive[bool] = reactive(default=True, init=False, repaint=False)

    def __init__(self, context: TerminalContext, home: Callable[[], Screen[Any]]) -> None:
        super().__init__()
        self.context = context
        self.window: PersianWindow | None = None
        """What is known of Persian in the window around; ``None`` when nobody asked."""
        self.collecting: Collecting | None = None
        """Looks for rubbish between keys; ``None``: Python does when it likes."""
        self.held_key = HeldKey()
        """Which key of its keyboard is still down, whatever screen is shown."""
        self.lost_at: datetime | None = None
        """Since when the database does not answer; ``None`` while it does."""
        self._newest: LiveBranch | None = None
        self._feed_connected = True
        self._commands_waiting = 0
        self._commands_slow = 0
        self._resting = False
        self._day_begun: date | None = None
        self._seconds = 0
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = context.theme
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(context.large_text, "-large-text")
        self.add_mode(self.DEFAULT_MODE, home)

    def add_mode(self, mode: str, base_screen: str | Callable[[], Screen[Any]]) -> None:
        """Add a role to switch to; ``base_screen`` makes its first screen when it is first seen."""
        if isinstance(base_screen, str):
            super().add_mode(mode, base_screen)
            return

        def first_screen() -> Screen[Any]:
            screen = base_screen()
            # Textual expects a result callback when it switches a screen away, and gives none to
            # the first one of a mode.
            screen._push_result_callback(self, None)  # noqa: SLF001
            return screen

        super().add_mode(mode, first_screen)

    def above(self, screen: RoleScreen[Any]) -> Iterable[Widget]:  # noqa: ARG002 - for subclasses
        """What stands above the body of every screen; a program with several roles says which."""
        return ()

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, with the order of cells left to us."""
        return keeping_cell_order(super().get_driver_class())

    def now(self) -> datetime:
        """The database's time, aware, UTC."""
        return self.context.clock()

    async def action_leave(self) -> None:
        """End the program."""
        await self.leave()

    async def leave(self) -> None:
        """End the program."""
        self.exit(0)

    # -- keys ------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Give keys to a screen whose widgets are there to take them."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._until_built()
        await super().on_event(event)

    async def _until_built(self) -> None:
        """What a fast hand types while a screen opens is meant for that screen."""
        deadline = time.monotonic() + LONGEST_BUILD_S
        while not _is_built(self.screen) and time.monotonic() < deadline:  # noqa: ASYNC110 - Textual tells nobody
            await asyncio.sleep(LOOK_FOR_SCREEN_S)

    # -- the live picture ------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Begin to follow the branch; end in good order when the program is told to end."""
        if sys.platform != "win32":
            # By itself the program would die on the spot, and leave the window unusable.
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit)
        self._tell_of_window()
        self.context.feed.start(self._feed_changed, self._feed_connection)
        self.set_interval(1.0, self._tick)

    def _tell_of_window(self) -> None:
        """Say what to set where Persian is known to come out wrong; of all else be silent."""
        if self.window is not None and self.window.wants_setting:
            english = self.context.language_of("en")  # Persian is what cannot be read there
            self.notify(self.window.told(english), markup=False, timeout=TELL_OF_WINDOW_S)

    async def on_unmount(self) -> None:
        """Stop following, without holding up what the feed's thread may still have to say."""
        await asyncio.to_thread(self.context.feed.stop)

    def _feed_changed(self, live: LiveBranch) -> None:
        # On the feed's thread: one assignment and one message are all that may happen here.
        self._newest = live
        self.post_message(FeedMoved())

    def _feed_connection(self, connected: bool) -> None:  # noqa: FBT001 - the port's signature
        self._feed_connected = connected
        self.post_message(FeedMoved())

    @property
    def connection(self) -> Connection:
        """How the database answers."""
        if not self._feed_connected:
            return Connection.LOST
        if self._commands_waiting:
            return Connection.FULL
        return Connection.BUSY if self._commands_slow else Connection.FINE

    def on_feed_moved(self) -> None:
        """Take what the feed has, unless a picture was drawn just now."""
        self._judge_connection()
        if not self._resting:
            self._take_newest()

    def _take_newest(self) -> None:
        self._resting = self._newest is not self.live
        if self._resting:
            self.live = self._newest
            self.set_timer(BETWEEN_PICTURES, self._take_newest)

    def watch_live(self) -> None:
        """Draw the new picture on every screen that can be seen."""
        self._catch_up()

    def watch_connected(self) -> None:
        """Say on every screen that can be seen whether the database answers."""
        self._catch_up()

    def _catch_up(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, RoleScreen):
                screen.catch_up()

    def _begin_day(self) -> None:
        """Close what yesterday left, once, before anybody reads it as today's queue."""
        if self.live is None:
            return
        today = self.live.branch.day(self.now())
        if self.live.day < today and self._day_begun != today:
            self._day_begun = today
            self.run_worker(self.perform(StartDay()), group="day")

    def _tick(self) -> None:
        if not self.screen_stack:  # the program is ending
            return
        self._begin_day()
        screen = self.screen
        if isinstance(screen, RoleScreen):
            screen.tick()
        self._seconds += 1
        if self._seconds % DRAW_ANEW_EVERY == 0:
            self.draw_anew()
        if self.collecting is not None:
            self.call_after_refresh(self.collecting.round)

    # -- commands --------------------------------------------------------------------------------

    async def perform(self, command: Command) -> Receipt | Refused:
        """Carry out ``command``; while the database is away, send the same one again and again."""
        pause = FIRST_PAUSE
        waited = False
        try:
            while True:
                try:
                    return await self._handled(command)
                except Refused as refused:
                    return refused
                except StoreUnavailable:
                    if not waited:
                        self._count_waiting(1)
                        waited = True
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            if waited:
                self._count_waiting(-1)

    async def _handled(self, command: Command) -> Receipt:
        """Carry out ``command``; that it takes its time is said."""
        is_told = False

        def tell() -> None:
            nonlocal is_told
            is_told = True
            self._count_slow(1)

        slow = asyncio.get_running_loop().call_later(SLOW_S, tell)
        try:
            return await asyncio.to_thread(self.context.operations.handle, command)
        finally:
            slow.cancel()
            if is_told:
                self._count_slow(-1)

    def _count_slow(self, change: int) -> None:
        self._commands_slow += change
        self._catch_up()

    def _count_waiting(self, change: int) -> None:
        self._commands_waiting += change
        self._judge_connection()

    def _judge_connection(self) -> None:
        connected = self._feed_connected and not self._commands_waiting
        if connected:
            self.lost_at = None
        elif self.lost_at is None:
            self.lost_at = self.now()
        self.connected = connected


def _is_built(screen: Screen[Any]) -> bool:
    return screen.is_built if isinstance(screen, RoleScreen) else screen.is_mounted


class LockedTerminal(Terminal, inherit_bindings=False):
    """A terminal that the public cannot leave: no key ends, suspends or opens anything.

    Call :func:`queueapp.tui.environment.scrub_environment` before Textual is imported; staff leave
    through a screen that awaits :meth:`leave`.
    """

    BINDINGS: ClassVar[list[BindingType]] = []
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    async def action_leave(self) -> None:
        """Stay."""

    async def action_quit(self) -> None:
        """Stay."""

    def action_suspend_process(self) -> None:
        """Stay."""
