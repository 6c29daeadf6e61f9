"""A clerk's whole morning over a real database and its feed: nothing is pretended here."""

from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from counters.desk_screen import DeskScreen, counter_home
from queueapp.domain.ticket import LegState
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.operations.commands import CloseDesk, IssueTicket
from queueapp.store.feed import SqlFeed
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.context import TerminalContext
from queueapp.tui.prompt_screen import PromptScreen
from queueapp.tui.terminal import Terminal
from tests.counters.desks import DESK
from tests.databases import PIN, open_sample
from tests.tui.fakes import BILLS, NORMAL, fake_branch, language_of
from tests.tui.waiting import until


async def sign_on(terminal: Terminal, pilot: Pilot[int]) -> None:
    await until(pilot, lambda: bool(terminal.screen.query("#code")))
    await pilot.press(*"sara", "enter", *PIN, "enter")
    await until(pilot, lambda: isinstance(terminal.screen, DeskScreen))


async def test_a_clerk_serves_takes_back_puts_aside_and_sends_on(tmp_path: Path) -> None:
    branch = replace(fake_branch(), outcomes=())
    store, operations = open_sample(
        f"sqlite:///{tmp_path / 'queueapp.db'}", branch, staff=("sara",)
    )

    def context() -> TerminalContext:
        return TerminalContext(
            operations=operations,
            feed=SqlFeed(store, branch.id),
            clock=store.now,
            language_of=language_of,
            language="en",
        )

    def issue() -> None:
        operations.handle(IssueTicket(service=BILLS, category=NORMAL, language="fa"))

    terminal = Terminal(context(), lambda: counter_home(DESK))

    def stands(state: LegState | None) -> bool:
        """Whether the first ticket is in this state at the desk; ``None``: the hand is free."""
        live = terminal.live
        ticket = live.in_hand(DESK) if live else None
        return (ticket.leg.state if ticket else None) is state

    async with terminal.run_test(size=(80, 24)) as pilot:
        await sign_on(terminal, pilot)
        issue()
        await until(pilot, lambda: terminal.live is not None and len(terminal.live.waiting) == 1)
        await pilot.press("n")
        await until(pilot, lambda: stands(LegState.CALLED))
        await pilot.press("s")
        await until(pilot, lambda: stands(LegState.SERVING))
        await pilot.press("f")
        await until(pilot, lambda: stands(None))
        await pilot.press("u")
        await until(pilot, lambda: stands(LegState.SERVING))
        await pilot.press("h")
        await until(pilot, lambda: isinstance(terminal.screen, PromptScreen))
        await pilot.press(*"copy", "enter")
        await until(pilot, lambda: terminal.live is not None and len(terminal.live.held) == 1)
        await until(pilot, lambda: terminal.screen.query_one("#held").size.height >= 2)
        await pilot.click("#held", offset=(4, 2))
        await until(pilot, lambda: stands(LegState.SERVING))

    # The terminal dies with the customer in hand; the clerk signs on again at a new one.
    terminal = Terminal(context(), lambda: counter_home(DESK))
    async with terminal.run_test(size=(80, 24)) as pilot:
        await sign_on(terminal, pilot)
        await until(pilot, lambda: stands(LegState.SERVING))
        await pilot.press("t")
        await until(pilot, lambda: bool(terminal.screen.query(".dialog-list")))
        await pilot.press("1")
        await until(pilot, lambda: stands(None))
        issue()
        await until(pilot, lambda: terminal.live is not None and len(terminal.live.waiting) == 2)
        await pilot.press("n", "s", "n")
        await until(pilot, lambda: isinstance(terminal.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: terminal.live is not None and len(terminal.live.served) == 1)
        await until(pilot, lambda: stands(LegState.CALLED))
        await pilot.press("s", "f")
        await until(pilot, lambda: terminal.live is not None and len(terminal.live.served) == 2)
        operations.handle(CloseDesk(staff=StaffCode("sara"), counter=CounterNumber(1)))
        await until(pilot, lambda: bool(terminal.screen.query("#code")))
    store.close()
