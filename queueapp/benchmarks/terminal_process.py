"""A terminal of the program as a real process, on a terminal of its own (a pty)."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from queueapp.config.settings import Settings

AT_ONE_GO_S = 0.003
"""What comes that soon after the last belongs to it: a pty hands an update out in pieces."""


class Update(NamedTuple):
    """What a terminal drew at one go."""

    length: int
    """Bytes; 0: nothing."""
    at: float
    """When the last of them came, by the monotonic clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalProcess:
    """What it draws can be read, and keys can be pressed."""

    process: subprocess.Popen[bytes]
    screen: int
    """The file descriptor of our end of the pty."""

    def press(self, keys: bytes) -> None:
        """Send ``keys`` as a terminal does."""
        os.write(self.screen, keys)

    def read(self, seconds: float) -> bytes:
        """What it drew, waiting at most ``seconds`` for it; nothing when it drew nothing."""
        ready, _, _ = select.select([self.screen], [], [], seconds)
        try:
            return os.read(self.screen, 65536) if ready else b""
        except OSError as error:  # nobody holds the other end any more
            raise RuntimeError(
                "a terminal ended by itself, instead of showing its screen"
            ) from error

    def read_update(self, seconds: float) -> Update:
        """All that it drew at one go, waiting at most ``seconds`` for it to begin."""
        update = Update(0, time.monotonic())
        more = self.read(seconds)
        while more:
            update = Update(update.length + len(more), time.monotonic())
            more = self.read(AT_ONE_GO_S)
        return update


@contextmanager
def terminal_process(
    settings: Settings, command: tuple[str, ...], *, size: tuple[int, int], language: str
) -> Iterator[TerminalProcess]:
    """``queueapp`` with ``command`` in columns and rows of ``size``; killed at the end."""
    columns, rows = size
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    environment = os.environ | {
        "QUEUEAPP_DB": settings.db,
        "QUEUEAPP_BRANCH": settings.branch,
        "QUEUEAPP_LANGUAGE": language,
        "TERM": "xterm-256color",
    }
    # An installed program has its bytecode beside it, and does not compile itself at each start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", "queueapp", *command],
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield TerminalProcess(process=process, screen=ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
