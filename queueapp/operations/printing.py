"""Tickets on paper: printing once more, and what a printer's process reports and asks for."""

from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from queueapp.domain.printing import (
    PRINT_WITHIN,
    Print,
    Printer,
    PrinterFault,
    PrinterName,
    PrintState,
    is_copy,
)
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import BranchId
from queueapp.operations.commands import ReportPrinter, ReprintTicket
from queueapp.operations.done import Done
from queueapp.operations.ports import Transaction


class PrintQueue(Protocol):
    """Where the process that runs a printer finds its work.

    None of it raises the branch's revision: a ticket that is printed as it should be is no news for
    the other terminals. Everything raises ``StoreUnavailable``.
    """

    def hold_printer(
        self, branch: BranchId, printer: PrinterName, holder: str, lasts: timedelta
    ) -> bool:
        """Take or renew the right to print on ``printer``; false while another process holds it."""

    def prints(self, branch: BranchId, printer: PrinterName, state: PrintState) -> list[Print]:
        """The prints of ``printer`` in ``state`` (waiting, printing or failed), the oldest first.

        One that staff asked for comes before those of customers.
        """

    def begin_print(self, branch: BranchId, waiting: Print) -> bool:
        """Take ``waiting`` to print it; false when it is not waiting any more."""

    def end_print(self, branch: BranchId, begun: Print) -> None:
        """``begun`` is printed."""

    def put_back(self, branch: BranchId, begun: Print) -> None:
        """Nothing of ``begun`` reached the printer: it waits again."""


def reprint_ticket(transaction: Transaction, command: ReprintTicket) -> Done:
    """Ask for a ticket once more; a copy says so, for two people must not hold one number."""
    ticket = transaction.ticket(command.ticket)
    # First, and then what there is: a printer takes what waits without asking for the branch.
    transaction.printing.lapse(ticket.id)
    earlier = transaction.printing.of_ticket(ticket.id)
    for begun in (each for each in earlier if each.state is PrintState.PRINTING):
        if transaction.now - begun.asked_at <= PRINT_WITHIN:
            raise Refused(Reason.PRINT_UNDER_WAY, ticket=ticket.label)
        died = replace(begun, fault=PrinterFault.OFFLINE, reached_paper=True)
        transaction.printing.fail(died)  # its kiosk may not be back today to say so
    printer = command.printer or _where(transaction.printing.printers(), earlier)
    transaction.printing.add(
        Print(
            ticket=ticket.id,
            ordinal=len(earlier) + 1,
            printer=printer,
            is_copy=any(is_copy(each) for each in earlier),
            asked_at=transaction.now,
            staff=command.staff,
        )
    )
    for name in {printer, *(each.printer for each in earlier)}:
        transaction.printing.touch(name)
    return Done(ticket=ticket, facts={"printer": printer})


def report_printer(transaction: Transaction, command: ReportPrinter) -> Done:
    """Keep how a printer is, and which prints it could not do."""
    known = {printer.name: printer for printer in transaction.printing.printers()}
    before = known.get(command.printer)
    is_same = before is not None and (before.fault, before.paper_is_low) == (
        command.fault,
        command.paper_is_low,
    )
    for failed in command.failed:
        transaction.printing.fail(failed)
    transaction.printing.save_printer(
        Printer(
            name=command.printer,
            fault=command.fault,
            paper_is_low=command.paper_is_low,
            since=before.since if is_same and before is not None else transaction.now,
        )
    )
    return Done(
        facts={
            "printer": command.printer,
            "fault": command.fault and command.fault.value,
            "paper_is_low": command.paper_is_low,
            "failed": len(command.failed),
        }
    )


def _where(printers: list[Printer], earlier: list[Print]) -> PrinterName:
    """Where it was asked for last, unless that printer is down and another one is not."""
    working = [printer.name for printer in printers if printer.fault is None]
    last = earlier[-1].printer if earlier else None
    if last is not None and (last in working or not working):
        return last
    if working:
        return working[0]
    if printers:
        return printers[0].name
    raise Refused(Reason.NO_PRINTER)
