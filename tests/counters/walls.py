"""The wall of a test, with the hands and eyes of a supervisor."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.pilot import Pilot
from textual.widgets import OptionList

from counters.supervisor import SupervisorScreen
from counters.wall_table import WallTable
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import ContactWish
from queueapp.domain.words import CounterNumber
from queueapp.operations.commands import (
    Command,
)
from queueapp.tui.terminal import Terminal
from tests.counters.halls import busy_hall
from tests.tui.fakes import (
    MINA,
    FakeClock,
    RecordingOperations,
    StillFeed,
    fake_context,
)
from tests.tui.waiting import until

ONE, TWO, THREE = CounterNumber(1), CounterNumber(2), CounterNumber(3)


class Wall:
    """The wall of a test, with the hands and eyes of a supervisor."""

    def __init__(
        self, terminal: Terminal, pilot: Pilot[int], operations: RecordingOperations
    ) -> None:
        self.terminal, self.pilot, self.operations = terminal, pilot, operations

    @property
    def screen(self) -> SupervisorScreen:
        return next(s for s in self.terminal.screen_stack if isinstance(s, SupervisorScreen))

    def table(self, name: str) -> list[str]:
        """The lines of a table, their cells apart by bars."""
        rows = self.screen.query_one(f"#{name}", WallTable).rows
        return ["|".join(cell.text for cell in row.cells) for row in rows]

    def said(self) -> str:
        """The sentence that is told just now."""
        return " ".join(str(note.message) for note in self.terminal._notifications)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def asked(self, kind: type) -> None:
        await until(self.pilot, lambda: isinstance(self.terminal.screen, kind))

    async def choose(self, words: str) -> None:
        """Choose the line with ``words`` of the list that is asked."""
        await until(self.pilot, lambda: bool(self.terminal.screen.query(OptionList)))
        options = self.terminal.screen.query_one(OptionList).options
        at = next(n for n, option in enumerate(options) if words in str(option.prompt))
        await self.press(str(at + 1))

    async def sent(self, count: int = 1) -> list[Command]:
        """The commands, without their ids."""
        await until(self.pilot, lambda: len(self.operations.commands) >= count)
        assert len(self.operations.commands) == count
        return self.operations.commands


def same(command: Command, expected: Command) -> bool:
    return replace(command, command_id=expected.command_id) == expected


@asynccontextmanager
async def wall(
    live: LiveBranch | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    language: str = "en",
    operations: RecordingOperations | None = None,
    feed: StillFeed | None = None,
    clock: FakeClock | None = None,
    contact_wishes: Callable[[], Sequence[ContactWish]] = tuple,
) -> AsyncIterator[Wall]:
    shown = live or busy_hall()
    operations = operations or RecordingOperations()
    context = fake_context(
        feed=feed or StillFeed(shown),
        operations=operations,
        language=language,
        clock=clock,
        contact_wishes=contact_wishes,
    )
    terminal = Terminal(context, lambda: SupervisorScreen(staff=shown.staff[MINA]))
    async with terminal.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(terminal.screen.query_one("#services", WallTable).rows))
        yield Wall(terminal, pilot, operations)
