"""What the process that runs a printer wants of it, whatever kind it is."""

from typing import TYPE_CHECKING, Protocol

from queueapp.devices.printer.status import PrinterStatus

if TYPE_CHECKING:
    from PIL.Image import Image


class TicketPrinter(Protocol):
    """A printer. Both methods block, but never for longer than a minute."""

    def status(self) -> PrinterStatus:
        """How it is now; a printer that cannot be asked is taken to be well."""

    def print(self, ticket: "Image", name: str) -> PrinterStatus:
        """Print ``ticket`` and wait until it is printed, as far as the printer can tell.

        ``name`` is for those that keep what they print. Gives how the printer was. Raises
        :class:`~queueapp.devices.printer.status.PrinterTrouble`.
        """
