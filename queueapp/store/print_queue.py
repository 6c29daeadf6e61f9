"""Where the process that runs a printer finds its work, in the shared database."""

from datetime import timedelta

from sqlalchemy import case, select, text, update

from queueapp.domain.printing import Print, PrinterName, PrintState
from queueapp.domain.words import BranchId
from queueapp.store import lease
from queueapp.store.engine import reachable, server_now
from queueapp.store.print_rows import PRINT_COLUMNS, print_of, printer, printing
from queueapp.store.print_tables import IS_OPEN
from queueapp.store.store import SqlStore


class SqlPrintQueue:
    """Implements :class:`queueapp.operations.printing.PrintQueue`."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def hold_printer(
        self, branch: BranchId, name: PrinterName, holder: str, lasts: timedelta
    ) -> bool:
        """Take or renew the right to print; false while another process's lease runs."""
        with reachable(), self._store.writing.begin() as connection:
            now = server_now(connection)
            row = {"branch_id": branch, "name": name, "since": now}
            return lease.take(connection, printer, row, holder, now=now, lasts=lasts)

    def prints(self, branch: BranchId, name: PrinterName, state: PrintState) -> list[Print]:
        """The prints in ``state``, the oldest first; what staff asked for comes before all."""
        with reachable(), self._store.reading.connect() as connection:
            rows = connection.execute(
                select(*PRINT_COLUMNS)
                .where(
                    printing.c.branch_id == branch,
                    printing.c.printer == name,
                    text(IS_OPEN),
                    printing.c.state == state,
                )
                .order_by(
                    case((printing.c.staff.is_(None), 1), else_=0),
                    printing.c.asked_at,
                    printing.c.ticket_id,
                )
            )
            return [print_of(row) for row in rows]

    def begin_print(self, branch: BranchId, waiting: Print) -> bool:
        """Take ``waiting`` to print it; of several that try, one gets it."""
        return self._moves(branch, waiting, PrintState.WAITING, PrintState.PRINTING)

    def end_print(self, branch: BranchId, begun: Print) -> None:
        """``begun`` is printed."""
        self._moves(branch, begun, PrintState.PRINTING, PrintState.PRINTED)

    def put_back(self, branch: BranchId, begun: Print) -> None:
        """Nothing of ``begun`` reached the printer: it waits again."""
        self._moves(branch, begun, PrintState.PRINTING, PrintState.WAITING)

    def _moves(self, branch: BranchId, moved: Print, before: PrintState, after: PrintState) -> bool:
        with reachable(), self._store.writing.begin() as connection:
            done = connection.execute(
                update(printing)
                .where(
                    printing.c.branch_id == branch,
                    printing.c.ticket_id == moved.ticket,
                    printing.c.ordinal == moved.ordinal,
                    printing.c.state == before,
                )
                .values(state=after)
            )
            return done.rowcount == 1
