"""How soon a key is answered: from the press to the last byte of the update.

Each terminal is a real process on a terminal of its own, in Persian.
"""

import time
from collections.abc import Iterator, Mapping

from queueapp.benchmarks.bench_branch import BenchBranch
from queueapp.benchmarks.start import NEED_SIGNING_IN, SETTLE_S, TERMINALS, drain, sign_in
from queueapp.benchmarks.terminal_process import TerminalProcess, terminal_process

PRESSES = 12
"""Of all the keys of a terminal, one after the other."""
BETWEEN_KEYS_S = 0.15
PATIENCE_S = 5.0
QUIET_S = 0.02
"""Nothing more comes for so long: the update is complete."""
STILL_S = 0.8
"""A screen that draws nothing for so long is complete; its clock moves on each second."""
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
        _wait_until_still(terminal)
        if name in NEED_SIGNING_IN:
            sign_in(terminal, branch)
            _wait_until_still(terminal)
        for _ in range(PRESSES):
            for key in KEYS[name]:
                yield _answer(terminal, key)
                drain(terminal, BETWEEN_KEYS_S)


def _wait_until_still(terminal: TerminalProcess) -> None:
    """Wait until what is shown is all there, on however slow a machine."""
    drain(terminal, SETTLE_S)
    while terminal.read(STILL_S):
        pass


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
