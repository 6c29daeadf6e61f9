"""The base of every screen of a role."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size

from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Refused
from queueapp.language import Language
from queueapp.operations.commands import Command
from queueapp.operations.ports import Receipt
from queueapp.tui.connection_banner import ConnectionBanner
from queueapp.tui.context import TerminalContext
from queueapp.tui.curtain import Curtain
from queueapp.tui.dialog import Dialog
from queueapp.tui.key_bar import KeyBar
from queueapp.tui.keys import Key
from queueapp.tui.mirror import MirrorScreen

if TYPE_CHECKING:
    from queueapp.tui.terminal import Terminal

Result = TypeVar("Result")
Answer = TypeVar("Answer")
Shown = TypeVar("Shown", bound="RoleScreen[Any]")
Arguments = ParamSpec("Arguments")


def step(
    method: Callable[Concatenate[Shown, Arguments], Awaitable[None]],
) -> Callable[Concatenate[Shown, Arguments], None]:
    """Let an action take its time without holding up keys, clocks and the banner.

    The steps of a screen are carried out one after the other, in the order of their keys.
    """

    @wraps(method)
    def begin(screen: Shown, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        screen.begin(lambda: method(screen, *args, **kwargs))

    return begin


class RoleScreen(MirrorScreen[Result]):
    """A screen that shows a live branch in its own language.

    A subclass declares its ``KEYS``, yields its widgets in :meth:`body` and draws in :meth:`show`.
    """

    KEYS: ClassVar[tuple[Key, ...]] = ()
    MINIMUM_SIZE: ClassVar[tuple[int, int]] = (80, 24)
    """Columns and rows; below, a sentence covers the screen."""
    SPEAKS_IN_SHOW: ClassVar[bool] = False
    """Whether :meth:`show` says every word, so that another language needs no new widgets."""

    def __init_subclass__(cls, **options: bool) -> None:
        own: list[BindingType] = list(cls.__dict__.get("BINDINGS", ()))
        cls.BINDINGS = [*own, *(key.binding() for key in cls.__dict__.get("KEYS", ()))]
        super().__init_subclass__(**options)

    def __init__(self, *, language: str | None = None) -> None:
        """``language``: a code; else that of the screen that opened this one, or the terminal's."""
        super().__init__()
        self._language_code = language
        self._turn = asyncio.Lock()
        self._active_again = asyncio.Event()
        self._drawable = False
        self._drawn_for = Size(0, 0)

    # -- what a subclass has ---------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Yield the screen's own widgets."""
        yield from ()

    def classes_for(self, size: Size) -> Mapping[str, bool]:  # noqa: ARG002 - for subclasses
        """The style classes that a screen of ``size`` has (``True``) and has not."""
        return {}

    def show(self, live: LiveBranch) -> None:
        """Draw ``live``: once it is known, whenever it changes, and by :meth:`tick`."""

    def tick(self) -> None:
        """Draw again: a second has passed while this screen was the active one."""
        self.catch_up()

    @property
    def terminal(self) -> "Terminal":
        """The program this screen belongs to."""
        return cast("Terminal", self.app)

    @property
    def context(self) -> TerminalContext:
        """What the terminal was given."""
        return self.terminal.context

    @property
    def language(self) -> Language:
        """The language that this screen speaks."""
        return self.context.language_of(self._language_code or self.context.language)

    @property
    def live(self) -> LiveBranch | None:
        """The newest picture."""
        return self.terminal.live

    def now(self) -> datetime:
        """The database's time, aware, UTC."""
        return self.terminal.now()

    async def speak(self, language: str) -> None:
        """Go on in another language (a code)."""
        self._language_code = language
        if self.SPEAKS_IN_SHOW and not any(True for _ in self.terminal.above(self)):
            self.face(self.language.direction)
            self.catch_up()
        else:
            await self.recompose()

    def say(self, message: str, *, severe: bool = False) -> None:
        """Show a translated sentence for a few seconds, in the place of the one before."""
        # A fast clerk's messages would pile up over the list of who is next.
        self.app.clear_notifications()
        self.notify(message, severity="warning" if severe else "information", markup=False)

    async def do(self, command: Command) -> Receipt | None:
        """Carry out ``command``, however long it takes; say why when it is refused."""
        answer = await self.terminal.perform(command)
        if isinstance(answer, Refused):
            self.say(self.language.refusal(answer), severe=True)
            return None
        return answer

    # -- to other screens, always from a step ----------------------------------------------------

    async def ask(self, dialog: Dialog[Answer]) -> Answer | None:
        """Open ``dialog`` over this screen and wait for the answer; ``None``: called off."""
        await self._until_active()
        # What was said before the question lies over its answers, and may be of another customer.
        self.app.clear_notifications()
        dialog.language = self.language
        return await self.app.push_screen_wait(dialog)

    async def open(self, screen: "RoleScreen[Answer]") -> Answer | None:
        """Open ``screen`` over this one, in this one's language, and wait for its result."""
        await self._until_active()
        screen.take_language(self)
        return await self.app.push_screen_wait(screen)

    async def replace(self, screen: "RoleScreen[Any]") -> None:
        """Go on with ``screen`` in the place of this one, in its language; the step ends here."""
        await self._until_active()
        screen.take_language(self)
        # Not awaited: the step belongs to this screen, and goes with it.
        self.app.switch_screen(screen)

    def take_language(self, other: "RoleScreen[Any]") -> None:
        """Speak as ``other`` does, unless a language was asked for."""
        self._language_code = self._language_code or other.language.code

    async def _until_active(self) -> None:
        # In the demo somebody may have switched to another terminal while a command was on its
        # way: a screen that opened now would open there.
        while not self.is_active:
            self._active_again.clear()
            await self._active_again.wait()

    def begin(self, work: Callable[[], Awaitable[None]]) -> None:
        """Carry out ``work`` after the steps begun before it; see :func:`step`."""
        if self._turn.locked() and not self.terminal.connected:
            return  # one key is kept for when the database is back; a heap of them is not
        self.run_worker(self._in_turn(work), group="steps")

    async def _in_turn(self, work: Callable[[], Awaitable[None]]) -> None:
        async with self._turn:
            await work()

    @property
    def is_built(self) -> bool:
        """Whether its widgets are there to be asked."""
        return self._drawable

    # -- how it is drawn -------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """What the program puts above, banner, body, keys, and the curtain over them."""
        self._take_size()  # before there are widgets, which would all be styled a second time
        # Kept, because every drawing asks for them, and to look for them takes as long as it does.
        self._banner = ConnectionBanner(markup=False)
        self._key_bar = KeyBar()
        self._curtain = Curtain(markup=False)
        yield from self.terminal.above(self)
        yield self._banner
        yield from self.body()
        if self.all_keys():
            yield self._key_bar
        yield self._curtain

    async def recompose(self) -> None:
        """Build the widgets anew."""
        self._drawable = False
        await super().recompose()
        self._become_drawable()
        self.catch_up()

    def on_mount(self) -> None:
        """Be ready to draw: that comes when the screen is seen, which is next."""
        self._become_drawable()

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was shown."""
        self._active_again.set()
        self.catch_up()

    def on_resize(self) -> None:
        """Use what room there is now."""
        self._take_size()
        if self.size != self._drawn_for:
            self.catch_up()

    @property
    def size(self) -> Size:
        """Columns and rows: all there are, also before the first layout."""
        return super().size or self.app.size

    def _take_size(self) -> None:
        self.update_classes(self.classes_for(self.size), animate=False)

    def _become_drawable(self) -> None:
        self.face(self.language.direction)
        self._drawable = True

    def catch_up(self) -> None:
        """Draw everything that is known now."""
        if not self._drawable or not self.is_attached:
            return  # not built yet, or being taken down
        if not self._banner.is_attached or not self._curtain.is_attached:
            return  # the first and the last of its widgets are taken down before it
        live = self.live
        self._drawn_for = self.size
        terminal = self.terminal
        self._banner.show_connection(terminal.connection, terminal.lost_at, self.language)
        self._curtain.draw(
            self.size,
            self.MINIMUM_SIZE,
            self.language,
            live=live is not None,
            lost=self.terminal.lost_at is not None,
        )
        if live is not None:
            self.show(live)
        self._draw_keys()

    @classmethod
    def all_keys(cls) -> tuple[Key, ...]:
        """The keys of this screen and of the screens that it extends, its own first."""
        keys: list[Key] = []
        for base in cls.__mro__:
            # One screen may give a key two actions that take turns, such as pause and open.
            taken = {key.key for key in keys}
            keys.extend(key for key in base.__dict__.get("KEYS", ()) if key.key not in taken)
        return tuple(keys)

    def usable_keys(self) -> list[tuple[Key, bool]]:
        """The keys that are there now (``check_action``), with whether each does something."""
        judged = [(key, self.check_action(key.action, ())) for key in self.all_keys()]
        return [(key, bool(verdict)) for key, verdict in judged if verdict is not False]

    def _draw_keys(self) -> None:
        if self._key_bar.is_attached:
            keys = ((key, on) for key, on in self.usable_keys() if key.in_bar)
            self._key_bar.show_keys(keys, self.language)

    @step
    async def action_help(self) -> None:
        """Explain the keys."""
        from queueapp.tui.help_screen import HelpScreen  # noqa: PLC0415 - not needed at start

        await self.ask(HelpScreen([key for key, _ in self.usable_keys()]))
