"""All terminals of the demo in one program, each behind a function key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from queueapp.demo.people import PIN, YOU, YOUR_COUNTER
from queueapp.demo.role_bar import ROLES, RoleBar
from queueapp.demo.screens import first_screen
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import PrinterName
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.operations.commands import SignOn
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.context import TerminalContext
from queueapp.tui.role_screen import RoleScreen
from queueapp.tui.terminal import Terminal

SURE = sentence("End the demo? Its branch is deleted with everybody in it.")
SIGNED_OFF = sentence(
    "You have signed off. Press F3 to be at your counter again, or sign in here: code {code},"
    " PIN {pin}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a mode of the program shows: one role, in one language."""

    role: str
    language: str

    @property
    def mode(self) -> str:
        """The name of the mode."""
        return f"{self.role} {self.language}"


class DemoTerminal(Terminal, inherit_bindings=False):
    """The five terminals of one branch; come to the first counter, and you are its clerk."""

    TITLE = "queueapp demo"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(role.key, f"show('{role.name}')", show=False, priority=True) for role in ROLES),
        Binding("f9,ctrl+l", "next_language", show=False, priority=True),
        Binding("ctrl+q,ctrl+c", "leave", show=False, priority=True),
        Binding("q,ض", "leave", show=False),
    ]

    # The bar at the head goes from edge to edge.
    CSS = "RoleScreen { padding: 0 !important; }"

    def __init__(
        self,
        context: TerminalContext,
        *,
        speed: float | None = None,
        printer: PrinterName | None = None,
        join_code: Callable[[datetime], str] | None = None,
        come_to_counter: Callable[[], None] = lambda: None,
    ) -> None:
        """``speed``: how many times faster than life the branch lives, to be told.

        ``printer``: where the kiosk's tickets come out; ``join_code``: what it shows for phones.
        ``come_to_counter`` is called when you come to your counter, where somebody stood in.
        """
        self._first_screen = partial(first_screen, printer=printer, join_code=join_code)
        first = Place(role=ROLES[0].name, language=context.language)
        super().__init__(context, lambda: self._first_screen(first.role, first.language))
        self._modes_of = {first: self.DEFAULT_MODE}
        self._place = first
        self._speed = speed
        self._come_to_counter = come_to_counter
        self._was_signed_on = False

    @property
    def spoken(self) -> Language:
        """The language of the whole demo; a screen may have been switched to another one."""
        return self.context.language_of(self._place.language)

    def above(self, screen: RoleScreen[Any]) -> Iterable[Widget]:
        """Which key shows what."""
        return (RoleBar(self._place.role, YOUR_COUNTER, screen.language, self._speed),)

    # -- to and fro ------------------------------------------------------------------------------

    async def action_show(self, role: str) -> None:
        """Show the terminal of ``role``."""
        if role == "desk":
            self._come_to_counter()
            await self._be_signed_on()
        await self._go_to(Place(role=role, language=self._place.language))

    async def action_next_language(self) -> None:
        """Go on in the branch's next language, on every terminal."""
        if self.live is None:
            return
        languages = self.live.branch.languages
        following = (languages.index(self._place.language) + 1) % len(languages)
        await self._go_to(Place(role=self._place.role, language=languages[following]))

    async def _go_to(self, place: Place) -> None:
        # A mode for each language: every screen is made in its own, and keeps it.
        if place not in self._modes_of:
            self.add_mode(place.mode, lambda: self._first_screen(place.role, place.language))
            self._modes_of[place] = place.mode
        self._place = place
        await self.switch_mode(self._modes_of[place])

    # -- you at your counter ---------------------------------------------------------------------

    def watch_live(self) -> None:
        """Draw the new picture, and say how to come back when you have signed off."""
        super().watch_live()
        if self.live is None:
            return
        is_signed_on = _is_signed_on(self.live)
        if self._was_signed_on and not is_signed_on and self._place.role == "desk":
            words = self.spoken.text(SIGNED_OFF, code=YOU, pin=PIN)
            self.notify(words, markup=False, timeout=15)
        self._was_signed_on = is_signed_on

    async def _be_signed_on(self) -> None:
        """Sign on at your counter unless somebody is; what showed the sign-in shows the desk."""
        if self.live is None or _is_signed_on(self.live):
            return
        await self.perform(SignOn(staff=YOU, counter=YOUR_COUNTER, pin=PIN))
        for place in [place for place in self._modes_of if place.role == "desk"]:
            if place == self._place:
                await self.switch_screen(self._first_screen(place.role, place.language))
            else:
                await self.remove_mode(self._modes_of.pop(place))

    # -- the end ---------------------------------------------------------------------------------

    async def action_leave(self) -> None:
        """End the demo, if that is meant; a second time without asking."""
        if isinstance(self.screen, LeaveScreen):
            await self.leave()
            return
        question = LeaveScreen(self.spoken.text(SURE))
        question.language = self.spoken
        self.push_screen(question, self._leave_if)

    def _leave_if(self, answer: bool | None) -> None:  # noqa: FBT001 - what a dialog answers
        if answer:
            self.exit(0)


class LeaveScreen(ConfirmScreen):
    """Asks whether the demo shall end."""


def _is_signed_on(live: LiveBranch) -> bool:
    return live.desk(YOUR_COUNTER).state is not DeskState.CLOSED
