"""Tells the terminal not to reorder right-to-left text a second time.

``ESC[8l`` (BDSM off) leaves the order of cells to the application: VTE terminals need it, others
ignore it. The later right-to-left rendering orders each line itself.
"""

import sys
from typing import TYPE_CHECKING

from textual.driver import Driver

KEEP_CELL_ORDER = "\x1b[8l"
RESTORE_CELL_ORDER = "\x1b[8h"

if sys.platform != "win32" or TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver

    class CellOrderDriver(LinuxDriver):
        """The usual driver, with the terminal's own reordering off while the application runs."""

        def start_application_mode(self) -> None:
            """Begin to draw."""
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
