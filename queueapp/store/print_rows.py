"""Tickets on paper within a command's transaction, and as the live picture shows them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, func, select, text, update
from sqlalchemy.sql import ClauseElement

from queueapp.domain.printing import Print, Printer, PrinterFault, PrinterName, PrintState
from queueapp.domain.words import BranchId, Revision, StaffCode, TicketId
from queueapp.store.driver import Row
from queueapp.store.print_tables import IS_OPEN, PrinterRow, PrintRow
from queueapp.store.rows import table

printing = table(PrintRow)
printer = table(PrinterRow)

PRINT_COLUMNS = [column for column in printing.c if column.name != "branch_id"]
PRINTER_COLUMNS = [
    printer.c.name,
    printer.c.fault,
    printer.c.paper_is_low,
    printer.c.since,
    printer.c.revision,
]

_OF_BRANCH = printing.c.branch_id == bindparam("branch")
_OF_TICKET = printing.c.ticket_id == bindparam("ticket")

INSERT_PRINT = printing.insert()
PRINTS_OF_TICKET = select(*PRINT_COLUMNS).where(_OF_BRANCH, _OF_TICKET).order_by(printing.c.ordinal)
_NOT_BEGUN = text(f"state IN ('{PrintState.WAITING}', '{PrintState.FAILED}')")
LAPSE_TICKET = (
    update(printing).where(_OF_BRANCH, _OF_TICKET, _NOT_BEGUN).values(state=PrintState.LAPSED)
)
LAPSE_ALL = (
    update(printing).where(_OF_BRANCH, text(IS_OPEN), _NOT_BEGUN).values(state=PrintState.LAPSED)
)
FAIL_PRINT = (
    update(printing)
    .where(
        _OF_BRANCH,
        _OF_TICKET,
        printing.c.ordinal == bindparam("which"),
        text(f"state IN ('{PrintState.WAITING}', '{PrintState.PRINTING}')"),
    )
    .values(state=PrintState.FAILED, fault=bindparam("why"), reached_paper=bindparam("came_so_far"))
)
SAVE_PRINTER = text(
    "INSERT INTO printer (branch_id, name, revision, fault, paper_is_low, since)"
    " VALUES (:branch, :name, :revision, :fault, :paper_is_low, :since)"
    " ON CONFLICT (branch_id, name) DO UPDATE SET revision = excluded.revision,"
    " fault = excluded.fault, paper_is_low = excluded.paper_is_low, since = excluded.since"
).bindparams(
    bindparam("paper_is_low", type_=printer.c.paper_is_low.type),
    bindparam("since", type_=printer.c.since.type),
)
TOUCH_PRINTER = (
    update(printer)
    .where(
        printer.c.branch_id == bindparam("branch"),
        printer.c.name == bindparam("name"),
        printer.c.revision > 0,
    )
    .values(revision=bindparam("now_at"))
)
PRINTERS = (
    select(*PRINTER_COLUMNS)
    .where(printer.c.branch_id == bindparam("branch"), printer.c.revision > 0)
    .order_by(printer.c.name)
)
NEWEST_REPORT = select(func.max(printer.c.revision)).where(
    printer.c.branch_id == bindparam("branch")
)
UNPRINTED = (
    select(printing.c.printer, printing.c.ticket_id)
    .where(_OF_BRANCH, text(IS_OPEN), text(f"state = '{PrintState.FAILED}'"))
    .order_by(printing.c.asked_at, printing.c.ticket_id)
)


def print_of(row: Sequence[Any]) -> Print:
    """A print from a row of :data:`PRINT_COLUMNS`."""
    ticket, ordinal, name, state, is_copy, asked_at, staff, fault, reached_paper = row
    return Print(
        ticket=TicketId(ticket),
        ordinal=ordinal,
        printer=PrinterName(name),
        state=PrintState(state),
        is_copy=bool(is_copy),
        asked_at=asked_at,
        staff=None if staff is None else StaffCode(staff),
        fault=None if fault is None else PrinterFault(fault),
        reached_paper=bool(reached_paper),
    )


def printer_of(row: Sequence[Any]) -> Printer:
    """A printer from a row of :data:`PRINTER_COLUMNS`."""
    name, fault, paper_is_low, since, _ = row
    return Printer(
        name=PrinterName(name),
        fault=None if fault is None else PrinterFault(fault),
        paper_is_low=bool(paper_is_low),
        since=since,
    )


def printers_since(
    connection: Connection, branch: BranchId, known: Revision
) -> list[Printer] | None:
    """All printers with their unprinted tickets; ``None`` when nothing changed since ``known``."""
    of_branch = {"branch": branch}
    newest = connection.execute(NEWEST_REPORT, of_branch).scalar_one()
    if newest is None or newest <= known:
        return None
    unprinted: dict[str, list[TicketId]] = {}
    for name, ticket in connection.execute(UNPRINTED, of_branch):
        unprinted.setdefault(name, []).append(TicketId(ticket))
    printers = (printer_of(row) for row in connection.execute(PRINTERS, of_branch))
    return [replace(each, unprinted=tuple(unprinted.get(each.name, ()))) for each in printers]


class Run(Protocol):
    """Runs one statement on the branch, in the transaction."""

    def __call__(self, statement: ClauseElement, **values: object) -> list[Row]:
        """Its rows."""


class PrintingRows:
    """Implements :class:`queueapp.operations.ports.Printing` in one command's transaction."""

    def __init__(self, run: Run, branch: BranchId, revision: Revision) -> None:
        self._run = run
        self._branch = branch
        self._revision = revision

    def add(self, asked: Print) -> None:
        """Ask for a print."""
        self._run(
            INSERT_PRINT,
            branch_id=self._branch,
            ticket_id=asked.ticket,
            ordinal=asked.ordinal,
            printer=asked.printer,
            state=asked.state,
            is_copy=asked.is_copy,
            asked_at=asked.asked_at,
            staff=asked.staff,
            fault=asked.fault,
            reached_paper=asked.reached_paper,
        )

    def of_ticket(self, ticket: TicketId) -> list[Print]:
        """Every print of a ticket, the first one first."""
        return [print_of(row) for row in self._run(PRINTS_OF_TICKET, ticket=ticket)]

    def fail(self, failed: Print) -> None:
        """Keep why a print failed, unless it was printed or has lapsed."""
        self._run(
            FAIL_PRINT,
            ticket=failed.ticket,
            which=failed.ordinal,
            why=failed.fault,
            came_so_far=failed.reached_paper,
        )

    def lapse(self, ticket: TicketId) -> None:
        """Nobody waits any more for what was not printed of ``ticket``."""
        self._run(LAPSE_TICKET, ticket=ticket)

    def lapse_all(self) -> None:
        """The same for every ticket of the branch."""
        self._run(LAPSE_ALL)

    def printers(self) -> list[Printer]:
        """Every printer of which something was reported, by name."""
        return [printer_of(row) for row in self._run(PRINTERS)]

    def save_printer(self, saved: Printer) -> None:
        """Store how a printer is; whoever may print on it stays as it was."""
        self._run(
            SAVE_PRINTER,
            name=saved.name,
            revision=self._revision,
            fault=saved.fault,
            paper_is_low=saved.paper_is_low,
            since=saved.since,
        )

    def touch(self, name: PrinterName) -> None:
        """Let every terminal read this printer anew."""
        self._run(TOUCH_PRINTER, name=name, now_at=self._revision)
