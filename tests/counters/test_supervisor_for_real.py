"""A supervisor steers over a real database and its feed: nothing is pretended here."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.screen import Screen

from counters.supervisor import SupervisorScreen, supervisor_home
from counters.supervisor_services import CounterServicesScreen
from counters.supervisor_tickets import TicketScreen
from counters.wall_table import WallTable
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.operations.commands import IssueTicket, SignOn
from queueapp.store.feed import SqlFeed
from queueapp.tui.choice_screen import ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.context import TerminalContext
from queueapp.tui.terminal import Terminal
from tests.databases import PIN, open_sample
from tests.tui.fakes import BILLS, INTERNET, LINES, NORMAL, fake_branch, language_of
from tests.tui.waiting import until

ONE = CounterNumber(1)


async def test_what_the_wall_does_is_done_and_seen_on_the_wall(tmp_path: Path) -> None:
    branch = replace(fake_branch(), outcomes=())
    store, operations = open_sample(
        f"sqlite:///{tmp_path / 'queueapp.db'}", branch, staff=("sara", "mina")
    )
    operations.handle(SignOn(staff=StaffCode("sara"), counter=ONE, pin=PIN))
    operations.handle(IssueTicket(service=BILLS, category=NORMAL, language="fa"))
    context = TerminalContext(
        operations=operations,
        feed=SqlFeed(store, branch.id),
        clock=store.now,
        language_of=language_of,
        language="en",
    )
    terminal = Terminal(context, supervisor_home)

    def live() -> LiveBranch:
        assert terminal.live is not None
        return terminal.live

    async with terminal.run_test(size=(80, 24)) as pilot:

        async def press(*keys: str, opens: type[Screen[Any]]) -> None:
            """Press, and wait for the dialog that follows."""
            before = terminal.screen
            await pilot.press(*keys)
            await until(
                pilot,
                lambda: terminal.screen is not before and isinstance(terminal.screen, opens),
            )

        async def press_and_see(*keys: str, done: Callable[[], bool]) -> None:
            """Press the last keys of a step, and see on the wall what they did."""
            await pilot.press(*keys)
            await until(pilot, done)
            await until(pilot, lambda: isinstance(terminal.screen, SupervisorScreen))

        await until(pilot, lambda: bool(terminal.screen.query("#code")))
        await press(*"mina", "enter", *PIN, "enter", opens=SupervisorScreen)
        counters = terminal.screen.query_one("#counters", WallTable)
        await until(pilot, lambda: bool(counters.rows))

        await press("o", opens=ChoiceScreen)
        await press("2", opens=ConfirmScreen)
        await press_and_see("y", done=lambda: not live().branch.service(LINES).is_open)

        counters.focus()
        await press("s", opens=CounterServicesScreen)
        await press_and_see(
            *("down", "down", "space", "s"),
            done=lambda: INTERNET in live().branch.counter(ONE).services,
        )

        await press("p", opens=ChoiceScreen)
        await press("1", opens=ChoiceScreen)
        await press_and_see("2", done=lambda: live().desk(ONE).state is DeskState.PAUSED)
        await press_and_see("p", done=lambda: live().desk(ONE).state is DeskState.OPEN)

        await press("m", opens=ChoiceScreen)
        await press_and_see("2", done=lambda: len(live().waiting_for(INTERNET)) == 1)

        await press("x", opens=TicketScreen)
        await press("enter", opens=ConfirmScreen)
        await press_and_see("y", done=lambda: not live().waiting)

        await press("b", opens=TicketScreen)
        await press_and_see("enter", done=lambda: len(live().waiting) == 1)

        await press("c", opens=ConfirmScreen)
        await press_and_see("y", done=lambda: live().desk(ONE).state is DeskState.CLOSED)
