"""How the terminals see to it that somebody computes the branch's estimates."""

import logging
import os
import subprocess
import sys
import threading

from queueapp.bootstrap import OpenBranch
from queueapp.config.settings import Settings
from queueapp.operations.ports import StoreUnavailable

LOOK_S = 2.0
"""How often a terminal looks whether anybody computes estimates."""
LONGEST_REST_S = 60.0
"""How seldom one that keeps failing is started again."""
PATIENCE_S = 5.0
"""How long a child that was told to end may take."""


class ForecasterKeeper:
    """Starts a forecaster whenever the branch's lease is free.

    Of several that start at once, in several terminals, one gets the lease; the others wait for it
    beside, and end with their terminals.
    """

    def __init__(self, opened: OpenBranch, settings: Settings, *options: str) -> None:
        self._opened = opened
        self._command = [sys.executable, "-m", "queueapp", "forecaster", *options]
        # Not as arguments: everybody on the machine can read those, and one may hold a password.
        self._environment = os.environ | {
            "QUEUEAPP_DB": settings.db,
            "QUEUEAPP_BRANCH": settings.branch,
            "QUEUEAPP_LOG_FILE": str(settings.log_file),
        }
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="forecaster", daemon=True)

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
            except Exception:  # whatever it is, the terminal does without estimates, not without us
                logging.getLogger(__name__).exception("no forecaster could be started")
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

    def _is_needed(self) -> bool:
        try:
            return self._opened.store.lease_is_free(self._opened.id)
        except StoreUnavailable:
            return False

    def _end_child(self) -> None:
        """Close the child's input, which it takes for the end of its terminal."""
        if self._child is None or self._child.stdin is None:
            return
        self._child.stdin.close()
        try:
            self._child.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
