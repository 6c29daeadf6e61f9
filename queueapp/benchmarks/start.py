"""`queueapp bench start`: how soon each terminal is on the screen, and what it holds in memory.

Each terminal is a real process on a terminal of its own (a pty). It counts as painted when more
letters were drawn than a screen has that waits for the branch: frames and spaces are none.
"""

import re
import time
from collections.abc import Callable
from typing import Any

import psutil

from queueapp.benchmarks.bench_branch import PIN, BenchBranch, bench_branch
from queueapp.benchmarks.terminal_process import TerminalProcess, terminal_process
from queueapp.config.settings import Settings
from queueapp.operations.commands import CloseDesk

SIZE = (120, 36)
LETTERS = {"rate": 25}
"""It says little where nobody is served, and it has no keys."""
USUAL_LETTERS = 55
"""While it connects, a screen says 20 letters, and its keys another 18."""
PATIENCE_S = 30.0
SETTLE_S = 2.0
"""How long a terminal works on before its memory is read."""
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")
_LETTER = re.compile(r"\w")

TERMINALS: dict[str, tuple[str, ...]] = {
    "kiosk": ("kiosk",),
    "board": ("board",),
    "rate": ("rate", "--counter", "1"),
    "counter": ("counter", "1"),
    "supervisor": ("supervisor",),
}
NEED_SIGNING_IN = frozenset({"counter", "supervisor"})


def measure(settings: Settings) -> dict[str, Any]:
    """``first_paint_s`` and ``rss_mb`` of each terminal; staff are signed in for the latter."""
    with bench_branch(settings, desks=2) as branch:
        _close_desks(branch)
        return {name: _measure(branch, name) for name in TERMINALS}


def _close_desks(branch: BenchBranch) -> None:
    opened = branch.open()
    for counter, clerk in branch.desks:
        opened.operations.handle(CloseDesk(counter=counter, staff=clerk))
    opened.store.close()


def _measure(branch: BenchBranch, name: str) -> dict[str, float]:
    began = time.monotonic()
    command = TERMINALS[name]
    with terminal_process(branch.settings, command, size=SIZE, language="en") as terminal:
        wanted = LETTERS.get(name, USUAL_LETTERS)
        _read_until(terminal, lambda letters: letters >= wanted)
        painted = time.monotonic()
        if name in NEED_SIGNING_IN:
            sign_in(terminal, branch)
        drain(terminal, SETTLE_S)
        memory = psutil.Process(terminal.process.pid).memory_info().rss
    return {"first_paint_s": round(painted - began, 2), "rss_mb": round(memory / 1e6, 1)}


def sign_in(terminal: TerminalProcess, branch: BenchBranch) -> None:
    """Type the code and the PIN of the clerk at the first desk."""
    _, clerk = branch.desks[0]
    for typed in (f"{clerk}\r", f"{PIN}\r"):
        terminal.press(typed.encode())
        drain(terminal, SETTLE_S / 2)


def _read_until(terminal: TerminalProcess, enough: Callable[[int], bool]) -> None:
    """Read what the terminal draws until ``enough`` letters were drawn."""
    drawn = b""
    deadline = time.monotonic() + PATIENCE_S
    while not enough(len(_LETTER.findall(_ESCAPES.sub(b"", drawn).decode(errors="ignore")))):
        if time.monotonic() > deadline:
            raise RuntimeError("a terminal did not paint: " + drawn[-400:].decode(errors="replace"))
        drawn += terminal.read(0.01)


def drain(terminal: TerminalProcess, seconds: float) -> None:
    """Let the terminal draw for so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        terminal.read(0.05)
