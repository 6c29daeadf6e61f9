"""How soon a key is answered: from the press to the last byte of the update that it caused.

Each terminal is a real process on a terminal of its own, in Persian. An answer is complete when
nothing more of it comes for a while, so that a screen that is filled in bit by bit counts with its
last bit. What a terminal writes by itself is no part of it: keys are pressed between two of its
seconds, and a blinking cursor is told by its size.
"""

import time
from collections.abc import Iterator, Mapping

from kiosk.kiosk_screen import Pace
from queueapp.benchmarks.bench_branch import PIN, BenchBranch
from queueapp.benchmarks.own_beat import OwnBeat
from queueapp.benchmarks.start import NEED_SIGNING_IN, TERMINALS, drain
from queueapp.benchmarks.terminal_process import TerminalProcess, terminal_process

PRESSES = 10
"""Of all the keys of a terminal, one after the other."""
BETWEEN_KEYS_S = 0.15
BETWEEN_TOUCHES_S = Pace().settle + BETWEEN_KEYS_S
"""What the public presses sooner after a change of screen is taken for a double tap."""
PATIENCE_S = 30.0
NOT_ANSWERED_S = 3.0
"""A key without an answer for so long did nothing: the measurement is wrong, and says so."""
SETTLED_S = 0.1
"""Nothing more comes for so long: the answer is complete."""
STILL_S = 0.3
"""A screen that draws nothing for so long is complete; a cursor blinks twice a second."""
NEW_SCREEN = 3000
"""Bytes that another screen takes at least."""
SMALLEST_ANSWER = 500
"""Bytes; a cursor that blinks and a clock that moves on write less, every key below more."""

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
PUBLIC = frozenset({"kiosk", "rate"})


def measure(branch: BenchBranch, size: tuple[int, int]) -> Mapping[str, list[float]]:
    """Seconds for each key that was pressed at each terminal."""
    return {name: list(_answers(branch, name, size)) for name in TERMINALS}


def _answers(branch: BenchBranch, name: str, size: tuple[int, int]) -> Iterator[float]:
    command = TERMINALS[name]
    pause = BETWEEN_TOUCHES_S if name in PUBLIC else BETWEEN_KEYS_S
    with terminal_process(branch.settings, command, size=size, language="fa") as terminal:
        _wait_until_still(terminal, drawn=NEW_SCREEN)
        if name in NEED_SIGNING_IN:
            _sign_in(terminal, branch)
        beat = OwnBeat.heard(terminal, loudness=SMALLEST_ANSWER)
        for _ in range(PRESSES):
            for key in KEYS[name]:
                drain(terminal, pause)
                beat.wait_for_room(terminal)
                yield _answer(terminal, key)


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
    pressed = answered = time.monotonic()
    terminal.press(key.encode())
    while answered == pressed or time.monotonic() - answered < SETTLED_S:
        if time.monotonic() - pressed > NOT_ANSWERED_S:
            raise RuntimeError(f"a terminal did not answer the key {key!r}, or never stopped")
        update = terminal.read_update(SETTLED_S / 4)
        if update.length >= SMALLEST_ANSWER:
            answered = update.at
    return answered - pressed
