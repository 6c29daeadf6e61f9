"""Leases: a row that says which process does something, and until when nobody else may."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, or_

from queueapp.store.upsert import insert_into

LONGEST_LEASE = timedelta(minutes=1)
"""One that seems to last for longer was given before the clock was put back: it is over."""


def take(
    connection: Connection,
    target: Table,
    row: Mapping[str, Any],
    holder: str,
    *,
    now: datetime,
    lasts: timedelta,
) -> bool:
    """Take or renew the lease of a row for ``holder``; false while another's runs.

    ``row``: its key, and what it holds otherwise when it is not there yet; ``now``: by the
    database's clock.
    """
    held = {"holder": holder, "lease_until": now + lasts}
    taken = connection.execute(
        insert_into(connection, target)
        .on_conflict_do_update(
            index_elements=list(target.primary_key),
            set_=held,
            where=or_(
                target.c.holder == holder,
                target.c.lease_until.is_(None),
                target.c.lease_until < now,
                target.c.lease_until > now + LONGEST_LEASE,
            ),
        )
        .returning(target.c.holder),
        {**row, **held},
    )
    return taken.one_or_none() is not None
