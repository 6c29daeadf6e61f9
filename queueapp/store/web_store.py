"""What the web part reads and keeps, on the engines of a store."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from queueapp.domain.access import ApiKey
from queueapp.domain.appointment import Appointment
from queueapp.domain.rating import ContactWish, CustomerWords
from queueapp.domain.webhook import Webhook
from queueapp.domain.words import BranchId, Revision, ServiceCode, StaffCode
from queueapp.operations.web_ports import PastEvent
from queueapp.store import access, appointment_rows
from queueapp.store import statements as s
from queueapp.store.contact_wishes import read_wishes
from queueapp.store.engine import reachable
from queueapp.store.store import SqlStore


class SqlWebStore:
    """Implements :class:`queueapp.operations.web_ports.WebStore`; safe to share by threads."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def secret(self, branch: BranchId, purpose: str) -> bytes:
        """The branch's secret for ``purpose``, made up when it is first asked for."""
        with self._read() as connection:
            known = access.read_secret(connection, branch, purpose)
        if known is not None:
            return known
        with self._write() as connection:
            access.make_secret(connection, branch, purpose)
        return self.secret(branch, purpose)

    def pin_mark(self, branch: BranchId, staff: StaffCode) -> str | None:
        """Another one for each PIN that ``staff`` is given; ``None``: nobody on the staff."""
        found = self._store.credentials(branch, staff)
        return None if found is None else hashlib.sha256(found.pin_hash.encode()).hexdigest()

    def api_keys(self, branch: BranchId) -> Sequence[ApiKey]:
        """Every key, revoked ones too, the oldest first."""
        with self._read() as connection:
            return access.read_api_keys(connection, branch)

    def events_after(self, branch: BranchId, revision: Revision, most: int) -> Sequence[PastEvent]:
        """At most ``most`` events that came after ``revision``, in their order."""
        with self._read() as connection:
            return access.read_events(connection, branch, revision, most)

    def revision_of(self, branch: BranchId, token: str) -> Revision | None:
        """When the ticket with this token changed last; ``None`` when there never was one."""
        with self._read() as connection:
            found = connection.execute(s.REVISION_OF, {"branch": branch, "token": token})
            revision = found.scalar_one()
        return None if revision is None else Revision(revision)

    def words_since(self, branch: BranchId, since: datetime) -> Sequence[CustomerWords]:
        """What customers typed since then, the latest first."""
        with self._read() as connection:
            return access.read_words(connection, branch, since)

    def contact_wishes(self, branch: BranchId) -> Sequence[ContactWish]:
        """Everybody who waits to be contacted, the longest first."""
        with self._read() as connection:
            return read_wishes(connection, branch)

    def has_words_before(self, branch: BranchId, before: datetime) -> bool:
        """Whether anything is left that customers typed earlier."""
        with self._read() as connection:
            return access.has_words(connection, branch, before)

    def webhooks(self, branch: BranchId) -> Sequence[Webhook]:
        """Every webhook."""
        with self._read() as connection:
            return access.read_webhooks(connection, branch)

    def appointments(
        self, branch: BranchId, since: datetime, until: datetime
    ) -> Sequence[Appointment]:
        """Every appointment from ``since`` (included) to ``until`` (not), in order of time."""
        with self._read() as connection:
            return appointment_rows.read_appointments(connection, branch, since, until)

    def appointment(self, branch: BranchId, code: str) -> Appointment | None:
        """The one with this code, or with this token."""
        with self._read() as connection:
            return appointment_rows.read_appointment(connection, branch, code)

    def taken(
        self, branch: BranchId, service: ServiceCode, since: datetime, until: datetime
    ) -> Mapping[datetime, int]:
        """How many have each slot of ``service`` in that time."""
        with self._read() as connection:
            return appointment_rows.read_taken(connection, branch, service, since, until)

    def claim(self, branch: BranchId, webhook: Webhook, until: datetime) -> bool:
        """Take ``webhook``, as it was read, for oneself; false when another did, or told it."""
        with self._write() as connection:
            return access.claim_webhook(connection, branch, webhook, until)

    def save_told(self, branch: BranchId, webhook: Webhook, claimed: datetime) -> None:
        """Keep how far ``webhook`` was told, by whoever claimed it until ``claimed``."""
        with self._write() as connection:
            access.write_told(connection, branch, webhook, claimed)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with reachable(), self._store.reading.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with reachable(), self._store.writing.begin() as connection:
            yield connection
