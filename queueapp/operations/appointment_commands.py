"""Commands about appointments: take one in, book one, give one up, and be there in time."""

from dataclasses import dataclass, field
from datetime import datetime

from queueapp.domain.appointment import Source
from queueapp.domain.printing import PrinterName
from queueapp.domain.ticket import Channel
from queueapp.domain.words import ServiceCode
from queueapp.operations.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAppointment:
    """An appointment as another system keeps it."""

    reference: str
    """What that system calls it: the same reference is the same appointment."""
    service: ServiceCode
    starts_at: datetime
    """Aware."""
    label: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAppointments(Command):
    """Take over what another system says; done again, it changes what differs and nothing else.

    The receipt tells ``added``, ``changed`` and ``same``, and in ``skipped`` each row that could
    not be taken: its place from 0 on, and the name of the reason.
    """

    rows: tuple[ImportedAppointment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookAppointment(Command):
    """Give somebody a free place; the receipt tells the ``code`` and the ``appointment``."""

    service: ServiceCode
    starts_at: datetime
    """Aware."""
    source: Source
    language: str
    reference: str | None = None
    label: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAppointment(Command):
    """Somebody will not come."""

    code: str
    """The appointment's code, or the token of its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Command):
    """Somebody with an appointment is here: a ticket that is due at its time."""

    code: str
    """The appointment's code, or the token of its page."""
    language: str
    channel: Channel = Channel.KIOSK
    printer: PrinterName | None = None
    """Where the ticket comes out on paper; ``None``: nowhere."""
