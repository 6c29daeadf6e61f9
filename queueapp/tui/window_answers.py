"""What the terminal window answers when it is asked who it is and whether it reorders text.

Two questions that are safe to ask any terminal: DECRQM for mode 8 (``ESC[8$p``: does it reorder
lines from right to left) and XTVERSION (``ESC[>0q``: its name). A third that every terminal answers
(``ESC[c``) comes last, so that nobody waits for an answer which is not to come. Nothing here
imports Textual.
"""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

QUESTIONS = b"\x1b[8$p\x1b[>0q\x1b[c"

FIRST_ANSWER_S = 0.5
"""How long to wait for anything at all; a terminal on this machine needs milliseconds."""
FIRST_ANSWER_FROM_AFAR_S = 1.5
"""The same over SSH."""
LAST_ANSWER_S = 2.0
"""How long to wait for the rest once something came: what came late would be taken for keys."""
TMUX_S = 1.0

_NAME = re.compile(rb"\x1bP>\|([^\x1b]*)\x1b\\")
_REORDERING = re.compile(rb"\x1b\[8;(\d)\$y")
_LAST = re.compile(rb"\x1b\[\?[\d;]*c")

_DECLARED_MUTE = frozenset({"", "dumb", "linux"})
"""Kinds (``TERM``) that answer nothing of this, and might print the question."""


class Reordering(IntEnum):
    """What DECRQM says of mode 8 (BDSM), in its own numbers."""

    UNKNOWN_MODE = 0
    ON = 1
    OFF = 2
    ALWAYS_ON = 3
    ALWAYS_OFF = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowAnswers:
    """What a terminal window said of itself; what it did not say is empty."""

    name: str = ""
    """As it calls itself, with its version: ``kitty(0.26.5)``."""
    reordering: Reordering | None = None
    has_answered: bool = False
    """It answered the question that every terminal answers."""
    around: str = ""
    """In tmux: the name or the kind (``TERM``) of the window around it."""


NO_ANSWERS = WindowAnswers()


def ask_window(variables: Mapping[str, str] = os.environ) -> WindowAnswers:
    """Ask the window that this program runs in; :data:`NO_ANSWERS` where nobody can answer.

    Keys that are pressed while it is asked (some milliseconds) are lost. It is not asked when keys
    wait to be read already, nor by a program in the background, nor without a terminal.
    """
    if sys.platform == "win32" or variables.get("TERM", "") in _DECLARED_MUTE:
        return NO_ANSWERS
    try:
        window = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return NO_ANSWERS
    try:
        received = _conversation(window, _patience(variables))
    except OSError:
        return NO_ANSWERS
    finally:
        os.close(window)
    answers = read_answers(received)
    if "TMUX" in variables or answers.name.startswith("tmux"):
        return replace(answers, around=_around_tmux())
    return answers


def read_answers(received: bytes) -> WindowAnswers:
    """The answers among the bytes that came in."""
    name, reordering = _NAME.search(received), _REORDERING.search(received)
    return WindowAnswers(
        name="" if name is None else name[1].decode("utf-8", "replace").strip(),
        reordering=_reordering(reordering),
        has_answered=_LAST.search(received) is not None,
    )


def _reordering(said: re.Match[bytes] | None) -> Reordering | None:
    if said is None or int(said[1]) not in set(Reordering):
        return None
    return Reordering(int(said[1]))


def _patience(variables: Mapping[str, str]) -> float:
    is_far = "SSH_CONNECTION" in variables or "SSH_TTY" in variables
    return FIRST_ANSWER_FROM_AFAR_S if is_far else FIRST_ANSWER_S


def _conversation(window: int, patience: float) -> bytes:
    """Ask, and take everything up to the last answer, unseen; leave the window as it was."""
    import termios  # noqa: PLC0415 - there is none on Windows

    if os.tcgetpgrp(window) != os.getpgrp() or _is_readable(window, 0):
        return b""
    before = termios.tcgetattr(window)
    quiet = termios.tcgetattr(window)
    quiet[3] &= ~(termios.ICANON | termios.ECHO)
    try:
        termios.tcsetattr(window, termios.TCSANOW, quiet)
        os.write(window, QUESTIONS)
        return _answers(window, patience)
    finally:
        # Also throws away what came late.
        termios.tcsetattr(window, termios.TCSAFLUSH, before)


def _answers(window: int, patience: float) -> bytes:
    received = b""
    until = time.monotonic() + patience
    while not _LAST.search(received):
        if not _is_readable(window, max(0.0, until - time.monotonic())):
            break
        if not received:
            until = time.monotonic() + LAST_ANSWER_S
        read = os.read(window, 4096)
        if not read:
            break
        received += read
    return received


def _is_readable(window: int, seconds: float) -> bool:
    return bool(select.select([window], [], [], seconds)[0])


def _around_tmux() -> str:
    """The window around tmux, as tmux knows it; empty when it does not say."""
    told = "#{?client_termtype,#{client_termtype},#{client_termname}}"
    try:
        said = subprocess.run(  # noqa: S603 - nothing in it comes from outside
            ["tmux", "display-message", "-p", told],  # noqa: S607 - the one that is in use
            capture_output=True,
            check=False,
            text=True,
            timeout=TMUX_S,
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return ""
    return said.stdout.strip() if said.returncode == 0 else ""
