"""What earlier days promised and what became of it, read from their legs."""

from datetime import date, timedelta

from sqlalchemy import bindparam, select

from queueapp.domain.accuracy import Accuracy, PastAccuracy, score
from queueapp.domain.ticket import LegState, Promise
from queueapp.domain.words import BranchId
from queueapp.store.engine import reachable
from queueapp.store.statements import leg, same, ticket
from queueapp.store.store import SqlStore

MONTH = timedelta(days=30)

PROMISES = (
    select(
        ticket.c.day,
        leg.c.called_at,
        leg.c.promised_at,
        leg.c.promise_p10,
        leg.c.promise_p50,
        leg.c.promise_p80,
        leg.c.promise_p90,
    )
    .join_from(ticket, leg, same(leg, ticket, "ticket_id"))
    .where(
        ticket.c.branch_id == bindparam("branch"),
        ticket.c.day >= bindparam("since"),
        ticket.c.day < bindparam("until"),
        leg.c.promised_at.is_not(None),
        leg.c.called_at.is_not(None),
        leg.c.state != LegState.WITHDRAWN,
    )
)
"""The index of numbers begins with branch and day, so older days cost nothing."""


class SqlPromises:
    """Implements :class:`queueapp.operations.outlooks.PastPromises`."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def past_accuracy(self, branch: BranchId, today: date) -> PastAccuracy | None:
        """The 30 days before ``today``."""
        of_day: dict[date, Accuracy] = {}
        values = {"branch": branch, "since": today - MONTH, "until": today}
        with reachable(), self._store.reading.connect() as connection:
            for day, called_at, made_at, p10, p50, p80, p90 in connection.execute(PROMISES, values):
                promise = Promise(p10=p10, p50=p50, p80=p80, p90=p90, made_at=made_at)
                of_day[day] = of_day.get(day, Accuracy()) + score(promise, called_at)
        if not of_day:
            return None
        last = max(of_day)
        return PastAccuracy(
            last_day=last,
            of_last_day=of_day[last],
            of_month=sum(of_day.values(), Accuracy()),
        )
