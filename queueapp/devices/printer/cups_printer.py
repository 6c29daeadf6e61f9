"""A printer behind CUPS, which keeps the ticket and says how the printer is."""

import os
import subprocess
from typing import TYPE_CHECKING

from queueapp.devices.printer.escpos_library import STATUS_S
from queueapp.devices.printer.escpos_printer import EscposPrinter
from queueapp.devices.printer.status import PrinterStatus, PrinterTrouble
from queueapp.domain.printing import PrinterFault

if TYPE_CHECKING:
    from PIL.Image import Image

ALERTS = {
    "media-empty": PrinterFault.PAPER_OUT,
    "media-needed": PrinterFault.PAPER_OUT,
    "cover-open": PrinterFault.COVER_OPEN,
    "door-open": PrinterFault.COVER_OPEN,
    "media-jam": PrinterFault.BROKEN,
    "offline": PrinterFault.OFFLINE,
}
"""Words of the printing standard, as CUPS tells them with ``-error`` or ``-warning`` behind."""
LOW = "media-low"


class CupsPrinter:
    """The queue ``name`` of CUPS; implements ``TicketPrinter``."""

    def __init__(self, name: str, through: EscposPrinter) -> None:
        self._name = name
        self._through = through

    def status(self) -> PrinterStatus:
        """What CUPS says; to open the printer would be to begin a job."""
        try:
            told = subprocess.run(  # noqa: S603 - the name is one word, and no shell reads it
                ["lpstat", "-l", "-p", self._name],  # noqa: S607 - wherever the system has it
                capture_output=True,
                text=True,
                timeout=STATUS_S,
                env=os.environ | {"LC_ALL": "C"},
                check=True,
            ).stdout
        except (OSError, subprocess.SubprocessError):
            return PrinterStatus(fault=PrinterFault.OFFLINE)
        return status_told_by_cups(told)

    def print(self, ticket: "Image", name: str) -> PrinterStatus:
        """Hand the ticket over to CUPS, which prints it as soon as the printer can."""
        before = self.status()
        if before.fault is not None:
            raise PrinterTrouble(before.fault)
        self._through.print(ticket, name)
        return before


def status_told_by_cups(told: str) -> PrinterStatus:
    """How the printer is, from what ``lpstat -l -p`` says in English."""
    first, _, rest = told.partition("\n")
    alerts = next((line for line in rest.splitlines() if "Alerts:" in line), "")
    fault = next((fault for word, fault in ALERTS.items() if word in alerts), None)
    if fault is None and " disabled " in first:
        fault = PrinterFault.OFFLINE
    return PrinterStatus(fault=fault, paper_is_low=LOW in alerts)
