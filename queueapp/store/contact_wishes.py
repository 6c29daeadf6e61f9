"""Who asked to be contacted: read for the supervisor, and deleted once it is done."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from queueapp.domain.numbering import label_of
from queueapp.domain.rating import ContactWish
from queueapp.domain.words import BranchId, ServiceCode, TicketId
from queueapp.store import statements as s
from queueapp.store.access_tables import CustomerWordsRow
from queueapp.store.rows import table

customer_words = table(CustomerWordsRow)


def read_wishes(connection: Connection, branch: BranchId) -> list[ContactWish]:
    """Everybody who waits to be contacted, the longest first."""
    rows = connection.execute(
        select(
            customer_words.c.ticket_id,
            customer_words.c.ordinal,
            customer_words.c.contact,
            customer_words.c.word,
            customer_words.c.written_at,
            s.ticket.c.day,
            s.ticket.c.letter,
            s.ticket.c.number,
            s.leg.c.service,
            s.rating.c.score,
            s.rating.c.reason,
        )
        .join(s.ticket, s.same(s.ticket, customer_words, "ticket_id"))
        .join(s.leg, s.same(s.leg, customer_words, "ticket_id", "ordinal"))
        .join(s.rating, s.same(s.rating, customer_words, "ticket_id", "ordinal"))
        .where(customer_words.c.branch_id == branch, customer_words.c.contact != "")
        .order_by(customer_words.c.written_at)
    )
    return [
        ContactWish(
            ticket=TicketId(row.ticket_id),
            ordinal=row.ordinal,
            label=label_of(row.letter, row.number),
            day=row.day,
            service=ServiceCode(row.service),
            score=row.score,
            reason=row.reason,
            contact=row.contact,
            word=row.word,
            at=row.written_at,
        )
        for row in rows
    ]


def forget_contact(
    connection: Connection, branch: BranchId, ticket: TicketId, ordinal: int
) -> datetime | None:
    """Delete how to reach somebody; when they wrote it, ``None`` when there is nothing."""
    theirs = (
        customer_words.c.branch_id == branch,
        customer_words.c.ticket_id == ticket,
        customer_words.c.ordinal == ordinal,
    )
    row = connection.execute(
        select(customer_words.c.written_at, customer_words.c.word).where(
            *theirs, customer_words.c.contact != ""
        )
    ).one_or_none()
    if row is None:
        return None
    if row.word:
        connection.execute(update(customer_words).where(*theirs).values(contact=""))
    else:
        connection.execute(delete(customer_words).where(*theirs))
    written_at: datetime = row.written_at
    return written_at
