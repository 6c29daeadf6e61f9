"""How long a full screen of each terminal takes, in English and in Persian.

Every widget draws itself anew, and all of it becomes the text that is written to the terminal. Time
is the processor's, so that what else the machine does falls out of the comparison.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from statistics import mean, median
from typing import Any

from counters.desk_screen import DeskScreen
from counters.supervisor import SupervisorScreen
from kiosk.board_screen import BoardScreen
from kiosk.rate_screen import RateScreen
from kiosk.welcome_screen import WelcomeScreen
from queueapp.benchmarks.bench_branch import BenchBranch
from queueapp.bootstrap import terminal_context
from queueapp.tui.mirror import forget_lines
from queueapp.tui.role_screen import RoleScreen
from queueapp.tui.terminal import Terminal

ROUNDS = 3
"""English and Persian take turns, so that a busy moment of the machine falls on both."""
DRAWINGS = 12
"""Of each screen in each round."""
SETTLE_S = 0.3
"""After the first picture; what is measured has been laid out, and has the estimates."""

Home = Callable[[], RoleScreen[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Seconds for a full screen, as the mean over the terminals."""

    english: float
    persian: float
    persian_first: float
    """With no line and no word that was seen before."""


@dataclass(slots=True)
class _Times:
    english: list[float] = field(default_factory=list)
    persian: list[float] = field(default_factory=list)
    persian_first: list[float] = field(default_factory=list)


async def measure(branch: BenchBranch, size: tuple[int, int]) -> Drawn:
    """Draw the five terminals of ``branch`` in columns and rows of ``size``."""
    measured = [await _measure(branch, size, home) for home in _homes(branch)]
    return Drawn(
        english=mean(median(times.english) for times in measured),
        persian=mean(median(times.persian) for times in measured),
        persian_first=mean(median(times.persian_first) for times in measured),
    )


def _homes(branch: BenchBranch) -> list[Home]:
    counter, clerk = branch.desks[0]
    opened = branch.open()
    staff = opened.store.live(opened.id).staff[clerk]
    opened.store.close()
    return [
        WelcomeScreen,
        BoardScreen,
        lambda: RateScreen(counter),
        lambda: DeskScreen(counter=counter, staff=clerk),
        lambda: SupervisorScreen(staff=staff),
    ]


async def _measure(branch: BenchBranch, size: tuple[int, int], home: Home) -> _Times:
    times = _Times()
    for _ in range(ROUNDS):
        async with _shown(branch, size, home, "en") as screen:
            times.english += [_draw(screen) for _ in range(DRAWINGS)]
        async with _shown(branch, size, home, "fa") as screen:
            times.persian += [_draw(screen) for _ in range(DRAWINGS)]
            times.persian_first += [_draw(screen, first=True) for _ in range(DRAWINGS)]
    return times


@asynccontextmanager
async def _shown(
    branch: BenchBranch, size: tuple[int, int], home: Home, language: str
) -> AsyncIterator[RoleScreen[Any]]:
    opened = branch.open()
    context = replace(terminal_context(opened, branch.settings), language=language)
    terminal = Terminal(context, home)
    async with terminal.run_test(size=size) as pilot:
        while terminal.live is None:
            await pilot.pause(0.01)
        await pilot.pause(SETTLE_S)
        screen = terminal.screen
        assert isinstance(screen, RoleScreen)
        yield screen
    opened.store.close()


def _draw(screen: RoleScreen[Any], *, first: bool = False) -> float:
    if first:
        forget_lines()
    for widget in screen.query("*"):
        widget.refresh()
    began = time.thread_time()
    screen.drawing()
    return time.thread_time() - began
