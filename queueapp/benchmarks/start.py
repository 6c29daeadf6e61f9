"""`queueapp bench start`: how soon each terminal is on the screen, and what it holds in memory.

Each terminal is a real process on a terminal of its own (a pty). It counts as painted when more
letters were drawn than a screen has that waits for the branch: frames and spaces are none.
What is told is the median of several starts, in turns with the other terminals.
"""

import re
import time
from contextlib import AbstractContextManager
from statistics import median
from typing import Any

import psutil

from queueapp.benchmarks.bench_branch import PIN, BenchBranch, bench_branch
from queueapp.benchmarks.terminal_process import TerminalProcess, terminal_process
from queueapp.config.settings import Settings
from queueapp.operations.commands import CloseDesk

SIZE = (120, 36)
TURNS = 5
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
        starts = [{name: _first_paint_s(branch, name) for name in TERMINALS} for _ in range(TURNS)]
        return {
            name: {
                "first_paint_s": round(median(turn[name] for turn in starts), 2),
                "rss_mb": round(_memory(branch, name) / 1e6, 1),
            }
            for name in TERMINALS
        }


def _close_desks(branch: BenchBranch) -> None:
    opened = branch.open()
    for counter, clerk in branch.desks:
        opened.operations.handle(CloseDesk(counter=counter, staff=clerk))
    opened.store.close()


def _first_paint_s(branch: BenchBranch, name: str) -> float:
    began = time.monotonic()
    with _terminal(branch, name) as terminal:
        _read_until_painted(terminal, name)
        return time.monotonic() - began


def _memory(branch: BenchBranch, name: str) -> int:
    """Bytes that it holds when it has settled; staff are signed in."""
    with _terminal(branch, name) as terminal:
        _read_until_painted(terminal, name)
        if name in NEED_SIGNING_IN:
            sign_in(terminal, branch)
        drain(terminal, SETTLE_S)
        return int(psutil.Process(terminal.process.pid).memory_info().rss)


def _terminal(branch: BenchBranch, name: str) -> AbstractContextManager[TerminalProcess]:
    return terminal_process(branch.settings, TERMINALS[name], size=SIZE, language="en")


def sign_in(terminal: TerminalProcess, branch: BenchBranch) -> None:
    """Type the code and the PIN of the clerk at the first desk."""
    _, clerk = branch.desks[0]
    for typed in (f"{clerk}\r", f"{PIN}\r"):
        terminal.press(typed.encode())
        drain(terminal, SETTLE_S / 2)


def _read_until_painted(terminal: TerminalProcess, name: str) -> None:
    """Read what the terminal draws until enough letters were drawn."""
    wanted = LETTERS.get(name, USUAL_LETTERS)
    drawn = b""
    deadline = time.monotonic() + PATIENCE_S
    while len(_LETTER.findall(_ESCAPES.sub(b"", drawn).decode(errors="ignore"))) < wanted:
        if time.monotonic() > deadline:
            raise RuntimeError("a terminal did not paint: " + drawn[-400:].decode(errors="replace"))
        drawn += terminal.read(0.01)


def drain(terminal: TerminalProcess, seconds: float) -> None:
    """Let the terminal draw for so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        terminal.read(0.05)
