"""The printer that the settings name, and how it draws."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL.Image import Image

from queueapp.config.printer_address import PrinterAddress, PrinterKind
from queueapp.devices.printer.cups_printer import CupsPrinter
from queueapp.devices.printer.drawing import draw_ticket
from queueapp.devices.printer.escpos_library import (
    STATUS_S,
    WORK_S,
    keep_its_cache_in,
    opener,
    profile_for,
)
from queueapp.devices.printer.escpos_printer import EscposPrinter
from queueapp.devices.printer.file_printer import FilePrinter
from queueapp.devices.printer.ticket_printer import TicketPrinter
from queueapp.devices.printer.ticket_words import TicketWords, ticket_words
from queueapp.devices.printer.work import Drawn
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import Print
from queueapp.language import Language

LOOK_S = 5.0
LOOK_AT_USB_S = 30.0
"""To look at a printer at a USB port is to open the port anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterSetup:
    """A printer as a terminal is set up for it."""

    address: PrinterAddress
    width: int
    """Dots of its head."""
    profile: str
    answers: bool
    """Whether it says how it is."""
    logo: Path | None = None
    cache: Path
    """A folder for what its library keeps."""

    @property
    def look_s(self) -> float:
        """How often to ask how it is while there is nothing to print."""
        return LOOK_AT_USB_S if self.address.kind is PrinterKind.USB else LOOK_S


def connect(setup: PrinterSetup) -> TicketPrinter:
    """The printer, not opened yet; raises ``UnknownProfile``."""
    if setup.address.folder is not None:
        return FilePrinter(setup.address.folder)
    keep_its_cache_in(setup.cache)
    profile = profile_for(setup.profile, setup.width)
    is_cups = setup.address.kind is PrinterKind.CUPS
    printer = EscposPrinter(
        opener(setup.address, profile, seconds=STATUS_S),
        opener(setup.address, profile, seconds=WORK_S),
        answers=setup.answers and not is_cups,
    )
    return CupsPrinter(setup.address.queue, printer) if is_cups else printer


def drawer(
    setup: PrinterSetup, language_of: Callable[[str], Language], clock: Callable[[], datetime]
) -> Callable[[LiveBranch, Print], Drawn | None]:
    """What makes the picture of a print."""

    def draw(live: LiveBranch, asked: Print) -> Drawn | None:
        ticket = live.tickets.get(asked.ticket)
        if ticket is None:
            return None
        language = language_of(ticket.language)
        words = ticket_words(live, ticket, clock(), language, is_copy=asked.is_copy)
        return Drawn(picture=picture_of(words, setup), name=f"{ticket.day:%Y-%m-%d}-{ticket.label}")

    return draw


def picture_of(words: TicketWords, setup: PrinterSetup) -> Image:
    """A ticket as this printer gets it; a logo that cannot be read is left out."""
    try:
        return draw_ticket(words, width=setup.width, logo=setup.logo)
    except OSError:
        if setup.logo is None:
            raise
        logging.getLogger(__name__).exception("the logo cannot be drawn")
        return draw_ticket(words, width=setup.width)
