"""`queueapp bench start`: how soon each terminal is on the screen, and what it holds in memory.

Each terminal is a real process on a terminal of its own (a pty). It counts as painted when a
hundred letters are on the screen: frames and spaces are none.
"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from typing import Any

import psutil

from queueapp.benchmarks.bench_branch import PIN, BenchBranch, bench_branch
from queueapp.config.settings import Settings
from queueapp.operations.commands import CloseDesk

ROWS, COLUMNS = 36, 120
LETTERS = 100
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
    process, terminal = _start(branch.settings, TERMINALS[name])
    try:
        _read_until(terminal, lambda letters: letters >= LETTERS)
        painted = time.monotonic()
        if name in NEED_SIGNING_IN:
            _, clerk = branch.desks[0]
            for typed in (f"{clerk}\r", f"{PIN}\r"):
                os.write(terminal, typed.encode())
                _drain(terminal, SETTLE_S / 2)
        _drain(terminal, SETTLE_S)
        memory = psutil.Process(process.pid).memory_info().rss
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
    return {"first_paint_s": round(painted - began, 2), "rss_mb": round(memory / 1e6, 1)}


def _start(settings: Settings, command: tuple[str, ...]) -> tuple[subprocess.Popen[bytes], int]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environment = os.environ | {
        "QUEUEAPP_DB": settings.db,
        "QUEUEAPP_BRANCH": settings.branch,
        "QUEUEAPP_LANGUAGE": "en",
        "TERM": "xterm-256color",
    }
    process = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", "queueapp", *command],
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    return process, ours


def _read_until(terminal: int, enough: Callable[[int], bool]) -> None:
    """Read what the terminal draws until ``enough`` letters were drawn."""
    drawn = b""
    deadline = time.monotonic() + PATIENCE_S
    while not enough(len(_LETTER.findall(_ESCAPES.sub(b"", drawn).decode(errors="ignore")))):
        if time.monotonic() > deadline:
            raise RuntimeError("a terminal did not paint: " + drawn[-400:].decode(errors="replace"))
        drawn += _read(terminal, 0.01)


def _drain(terminal: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        _read(terminal, 0.05)


def _read(terminal: int, seconds: float) -> bytes:
    ready, _, _ = select.select([terminal], [], [], seconds)
    try:
        return os.read(terminal, 65536) if ready else b""
    except OSError as error:  # nobody holds the other end any more
        raise RuntimeError("a terminal ended by itself, instead of showing its screen") from error
