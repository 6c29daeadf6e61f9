"""The table of what the forecaster learned. Private to the store."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, LargeBinary
from sqlmodel import Field

from queueapp.store.columns import Row


class LearnedRow(Row, table=True):
    """One branch's snapshot: it spares a forecaster that starts the reading of years."""

    __tablename__ = "learned"
    __table_args__ = (ForeignKeyConstraint(["branch_id"], ["branch.branch_id"]),)

    branch_id: str = Field(primary_key=True)
    revision: int = Field(sa_type=BigInteger)
    saved_at: datetime
    snapshot: bytes = Field(sa_type=LargeBinary)
    """JSON, compressed by zlib."""
