"""Tickets on paper: what is asked of a printer, and what staff have to know about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from queueapp.domain.words import StaffCode, TicketId

PrinterName = NewType("PrinterName", str)
"""What staff call a printer; two kiosks that name the same one share it."""

PRINT_WITHIN = timedelta(seconds=25)
"""How long a ticket waits for a printer that cannot print: its owner has gone by then, with the
number and the code that the kiosk showed."""


class PrintState(StrEnum):
    """How far a print has come."""

    WAITING = "waiting"
    PRINTING = "printing"
    """The printer has got some of it; whoever dies now leaves it open whether paper came out."""
    PRINTED = "printed"
    FAILED = "failed"
    LAPSED = "lapsed"
    """It was not printed, and nobody needs it any more: asked for again, or the day is over."""


OPEN_PRINTS = frozenset({PrintState.WAITING, PrintState.PRINTING, PrintState.FAILED})


class PrinterFault(StrEnum):
    """Why a printer does not print."""

    OFFLINE = "offline"
    """It cannot be reached: unplugged, switched off, or no longer on the network."""
    SILENT = "silent"
    """It can be reached and does not answer."""
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    BROKEN = "broken"
    """It says of itself that something is jammed or broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One ticket, to be printed once."""

    ticket: TicketId
    ordinal: int
    """1 for the first, which is asked for with the ticket itself."""
    printer: PrinterName
    state: PrintState = PrintState.WAITING
    is_copy: bool = False
    """Whether an earlier print may be in somebody's hand."""
    asked_at: datetime
    staff: StaffCode | None = None
    """Who asked for it; ``None``: the customer, by taking the ticket."""
    fault: PrinterFault | None = None
    """Why it failed."""
    reached_paper: bool = False
    """Whether it failed after a part of it was sent, so that paper may have come out."""

    def is_overdue(self, now: datetime) -> bool:
        """Whether its owner no longer stands there to take it; what staff ask for waits longer."""
        return self.staff is None and now - self.asked_at > PRINT_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """A printer as staff have to know it."""

    name: PrinterName
    fault: PrinterFault | None = None
    """``None``: it prints."""
    paper_is_low: bool = False
    since: datetime
    """When ``fault`` or ``paper_is_low`` became what it is."""
    unprinted: tuple[TicketId, ...] = ()
    """Today's tickets that it did not print, the oldest first."""


def is_copy(earlier: Print) -> bool:
    """Whether a print after ``earlier`` is a copy: that one may have come out."""
    match earlier.state:
        case PrintState.PRINTED | PrintState.PRINTING:
            return True
        case PrintState.FAILED | PrintState.LAPSED:
            return earlier.reached_paper or earlier.is_copy
        case PrintState.WAITING:
            return False
