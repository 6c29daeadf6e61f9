"""A printer that keeps its tickets as pictures: to try everything without paper."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from queueapp.devices.printer.status import PrinterStatus, PrinterTrouble
from queueapp.domain.printing import PrinterFault

if TYPE_CHECKING:
    from PIL.Image import Image


class FilePrinter:
    """Writes each ticket into ``folder`` as a PNG file; implements ``TicketPrinter``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def status(self) -> PrinterStatus:
        """Whether files can be written there."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return PrinterStatus(fault=PrinterFault.OFFLINE)
        is_writable = os.access(self._folder, os.W_OK | os.X_OK)
        return PrinterStatus(fault=None if is_writable else PrinterFault.OFFLINE)

    def print(self, ticket: "Image", name: str) -> PrinterStatus:
        """Write ``name``.png whole, or not at all; an earlier one stays."""
        path = self._free(name)
        unfinished = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            ticket.save(unfinished, format="PNG")
            unfinished.replace(path)
        except OSError as error:
            raise PrinterTrouble(PrinterFault.OFFLINE, detail=str(error)) from error
        return PrinterStatus()

    def _free(self, name: str) -> Path:
        path = self._folder / f"{name}.png"
        count = 1
        while path.exists():
            count += 1
            path = self._folder / f"{name}-{count}.png"
        return path
