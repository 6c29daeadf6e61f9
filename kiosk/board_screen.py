"""The hall board: whose turn it is and where, read from across the hall."""

from collections.abc import Callable
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size

from kiosk.board_call_list import CallList
from kiosk.board_call_panel import CallPanel
from kiosk.board_notices import notices, packed
from kiosk.board_stage import Stage
from kiosk.board_waits import PAGE_FOR, WaitTable, wait_rows
from queueapp.domain.calls import Call, calls_in_hand
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import sentence
from queueapp.language.openings import as_sentence, branch_opening, rest_of_today
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.keys import HELP, Key
from queueapp.tui.role_screen import RoleScreen, step
from queueapp.tui.wording import Wording

WELCOME = sentence("Welcome, please take a ticket")
NOBODY_CALLED = sentence("Please wait: your number will appear here")

WIDE = 120
TALL = 40
"""Rows from which on a line of plain text is too small for the hall."""
AROUND_THE_CALL = 10
"""Rows that the big place leaves to head, lists, notices, keys and its own margin."""


class BoardScreen(RoleScreen[None]):
    """Shows every call at once, each new one inverted in the big place.

    ``stopwatch`` gives seconds; it measures how long people have had to read.
    """

    KEYS = (
        HELP,
        Key(
            key="l",
            action="switch_language",
            label=sentence("Language"),
            help=sentence("Show the board in the branch's next language."),
        ),
        Key(key="q", action="quit", label=sentence("Quit"), help=sentence("Close the board.")),
    )
    SPEAKS_IN_SHOW = True
    DEFAULT_CSS = """
    BoardScreen #head { height: 1; padding: 0 2; }
    BoardScreen #branch { width: 1fr; text-style: bold; }
    BoardScreen #date { width: auto; margin-left: 3; color: $quiet; }
    BoardScreen #clock { width: auto; margin-left: 3; color: $big; text-style: bold; }
    BoardScreen #lists { height: 1fr; padding: 0 2; }
    BoardScreen #calls { width: 3fr; margin-right: 4; }
    BoardScreen #waits { width: 2fr; }
    BoardScreen.-narrow #calls { width: 23; }
    BoardScreen.-narrow #waits { width: 1fr; }
    BoardScreen.-tall #head { height: 3; padding: 1 2; }
    BoardScreen.-tall #lists { padding: 1 2; }
    BoardScreen #notices { height: auto; padding: 0 2; background: $panel; }
    """

    def __init__(
        self, *, language: str | None = None, stopwatch: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(language=language)
        self._stopwatch = stopwatch
        self._stage = Stage()

    def body(self) -> ComposeResult:
        """Head, the big place, the lists, the notices."""
        with Horizontal(id="head"):
            yield Wording(id="branch", markup=False)
            yield Wording(id="date", markup=False)
            yield Wording(id="clock", markup=False)
        yield CallPanel()
        with Horizontal(id="lists"):
            yield CallList(id="calls")
            yield WaitTable(id="waits")
        yield Wording(id="notices", markup=False)

    def classes_for(self, size: Size) -> dict[str, bool]:
        """Narrow, and tall enough for larger lists."""
        return {"-narrow": size.width < WIDE, "-tall": size.height >= TALL}

    def show(self, live: LiveBranch) -> None:
        """Everything, with the call whose turn it is in the big place."""
        at = self._stopwatch()
        calls = calls_in_hand(live)
        self._stage.follow(calls, self.now(), at)
        self._show_head(live)
        self._show_call(live, at)
        self._show_lists(live, calls, at)
        self._show_notices(live, at)

    def _show_head(self, live: LiveBranch) -> None:
        now = self.now()
        self.query_one("#branch", Wording).update(self.language.name(live.branch.name))
        self.query_one("#date", Wording).update(self.language.date(live.branch.day(now)))
        self.query_one("#clock", Wording).update(self.language.time(now))

    def _show_call(self, live: LiveBranch, at: float) -> None:
        panel = self.query_one(CallPanel)
        call = self._stage.current
        if call is None:
            panel.show_welcome(self._welcome(live), self.language.time(self.now()))
            return
        panel.show_call(
            call, self.language, room_for_call(self.size), news=self._stage.stands_out(at)
        )

    def _welcome(self, live: LiveBranch) -> str:
        if live.waiting:
            return self.language.text(NOBODY_CALLED)
        rest = rest_of_today(live.branch, self.now(), self.language)
        opens = branch_opening(live, self.now(), self.language)
        return rest or as_sentence(opens) or self.language.text(WELCOME)

    def _show_lists(self, live: LiveBranch, calls: tuple[Call, ...], at: float) -> None:
        self.query_one("#lists").display = bool(calls or live.waiting)
        self.query_one("#calls").display = bool(calls)
        self.query_one("#calls", CallList).show_calls(calls, self.language)
        rows = wait_rows(live, self.now(), self.language)
        self.query_one("#waits", WaitTable).show_waits(rows, self.language, at)

    def _show_notices(self, live: LiveBranch, at: float) -> None:
        line = self.query_one("#notices", Wording)
        in_large = f"{self._welcome(live)}." if self._stage.current is None else ""
        told = [each for each in notices(live, self.now(), self.language) if each != in_large]
        said = packed(told, self.size.width - 4)
        line.display = bool(said)
        if said:
            line.update(said[int(at // PAGE_FOR) % len(said)])

    @step
    async def action_switch_language(self) -> None:
        """Go on in the next of the branch's languages."""
        if self.live is None:
            return
        languages = self.live.branch.languages
        spoken = self.language.code
        after = languages.index(spoken) + 1 if spoken in languages else 0
        await self.speak(languages[after % len(languages)])

    @step
    async def action_quit(self) -> None:
        """Close the board, if that is meant."""
        if await self.ask(ConfirmScreen(self.language.text("Close the board?"))):
            await self.terminal.leave()


def room_for_call(screen: Size) -> Size:
    """What the big place may use of ``screen``: the less, the more the lists must be drawn too."""
    height = screen.height - AROUND_THE_CALL
    return Size(screen.width - 4, height if screen.height < TALL else screen.height * 2 // 5)
