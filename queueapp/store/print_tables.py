"""The tables of tickets on paper. Private to the store, like :mod:`queueapp.store.tables`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from queueapp.domain.printing import OPEN_PRINTS, PrinterFault, PrintState
from queueapp.store.columns import PartialIndex, Row, words

IS_OPEN = "state IN (" + ", ".join(f"'{state}'" for state in sorted(OPEN_PRINTS)) + ")"


class PrinterRow(Row, table=True):
    """How a printer is, and which process may print on it."""

    __tablename__ = "printer"
    __table_args__ = (ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),)

    branch_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    revision: int = Field(default=0, sa_type=BigInteger)
    """0: nothing was reported of it yet, so no screen shows it."""
    fault: PrinterFault | None = Field(default=None, sa_type=words(PrinterFault))
    paper_is_low: bool = False
    since: datetime
    holder: str | None = None
    lease_until: datetime | None = None


class PrintRow(Row, table=True):
    """One ticket, to be printed once; what staff ask for again is a further one."""

    __tablename__ = "print"
    __table_args__ = (
        ForeignKeyConstraint(["branch_id", "ticket_id"], ["ticket.branch_id", "ticket.ticket_id"]),
        ForeignKeyConstraint(["branch_id", "staff"], ["staff.branch_id", "staff.code"]),
        CheckConstraint("state <> 'failed' OR fault IS NOT NULL", name="failed_has_its_fault"),
        PartialIndex(
            "print_open",
            "branch_id",
            "printer",
            "state",
            where=IS_OPEN,
        ),
    )

    branch_id: str = Field(primary_key=True)
    ticket_id: UUID = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    printer: str
    state: PrintState = Field(sa_type=words(PrintState))
    is_copy: bool = False
    asked_at: datetime
    staff: str | None = None
    fault: PrinterFault | None = Field(default=None, sa_type=words(PrinterFault))
    reached_paper: bool = False
