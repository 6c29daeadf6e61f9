"""How a terminal keeps a child process of its own running, and what such a child hears of it."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from queueapp.config.settings import PREFIX, Settings

LOOK_S = 2.0
"""How often a terminal looks whether its child is there."""
LONGEST_REST_S = 60.0
"""How seldom one that keeps failing is started again."""
PATIENCE_S = 5.0
"""How long a child that was told to end may take."""


class ChildKeeper:
    """Starts ``queueapp`` with ``arguments`` whenever ``is_needed`` and it does not run.

    ``may_finish``: a child that takes longer to end than the terminal is left to itself; else it is
    killed then.
    """

    def __init__(
        self,
        name: str,
        *arguments: str,
        settings: Settings,
        fields: tuple[str, ...] = (),
        is_needed: Callable[[], bool] = lambda: True,
        may_finish: bool = False,
    ) -> None:
        self._name = name
        self._command = [sys.executable, "-m", "queueapp", *arguments]
        # Not as arguments: everybody on the machine can read those, and one may hold a password.
        self._environment = os.environ | environment_of(settings, *fields)
        self._is_needed = is_needed
        self._may_finish = may_finish
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin to look, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking and end the child."""
        self._stopping.set()
        self._thread.join()
        self._end_child()

    def _run(self) -> None:
        rest = LOOK_S
        while not self._stopping.is_set():
            try:
                rest = self._look(rest)
            except Exception:  # whatever it is, the terminal does without the child, not without us
                logging.getLogger(__name__).exception("no %s could be started", self._name)
                rest = LONGEST_REST_S
            self._stopping.wait(rest)

    def _look(self, rest: float) -> float:
        """Start a child where one is needed; how long to rest after having rested for ``rest``."""
        if self._child is not None and self._child.poll() is None:
            return LOOK_S
        if not self._is_needed():
            return rest
        self._end_child()
        self._child = subprocess.Popen(  # noqa: S603 - this very program
            self._command,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a closed window ends it by its input, in good order
        )
        return min(rest * 2, LONGEST_REST_S)

    def _end_child(self) -> None:
        """Close the child's input, which it takes for the end of its terminal."""
        if self._child is None or self._child.stdin is None:
            return
        self._child.stdin.close()
        try:
            self._child.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            if self._may_finish:
                return
            self._child.kill()
            self._child.wait()


def environment_of(settings: Settings, *fields: str) -> dict[str, str]:
    """The variables that give a child the settings of its terminal, ``fields`` among them."""
    values = {name: getattr(settings, name) for name in ("db", "branch", "log_file", *fields)}
    return {
        f"{PREFIX}{name.upper()}": str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in values.items()
        if value is not None
    }


def end_of(terminal: BinaryIO) -> threading.Event:
    """Set when ``terminal`` ends: a child's input, whose other end its terminal holds."""
    ended = threading.Event()

    def watch() -> None:
        terminal.read()
        ended.set()

    threading.Thread(target=watch, name="terminal", daemon=True).start()
    return ended
