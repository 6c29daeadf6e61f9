"""A ticket printer that speaks ESC/POS, on the network, at a USB port or behind CUPS."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from queueapp.devices.printer import status as s
from queueapp.devices.printer.escpos_library import time_outs
from queueapp.devices.printer.status import PrinterStatus, PrinterTrouble
from queueapp.domain.printing import PrinterFault

if TYPE_CHECKING:
    from escpos.escpos import Escpos
    from PIL.Image import Image

DONE_WITHIN_S = 45.0
"""How long a ticket may take from its last byte until the printer says that it is printed."""
STRIPE_ROWS = 240
"""Rows sent at once: small printers keep no more in mind."""


class EscposPrinter:
    """Prints pictures through python-escpos; implements ``TicketPrinter``.

    ``open_to_ask`` and ``open_to_print`` open the same printer, with little and with much patience.
    ``answers``: whether the printer says how it is. One that does not is believed to have printed
    whatever it took.
    """

    def __init__(
        self,
        open_to_ask: "Callable[[], Escpos]",
        open_to_print: "Callable[[], Escpos]",
        *,
        answers: bool = True,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_to_ask = open_to_ask
        self._open_to_print = open_to_print
        self._answers = answers
        self._seconds = seconds

    def status(self) -> PrinterStatus:
        """How it says it is; one that does not answer cannot be asked, or is not there."""
        try:
            with self._opened(self._open_to_ask) as device:
                return _ask(device) if self._answers else PrinterStatus()
        except PrinterTrouble as trouble:
            return PrinterStatus(fault=trouble.fault)

    def print(self, ticket: "Image", name: str) -> PrinterStatus:  # noqa: ARG002 - paper has none
        """Print ``ticket``, cut it off, and wait until the printer says that this is done."""
        with self._opened(self._open_to_print) as device:
            before = _ask(device) if self._answers else PrinterStatus()
            if before.fault is not None:
                raise PrinterTrouble(before.fault)
            try:
                device.hw("INIT")
                device.image(ticket, impl="bitImageRaster", fragment_height=STRIPE_ROWS)
                device.cut()
                if self._answers:
                    self._wait_until_printed(device)
            except PrinterTrouble:
                raise
            except Exception as error:
                raise _trouble(error, reached_paper=True) from error
        return before

    def _wait_until_printed(self, device: "Escpos") -> None:
        """Ask it to answer when it is there, and meanwhile what keeps it."""
        due = self._seconds() + DONE_WITHIN_S
        question = s.ASK_WHEN_PRINTED
        while self._seconds() < due:
            try:
                received = bytes(device.query_status(question))
            except time_outs():
                question = s.ASK_WHY_OFFLINE
                continue
            if not received:
                raise PrinterTrouble(PrinterFault.OFFLINE, reached_paper=True, detail="it hung up")
            if s.says_printed(received):
                return
            for answer in s.realtime_answers(received):
                fault = s.fault_of(state=0, why=answer, paper=0)
                if fault is not None:
                    raise PrinterTrouble(fault, reached_paper=True)
            question = s.ASK_WHY_OFFLINE
        raise PrinterTrouble(PrinterFault.SILENT, reached_paper=True)

    @contextmanager
    def _opened(self, open_device: "Callable[[], Escpos]") -> "Iterator[Escpos]":
        device = None
        try:
            device = open_device()
            yield device
        except PrinterTrouble:
            raise
        except Exception as error:
            raise _trouble(error) from error
        finally:
            if device is not None:
                with suppress(Exception):  # it is gone in any case
                    device.close()


def _ask(device: "Escpos") -> PrinterStatus:
    """The three questions; a printer that is there and answers none of them is silent."""
    answers = [_answer(device, ask) for ask in (s.ASK_STATE, s.ASK_WHY_OFFLINE, s.ASK_PAPER)]
    state, why, paper = answers
    return s.status_of(state=state, why=why, paper=paper)


def _answer(device: "Escpos", question: bytes) -> int:
    received = bytes(device.query_status(question))
    if not received:
        raise PrinterTrouble(PrinterFault.OFFLINE, detail="it hung up")
    answers = s.realtime_answers(received)
    if not answers:
        raise PrinterTrouble(PrinterFault.SILENT, detail=f"it answered {received.hex()}")
    return answers[-1]


def _trouble(error: Exception, *, reached_paper: bool = False) -> PrinterTrouble:
    """What an error of the library, the network or the USB port means for staff."""
    is_slow = isinstance(error, time_outs())
    fault = PrinterFault.SILENT if is_slow else PrinterFault.OFFLINE
    return PrinterTrouble(
        fault, reached_paper=reached_paper, detail=f"{type(error).__name__}: {error}"
    )
