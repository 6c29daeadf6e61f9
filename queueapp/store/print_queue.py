"""Where the process that runs a printer finds its work, in the shared database."""

from datetime import timedelta

from sqlalchemy import case, or_, select, text, update

from queueapp.domain.printing import Print, PrinterName, PrintState
from queueapp.domain.words import BranchId
from queueapp.store.engine import reachable, server_now
from queueapp.store.print_rows import PRINT_COLUMNS, print_of, printer, printing
from queueapp.store.print_tables import IS_OPEN
from queueapp.store.store import LONGEST_LEASE, SqlStore
from queueapp.store.upsert import insert_into


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
            held = {"holder": holder, "lease_until": now + lasts}
            insert = insert_into(connection, printer)
            taken = connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["branch_id", "name"],
                    set_=held,
                    where=or_(
                        printer.c.holder == holder,
                        printer.c.lease_until.is_(None),
                        printer.c.lease_until < now,
                        printer.c.lease_until > now + LONGEST_LEASE,
                    ),
                ).returning(printer.c.holder),
                {"branch_id": branch, "name": name, "since": now, **held},
            )
            return taken.one_or_none() is not None

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
