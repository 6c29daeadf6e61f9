"""Real queueapp programs, each in a terminal of its own that a test reads and types into."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pexpect
import psutil
import pyte

from queueapp.tui.big_number import BigSize, big_lines

PATIENCE_S = 45.0
"""For anything to happen, on a machine that is busy with other tests as well."""
AGAIN_S = 1.5
"""After this time a key that did nothing yet is pressed once more, where a test asks for that."""

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "down": "\x1b[B",
    "f1": "\x1bOP",
    "ctrl+b": "\x02",
    "ctrl+c": "\x03",
    "ctrl+d": "\x04",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+z": "\x1a",
    "ctrl+backslash": "\x1c",
}
"""What the keys without a letter send."""


class TerminalProgram:
    """A running program and the screen it draws, which a thread keeps up to date."""

    def __init__(
        self,
        command: tuple[str, ...],
        *,
        folder: Path,
        environment: Mapping[str, str],
        columns: int,
        rows: int,
    ) -> None:
        self.name = " ".join(command)
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = threading.Condition()
        self._has_ended = False
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "queueapp", *command],
            cwd=str(folder),
            env=dict(environment),
            dimensions=(rows, columns),
            timeout=None,
        )
        self._child.delaybeforesend = None  # a person's pause, which no test needs
        self._reader = threading.Thread(target=self._read, name=self.name, daemon=True)
        self._reader.start()

    # -- what it shows ---------------------------------------------------------------------------

    def screen(self) -> str:
        """What can be read now, line by line."""
        with self._drawn:
            return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, *texts: str) -> None:
        """Wait until all ``texts`` can be read at once."""
        self.wait_until(lambda screen: all(text in screen for text in texts), " and ".join(texts))

    def wait_without(self, text: str) -> None:
        """Wait until ``text`` cannot be read any more."""
        self.wait_until(lambda screen: text not in screen, f"no more {text}")

    def wait_until(self, holds: Callable[[str], bool], what: str) -> None:
        """Wait until ``holds`` says so of the screen; ``what`` is missing when it never does."""
        if not self._waited(holds, PATIENCE_S):
            state = "has ended" if self._has_ended else "runs"
            raise AssertionError(f"{self.name} ({state}) never showed: {what}\n{self.screen()}")

    def wait_for_large(self, text: str) -> None:
        """Wait until ``text`` stands there in large letters."""
        self.wait_until(lambda screen: reads_large(screen, text), f"{text} in large letters")

    def wait_for_cursor_below(
        self, text: str, reads: Callable[[str, str], bool] = str.__contains__
    ) -> None:
        """Wait until what is typed goes into the line below ``text``, where ``reads`` finds it."""

        def is_below(screen: str) -> bool:
            lines = screen.split("\n")
            row = self._screen.cursor.y
            return any(reads(line, text) for line in lines[max(0, row - 2) : row])

        self.wait_until(is_below, f"the cursor below {text}")

    def _waited(self, holds: Callable[[str], bool], seconds: float) -> bool:
        with self._drawn:
            return self._drawn.wait_for(
                lambda: holds(self.screen()) or self._has_ended, seconds
            ) and holds(self.screen())

    # -- what a person does ----------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys: letters as they are, others by their name in ``KEYS``."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def press_until(self, text: str, *keys: str) -> None:
        """Press ``keys`` until ``text`` is read: a kiosk ignores what may be a double tap."""
        self.press_until_holds(lambda screen: text in screen, text, *keys)

    def press_until_holds(self, holds: Callable[[str], bool], what: str, *keys: str) -> None:
        """Press ``keys`` until ``holds`` says so of the screen; else ``what`` is missing."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and not self._has_ended:
            self.press(*keys)
            if self._waited(holds, AGAIN_S):
                return
        self.wait_until(holds, what)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        with self._drawn:
            self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    # -- its life --------------------------------------------------------------------------------

    @property
    def runs(self) -> bool:
        """Whether the program goes on."""
        return bool(self._child.isalive())

    def wait_for_end(self) -> int:
        """Wait until the program has ended by itself; its exit code."""
        self._reader.join(PATIENCE_S)
        if self._reader.is_alive():
            raise AssertionError(f"{self.name} did not end\n{self.screen()}")
        self._child.wait()
        if self._child.exitstatus is None:
            raise AssertionError(f"{self.name} was ended by signal {self._child.signalstatus}")
        return int(self._child.exitstatus)

    def children(self) -> list[psutil.Process]:
        """The processes that the program started."""
        return list(psutil.Process(self._child.pid).children(recursive=True))

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._child.isalive():
            os.kill(self._child.pid, signal.SIGKILL)
        self._reader.join(PATIENCE_S)
        self._child.close(force=True)

    def _read(self) -> None:
        while True:
            try:
                drawn = self._child.read_nonblocking(65536, timeout=None)
            except pexpect.EOF:
                break
            with self._drawn:
                self._stream.feed(drawn)
                self._drawn.notify_all()
        with self._drawn:
            self._has_ended = True
            self._drawn.notify_all()


def reads_large(screen: str, text: str) -> bool:
    """Whether ``text`` is drawn in ``screen`` in letters of some size."""
    lines = screen.split("\n")
    return any(_is_drawn(lines, big_lines(text, size)) for size in BigSize)


def _is_drawn(lines: list[str], drawing: tuple[str, ...]) -> bool:
    width = max(map(len, drawing))
    sought = [row.rstrip() for row in drawing]
    for top, line in enumerate(lines):
        left = line.find(sought[0])
        while left >= 0:
            rows = lines[top : top + len(drawing)]
            if [row[left : left + width].rstrip() for row in rows] == sought:
                return True
            left = line.find(sought[0], left + 1)
    return False


class Programs:
    """Starts programs on one database; what still runs at the end is ended."""

    def __init__(self, database: str, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self._started: list[TerminalProgram] = []

    def start(self, *command: str, columns: int = 100, rows: int = 30) -> TerminalProgram:
        """Start ``queueapp COMMAND`` in a terminal of that size."""
        program = TerminalProgram(
            command, folder=self.folder, environment=self._environment(), columns=columns, rows=rows
        )
        self._started.append(program)
        return program

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run ``queueapp COMMAND`` without a terminal, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "queueapp", *command],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    def end(self) -> None:
        """End everything that was started."""
        for program in self._started:
            program.kill()

    def _environment(self) -> dict[str, str]:
        """This machine's variables without those that change queueapp, and the database."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("QUEUEAPP_", "TEXTUAL")) and name not in {"LINES", "COLUMNS"}
        }
        return kept | {
            "QUEUEAPP_DB": self.database,
            "QUEUEAPP_LANGUAGE": "en",
            "XDG_CONFIG_HOME": str(self.folder),  # the settings of whoever runs the tests stay out
            "TERM": "xterm-256color",
        }


SomePrograms = TypeVar("SomePrograms", bound=Programs)


@contextmanager
def ended_after(programs: SomePrograms) -> Iterator[SomePrograms]:
    """``programs``, all ended when the test is over."""
    try:
        yield programs
    finally:
        programs.end()


def wait_for(holds: Callable[[], bool], what: str) -> None:
    """Wait for something that no screen shows, such as the end of a process."""
    deadline = time.monotonic() + PATIENCE_S
    pause = threading.Event()
    while not holds():
        assert time.monotonic() < deadline, f"never came: {what}"
        pause.wait(0.05)
