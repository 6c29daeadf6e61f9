"""The process that runs a kiosk's ticket printer; the only one that loads pictures and ports."""

from typing import BinaryIO
from uuid import uuid4

from queueapp.bootstrap import OpenBranch, languages_of
from queueapp.bootstrap.child_keeper import end_of
from queueapp.bootstrap.followed import followed
from queueapp.config.caches import printer_profiles_folder
from queueapp.config.printer_address import PrinterAddress
from queueapp.config.settings import Settings
from queueapp.devices.printer.connecting import PrinterSetup, connect, drawer
from queueapp.devices.printer.work import PrinterWork
from queueapp.domain.printing import PrinterName
from queueapp.store.print_queue import SqlPrintQueue


def printer_setup(settings: Settings, address: PrinterAddress) -> PrinterSetup:
    """The printer at ``address``, as ``settings`` describe it."""
    return PrinterSetup(
        address=address,
        width=settings.printer_width,
        profile=settings.printer_profile,
        answers=settings.printer_answers,
        logo=settings.printer_logo,
        cache=printer_profiles_folder(),
    )


def run_printer(
    opened: OpenBranch, settings: Settings, address: PrinterAddress, until_end_of: BinaryIO
) -> None:
    """Print what is asked of the printer until ``until_end_of`` ends; a terminal holds its end."""
    setup = printer_setup(settings, address)
    work = PrinterWork(
        connect(setup),
        SqlPrintQueue(opened.store),
        opened.operations.handle,
        drawer(setup, languages_of(opened.plan()), opened.clock),
        branch=opened.id,
        name=PrinterName(settings.printer_known_as),
        holder=uuid4().hex,
        clock=opened.clock,
        look_at_printer_s=setup.look_s,
    )
    with followed(opened) as picture:
        work.run(picture.latest, picture.woken, end_of(until_end_of))
