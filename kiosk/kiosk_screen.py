"""The base of every screen that a customer touches."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual import events
from textual.geometry import Size

from queueapp.domain.refusal import Refused
from queueapp.domain.staff import Permission
from queueapp.domain.typed import plain
from queueapp.domain.words import StaffCode, sentence
from queueapp.operations.ports import StoreUnavailable
from queueapp.tui.prompt_screen import PromptScreen
from queueapp.tui.role_screen import RoleScreen
from queueapp.tui.terminal import LockedTerminal

Result = TypeVar("Result")

STAFF_CHORD = frozenset({"ctrl+b", "ctrl+x"})
"""Staff press one of these, then ``q``, and sign in to end a locked kiosk.

Two, because tmux keeps ctrl+b for itself.
"""
STAFF_CHORD_END = frozenset({"q", "ض"})

STAFF_CODE = sentence("Staff only: your code")
STAFF_PIN = sentence("Your PIN")
CANNOT_SIGN_IN = sentence("The queue's database does not answer: try again when it is back.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long a kiosk waits for people, in seconds."""

    idle: float = 20
    """Nobody touched anything: back to the welcome screen."""
    ticket: float = 15
    """How long a fresh ticket is shown."""
    settle: float = 0.6
    """For so long after a change of screen a touch counts as the second half of a double tap.

    With 0, every touch counts, and so does every repetition of a key that is held down.
    """


class KioskScreen(RoleScreen[Result]):
    """Goes back to the start when nobody is there, forgives double taps, lets staff out.

    A key that is held down counts once: the next ticket, or a yes to leaving the queue, takes a
    press of its own.
    """

    MINIMUM_SIZE: ClassVar[tuple[int, int]] = (60, 20)
    USUAL_FROM, ROOMY_FROM = 24, 34
    """Rows."""
    NARROW, TIGHT = 90, 72
    """Columns, below which it is."""
    DEFAULT_CSS = """
    KioskScreen.-tight Card { padding: 0; }
    """

    def __init__(self, pace: Pace, *, language: str | None = None) -> None:
        super().__init__(language=language)
        self.pace = pace
        self.settled = True
        """Whether a touch is meant for this screen."""
        self._still_for = 0.0
        self._busy = False
        self._chord_begun = False

    def classes_for(self, size: Size) -> dict[str, bool]:
        """Low, usual or roomy; narrow; or so tight that a word needs every column of its card."""
        low, roomy = size.height < self.USUAL_FROM, size.height >= self.ROOMY_FROM
        return {
            "-low": low,
            "-usual": not low and not roomy,
            "-roomy": roomy,
            "-narrow": size.width < self.NARROW,
            "-tight": size.width < self.TIGHT,
        }

    # -- what a subclass may change --------------------------------------------------------------

    @property
    def patience(self) -> float:
        """Seconds without a touch after which :meth:`rest` comes."""
        return self.pace.idle

    def rest(self) -> None:
        """Nobody is there any more."""
        self.dismiss(None)

    def typed(self, event: events.Key) -> None:
        """A key was pressed that is not for staff."""

    def may_repeat(self) -> bool:
        """Whether the key that came last may come again at once: a figure of a number, say."""
        return False

    # -- time ------------------------------------------------------------------------------------

    @property
    def seconds_left(self) -> int:
        """Until :meth:`rest`, if nobody touches anything."""
        return max(0, round(self.patience - self._still_for))

    def tick(self) -> None:
        """One more second without a touch."""
        self._still_for += 1
        under_way = self._busy or self._turn.locked()
        if self._still_for >= self.patience and not under_way:
            self._still_for = 0
            self.rest()
            return
        super().tick()

    def settle(self) -> None:
        """Take touches for double taps for a moment, which begins when the screen can be seen."""
        if not self.pace.settle:
            return
        self.settled = False
        self.call_after_refresh(self.set_timer, self.pace.settle, self._have_settled)

    def _have_settled(self) -> None:
        self.settled = True

    # -- touches and keys ------------------------------------------------------------------------

    def once(self, work: Callable[[], Awaitable[None]]) -> None:
        """Begin ``work``, unless something is under way already or this was a double tap."""
        if self._busy or not self.settled:
            return
        self._busy = True
        self.begin(lambda: self._alone(work))

    async def _alone(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        finally:
            self._busy = False
            self._still_for = 0
            if self.is_attached:
                self.settle()

    def on_mouse_down(self) -> None:
        """Somebody is there."""
        self._still_for = 0

    def on_key(self, event: events.Key) -> None:
        """Somebody is there; it may be staff."""
        self._still_for = 0
        is_held = self.terminal.held_key.is_held(event)
        if is_held and self.pace.settle and not self.may_repeat():
            event.stop()
            return
        if event.key in STAFF_CHORD:
            self._chord_begun = True
            return
        chord_begun, self._chord_begun = self._chord_begun, False
        if chord_begun and (event.key in STAFF_CHORD_END or event.character in STAFF_CHORD_END):
            self.once(self._let_staff_out)
            return
        self.typed(event)

    # -- staff -----------------------------------------------------------------------------------

    async def _let_staff_out(self) -> None:
        if not isinstance(self.terminal, LockedTerminal):
            return  # nobody locked it: the program is left in the usual way
        code = await self.ask(
            PromptScreen(self.language.text(STAFF_CODE), longest=40, patience=self.pace.idle)
        )
        if not code:
            return
        pin = await self.ask(
            PromptScreen(
                self.language.text(STAFF_PIN),
                masked=True,
                only_digits=True,
                longest=12,
                patience=self.pace.idle,
            )
        )
        if pin and await self._may_leave(StaffCode(plain(code)), pin):
            await self.terminal.leave()

    async def _may_leave(self, code: StaffCode, pin: str) -> bool:
        try:
            await asyncio.to_thread(
                self.context.operations.sign_in, code, pin, Permission.UNLOCK_KIOSK
            )
        except Refused as refused:
            self.say(self.language.refusal(refused), severe=True)
        except StoreUnavailable:
            self.say(self.language.text(CANNOT_SIGN_IN), severe=True)
        else:
            return True
        return False
