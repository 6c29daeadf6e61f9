"""What the API takes and gives about appointments."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from queueapp.domain.appointment import (
    CODE_DIGITS,
    LONGEST_LABEL,
    LONGEST_REFERENCE,
    TOKEN_LENGTH,
    AppointmentState,
    Source,
)
from queueapp.web.api.models import PLAIN, Code, Given, LanguageCode, Taken

MOST_AT_ONCE = 1000

Reference = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_REFERENCE, pattern=PLAIN)
]
Label = Annotated[str, StringConstraints(max_length=LONGEST_LABEL, pattern=PLAIN)]
CODE_OR_TOKEN = rf"^([0-9]{{{CODE_DIGITS}}}|[2-9a-z]{{{TOKEN_LENGTH}}})$"


class NewAppointment(Taken):
    """A free slot to be booked."""

    service: Code
    starts_at: AwareDatetime
    reference: Reference | None = None
    label: Label = ""
    language: LanguageCode = "en"


class KeptElsewhere(Taken):
    """An appointment as another system keeps it."""

    reference: Reference
    service: Code
    starts_at: AwareDatetime
    label: Label = ""


class Importing(Taken):
    """Appointments of another system, which knows each by its reference."""

    appointments: Annotated[list[KeptElsewhere], Field(max_length=MOST_AT_ONCE)]


class CheckingIn(Taken):
    """In which language the ticket shall be."""

    language: LanguageCode | None = None


class SlotAnswer(Given):
    """A time that can be booked."""

    starts_at: datetime
    left: int


class AppointmentAnswer(Given):
    """An appointment with the code that its holder checks in with."""

    id: UUID
    service: str
    starts_at: datetime
    state: AppointmentState
    code: str
    page: str | None
    """Its page; null while the branch has no public address."""
    reference: str | None
    label: str
    source: Source
    booked_at: datetime
    ticket: UUID | None


class SkippedAnswer(Given):
    """An appointment that could not be taken over."""

    place: int
    """In the list that was sent, from 0 on."""
    reason: str
    detail: str


class ImportAnswer(Given):
    """What came of an import."""

    revision: int
    added: int
    changed: int
    same: int
    skipped: list[SkippedAnswer]
