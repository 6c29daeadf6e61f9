"""A small role screen with everything a role screen can have, and one that opens over it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from queueapp.domain.live import LiveBranch
from queueapp.domain.words import CounterNumber, sentence
from queueapp.operations.commands import CallNext, Recall
from queueapp.operations.ports import Receipt
from queueapp.tui.keys import HELP, Key
from queueapp.tui.role_screen import RoleScreen, step
from queueapp.tui.terminal import Terminal
from tests.tui.fakes import SARA

COUNTER = CounterNumber(1)


class SampleScreen(RoleScreen[str]):
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(
            key="n",
            action="call_next",
            label=sentence("Next"),
            help=sentence("Call whoever is next."),
        ),
        Key(key="r", action="recall", label=sentence("Recall"), help=sentence("Call once more.")),
        Key(key="o", action="other", label=sentence("Other"), help=sentence("Go on.")),
        HELP,
    )

    def __init__(self, *, language: str | None = None) -> None:
        super().__init__(language=language)
        self.receipts: list[Receipt | None] = []
        self.times_shown = 0

    def body(self) -> ComposeResult:
        yield Static(id="waiting", markup=False)

    def show(self, live: LiveBranch) -> None:
        self.times_shown += 1
        self.query_one("#waiting", Static).update(f"{len(live.waiting)} waiting")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - as every screen
        return None if action == "recall" else True

    @step
    async def action_call_next(self) -> None:
        self.receipts.append(await self.do(CallNext(staff=SARA, counter=COUNTER)))

    @step
    async def action_recall(self) -> None:
        self.receipts.append(await self.do(Recall(staff=SARA, counter=COUNTER)))

    @step
    async def action_other(self) -> None:
        await self.replace(OtherScreen())


class OtherScreen(RoleScreen[str]):
    def body(self) -> ComposeResult:
        yield Static("other", id="other")


def shown(terminal: Terminal, selector: str) -> str:
    """What the widget on the active screen says."""
    return str(terminal.screen.query_one(selector, Static).content)
