"""How soon a key is answered: from the press to the last byte of the update.

Each terminal is a real process on a terminal of its own, in Persian.
"""

import time
from collections.abc import Iterator, Mapping

from queueapp.benchmarks.bench_branch import PIN, BenchBranch
from queueapp.benchmarks.start import NEED_SIGNING_IN, TERMINALS, drain
from queueapp.benchmarks.terminal_process import TerminalProcess, terminal_process

PRESSES = 12
"""Of all the keys of a terminal, one after the other."""
BETWEEN_KEYS_S = 0.15
PATIENCE_S = 30.0
QUIET_S = 0.02
"""Nothing more comes for so long: the update is complete."""
STILL_S = 0.3
"""A screen that draws nothing for so long is complete; a cursor blinks twice a second."""
NEW_SCREEN = 3000
"""Bytes that another screen takes at least."""
SMALLEST_UPDATE = 200
"""Bytes; a clock that moves on by itself writes less."""

ESCAPE = "\x1b[27u"
"""As terminals send it that tell keys apart; elsewhere it is known as a key only after a pause."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "kiosk": ("0", "4", "2", ESCAPE, "*", "*"),
    "board": ("?", "?", "l", "l"),
    "rate": ("\x02q", ESCAPE),
    "counter": ("?", "?", "l", "\x1b[B", ESCAPE, "t", ESCAPE, "p", ESCAPE),
    "supervisor": ("\x1b[B", "\x1b[A", "?", "?", "m", ESCAPE),
}
"""Each changes what is seen, and all of them together nothing."""


def measure(branch: BenchBranch, size: tuple[int, int]) -> Mapping[str, list[float]]:
    """Seconds for each key that was pressed at each terminal."""
    return {name: list(_answers(branch, name, size)) for name in TERMINALS}


def _answers(branch: BenchBranch, name: str, size: tuple[int, int]) -> Iterator[float]:
    command = TERMINALS[name]
    with terminal_process(branch.settings, command, size=size, language="fa") as terminal:
        _wait_until_still(terminal, drawn=NEW_SCREEN)
        if name in NEED_SIGNING_IN:
            _sign_in(terminal, branch)
        for _ in range(PRESSES):
            for key in KEYS[name]:
                yield _answer(terminal, key)
                drain(terminal, BETWEEN_KEYS_S)


def _sign_in(terminal: TerminalProcess, branch: BenchBranch) -> None:
    """Type the code and the PIN of the clerk at the first desk, and wait for what they open."""
    _, clerk = branch.desks[0]
    terminal.press(f"{clerk}\r".encode())
    _wait_until_still(terminal)
    terminal.press(f"{PIN}\r".encode())
    _wait_until_still(terminal, drawn=NEW_SCREEN)


def _wait_until_still(terminal: TerminalProcess, *, drawn: int = 0) -> None:
    """Wait until ``drawn`` bytes have come, and then no more, on however slow a machine."""
    deadline = time.monotonic() + PATIENCE_S
    update = terminal.read(STILL_S)
    while update or drawn > 0:
        if time.monotonic() > deadline:
            raise RuntimeError("a terminal did not open its screen")
        drawn -= len(update)
        update = terminal.read(STILL_S)


def _answer(terminal: TerminalProcess, key: str) -> float:
    pressed = at = time.perf_counter()
    terminal.press(key.encode())
    drawn = 0
    while drawn < SMALLEST_UPDATE or time.perf_counter() - at < QUIET_S:
        if time.perf_counter() - pressed > PATIENCE_S:
            raise RuntimeError(f"a terminal did not answer the key {key!r}")
        update = terminal.read(QUIET_S / 4)
        if update:
            drawn += len(update)
            at = time.perf_counter()
    return at - pressed
