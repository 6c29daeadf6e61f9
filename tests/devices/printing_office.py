"""An office with a ticket printer: the real operations, a real database, a printer on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import uuid4

from queueapp.config.printer_address import read_printer_address
from queueapp.devices.printer.connecting import PrinterSetup, drawer
from queueapp.devices.printer.escpos_library import keep_its_cache_in, opener, profile_for
from queueapp.devices.printer.escpos_printer import EscposPrinter
from queueapp.devices.printer.ticket_printer import TicketPrinter
from queueapp.devices.printer.work import PrinterWork
from queueapp.domain.printing import Print, Printer, PrinterName, PrintState
from queueapp.operations.commands import Command, ReprintTicket
from queueapp.operations.ports import Receipt
from queueapp.store.print_queue import SqlPrintQueue
from tests.devices.network_printer import HEAD, NetworkPrinter
from tests.domain.samples import SARA
from tests.operations.office import Office, open_office
from tests.tui.fakes import language_of

KIOSK = PrinterName("kiosk 1")
SHORT_S = 0.25
"""What stands for the patience of the real program, which would take a test too long."""


def setup_for(printer: NetworkPrinter, cache: Path) -> PrinterSetup:
    return PrinterSetup(
        address=read_printer_address(f"network://127.0.0.1:{printer.port}"),
        width=HEAD,
        profile="default",
        answers=True,
        cache=cache,
    )


def impatient(setup: PrinterSetup, *, seconds: float = SHORT_S) -> EscposPrinter:
    """The printer as the program talks to it, with little patience."""
    keep_its_cache_in(setup.cache)
    profile = profile_for(setup.profile, setup.width)
    open_it = opener(setup.address, profile, seconds=seconds)
    return EscposPrinter(open_it, open_it)


@dataclass
class PrintingOffice:
    """An office whose kiosk has a printer; ``works`` is one look of the printer's process."""

    office: Office
    printer: NetworkPrinter
    setup: PrinterSetup
    device: TicketPrinter
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.queue = SqlPrintQueue(self.office.store)
        self.work = self.start_process()

    def start_process(self) -> PrinterWork:
        """The printer's process, as a kiosk starts it."""
        self.holder = uuid4().hex
        return PrinterWork(
            self.device,
            self.queue,
            self.handle,
            drawer(self.setup, language_of, self.office.clock),
            branch=self.office.branch.id,
            name=KIOSK,
            holder=self.holder,
            clock=self.office.clock,
            look_at_printer_s=0,
            seconds=count(0, 10).__next__,  # whatever is tried again after a while is due
        )

    def handle(self, command: Command) -> Receipt:
        return self.office.do(command)

    def dies(self) -> None:
        """The process is killed, and its lease runs out."""
        with self.office.store.writing.begin() as connection:
            connection.exec_driver_sql("UPDATE printer SET lease_until = NULL")

    def issue(self) -> Receipt:
        return self.office.issue(printer=KIOSK)

    def works(self) -> None:
        """The process looks for work once."""
        self.work.look(self.office.live, self.stop)

    def reprint(self, issued: Receipt) -> None:
        assert issued.ticket is not None
        self.office.do(ReprintTicket(staff=SARA, ticket=issued.ticket))

    def waiting(self) -> list[Print]:
        return self.queue.prints(self.office.branch.id, KIOSK, PrintState.WAITING)

    def staff_see(self) -> Printer:
        """What the terminals of staff know of the printer."""
        return self.office.live.printers[KIOSK]


@contextmanager
def printing_office(folder: Path, printer: NetworkPrinter) -> Iterator[PrintingOffice]:
    """An office with ``printer`` at its kiosk."""
    office = open_office(f"sqlite:///{folder / 'queueapp.db'}")
    setup = setup_for(printer, folder / "cache")
    try:
        yield PrintingOffice(office, printer, setup, impatient(setup))
    finally:
        printer.unplug()
        office.store.close()
