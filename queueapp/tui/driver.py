"""Tells the terminal not to reorder right-to-left text a second time.

``ESC[8l`` (BDSM off) leaves the order of cells to the application: VTE terminals need it, others
ignore it. The later right-to-left rendering orders each line itself.
"""

import os
import select
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from textual.driver import Driver

KEEP_CELL_ORDER = "\x1b[8l"
RESTORE_CELL_ORDER = "\x1b[8h"

TO_END_IN_ORDER_S = 2.0
"""So long a program that was told of the hang-up may take to end."""
WINDOW_CLOSED = 128 + 1
"""The exit code of a program whose terminal hung up, as shells count it."""


def end_with_window(terminal: int) -> None:
    """Wait until nobody holds the other end of ``terminal``, a file descriptor; end the program.

    A window tells when it closes, but only to programs that it controls: without a word Textual
    would read nothing for ever, with all of a processor.
    """
    watch = select.poll()
    watch.register(terminal, 0)  # to be asked for nothing but that it has hung up
    watch.poll()
    os.kill(os.getpid(), signal.SIGHUP)
    time.sleep(TO_END_IN_ORDER_S)
    os._exit(WINDOW_CLOSED)


if sys.platform != "win32" or TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver

    class CellOrderDriver(LinuxDriver):
        """The usual driver, with the terminal's own reordering off while the application runs."""

        is_watched = False

        def start_application_mode(self) -> None:
            """Begin to draw."""
            if not self.is_watched:
                self.is_watched = True
                threading.Thread(
                    target=end_with_window, args=(self.fileno,), name="window", daemon=True
                ).start()
            super().start_application_mode()  # type: ignore[no-untyped-call] # Textual left it bare
            self.write(KEEP_CELL_ORDER)
            self.flush()

        def stop_application_mode(self) -> None:
            """Give the terminal back as it was."""
            self.write(RESTORE_CELL_ORDER)
            self.flush()
            super().stop_application_mode()


def keeping_cell_order(driver: type[Driver]) -> type[Driver]:
    """The driver to use in place of Textual's choice; only the plain terminal one is replaced."""
    if sys.platform == "win32":
        return driver
    return CellOrderDriver if driver is LinuxDriver else driver
