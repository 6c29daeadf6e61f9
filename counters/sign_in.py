"""Who is there: staff say their code and PIN before a desk opens or the wall lets them steer."""

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input

from counters.staff_screen import StaffScreen
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Refused
from queueapp.domain.staff import PIN_DIGITS, Permission, Staff
from queueapp.domain.typed import plain
from queueapp.domain.words import CounterNumber, StaffCode, sentence
from queueapp.operations.commands import SignOn
from queueapp.operations.ports import StoreUnavailable
from queueapp.tui.big_number import BigNumber
from queueapp.tui.keys import Key
from queueapp.tui.line_input import TAB_AT_ONCE, LineInput
from queueapp.tui.role_screen import RoleScreen, step
from queueapp.tui.wording import Wording

NOBODY_ON_STAFF = sentence(
    "Nobody is on the staff yet. Add the first person in another terminal with: queueapp staff add"
)
NO_CODE = sentence("Type your code first, then your PIN.")
NO_PIN = sentence("Type your PIN, too.")
UNAVAILABLE = sentence("The database does not answer just now. Please try again in a moment.")


class SignInScreen(StaffScreen[None]):
    """Asks for code and PIN, signs on at ``counter`` if there is one, and goes on with ``then``.

    ``then`` makes the screen to go on with; it is given the person. ``notice`` is a message that
    says why somebody sees this screen again.
    """

    KEYS = (
        Key(
            key="enter",
            action="sign_in",
            label=sentence("Sign in"),
            help=sentence("Sign in with your code and your PIN."),
        ),
        Key(
            key="ctrl+q",
            action="leave",
            label=sentence("Quit"),
            help=sentence("End the program."),
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False, priority=True),  # as Tab does
        *TAB_AT_ONCE,
    ]
    AUTO_FOCUS = "#code"
    DEFAULT_CSS = """
    SignInScreen .sign-in { width: 100%; height: 1fr; align: center middle; }
    SignInScreen .sign-in-place { width: 1fr; max-width: 44; height: auto; }
    SignInScreen .sign-in-place Static { width: 100%; text-align: center; }
    SignInScreen #place { text-style: bold; margin-bottom: 1; }
    SignInScreen #branch { margin-top: 1; }
    SignInScreen .sign-in-form { width: 46; height: auto; margin-right: 3; }
    SignInScreen #occupied { height: auto; margin-bottom: 1; color: $quiet; }
    SignInScreen Input { margin-bottom: 1; border: tall $line; background: $surface; }
    SignInScreen Input:focus { border: tall $primary; }
    SignInScreen Button { width: 100%; background: $panel; border: none; height: 3;
        content-align: center middle; }
    SignInScreen Button:focus { background: $primary 30%; text-style: bold; }
    SignInScreen #complaint { height: 3; margin-top: 1; }
    """

    def __init__(
        self,
        *,
        counter: CounterNumber | None,
        permission: Permission,
        then: Callable[[Staff], RoleScreen[Any]],
        notice: str = "",
        language: str | None = None,
    ) -> None:
        super().__init__(language=language)
        self._counter = counter
        self._permission = permission
        self._then = then
        self._notice = notice
        self._refused: Refused | None = None

    # -- how it is drawn -------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The place on one side, the two lines to fill in on the other."""
        text = self.language.text
        with Horizontal(classes="sign-in"):
            with Vertical(classes="sign-in-place"):
                yield Wording(id="place", markup=False)
                if self._counter is not None:
                    yield BigNumber(self.language.digits(str(self._counter)))
                yield Wording(id="branch", classes="quiet", markup=False)
            with Vertical(classes="sign-in-form"):
                yield Wording(id="occupied", markup=False)
                yield Wording(text("Your code"), markup=False)
                yield LineInput(id="code", max_length=40)
                yield Wording(text("Your PIN"), markup=False)
                yield LineInput(
                    id="pin",
                    password=True,
                    restrict="[0-9۰-۹٠-٩]*",
                    max_length=max(PIN_DIGITS),
                )
                yield Button(text("Sign in"), id="sign-in", action="screen.sign_in")
                yield Wording(id="complaint", classes="near", markup=False)

    def show(self, live: LiveBranch) -> None:
        """The branch's name, and what stands in the way."""
        place = sentence("Supervisor") if self._counter is None else sentence("Counter")
        self.query_one("#place", Wording).update(self.language.text(place))
        self.query_one("#branch", Wording).update(self.language.name(live.branch.name))
        self.query_one("#occupied", Wording).update(self._occupied(live))
        self.query_one("#complaint", Wording).update(self._complaint(live))

    def _complaint(self, live: LiveBranch) -> str:
        if self._refused is not None:
            return self.language.refusal(self._refused)
        return self.language.text(self._notice if live.staff else NOBODY_ON_STAFF)

    def _occupied(self, live: LiveBranch) -> str:
        if self._counter is None:
            return ""
        desk = live.desk(self._counter)
        if desk.state is DeskState.CLOSED or desk.staff is None:
            return ""
        person = live.staff.get(desk.staff)
        return self.language.text(
            "{staff} is signed on here and may sign in again to go on.",
            staff=person.name if person else desk.staff,
        )

    # -- signing in ------------------------------------------------------------------------------

    def action_enter(self) -> None:
        """Enter goes from the code to the PIN, and from the PIN on.

        At once: somebody who types fast must not see their PIN in the line of the code.
        """
        if self.focused is self.query_one("#code", Input):
            self.set_focus(self.query_one("#pin", Input))
        else:
            self.action_sign_in()

    async def action_leave(self) -> None:
        """End the program, as Ctrl+Q does everywhere."""
        await self.terminal.action_leave()

    @step
    async def action_sign_in(self) -> None:
        """Check code and PIN and go on."""
        code = self._typed("#code")
        if not code:
            self._stay("#code", notice=NO_CODE)
            return
        pin = self._typed("#pin")
        if not pin:
            # Nothing typed is no wrong PIN: it must not count towards the lock.
            self._stay(notice=NO_PIN)
            return
        try:
            person = await self._who_is_there(StaffCode(code), pin)
        except Refused as refused:
            self._stay(refused=refused)
        except StoreUnavailable:
            self._stay(notice=UNAVAILABLE)
        else:
            await self.replace(self._then(person))

    async def _who_is_there(self, code: StaffCode, pin: str) -> Staff:
        person = await asyncio.to_thread(
            self.context.operations.sign_in, code, pin, self._permission
        )
        if self._counter is not None:
            answer = await self.terminal.perform(SignOn(staff=code, counter=self._counter, pin=pin))
            if isinstance(answer, Refused):
                raise answer
        return person

    def _stay(
        self, line: str = "#pin", *, refused: Refused | None = None, notice: str = ""
    ) -> None:
        """Say why, and let ``line`` be typed anew."""
        self._refused, self._notice = refused, notice
        self.query_one("#pin", Input).value = ""
        self.query_one(line, Input).focus()
        self.catch_up()

    def _typed(self, selector: str) -> str:
        return plain(self.query_one(selector, Input).value)
