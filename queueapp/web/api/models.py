"""What the API takes and gives, as values that describe themselves."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints

from queueapp.domain.branch import Policy
from queueapp.domain.desk import DeskState
from queueapp.domain.figures import Trend
from queueapp.domain.rating import LONGEST_CONTACT, LONGEST_WORD, SCORES, RatingReason
from queueapp.domain.routing import PickReason
from queueapp.domain.ticket import Channel, LegState, Outcome

PLAIN = r"^[^\u0000-\u001f\u007f-\u009f]*$"
"""No control letters: nobody types them, and they do harm on terminals and printers."""

Code = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=PLAIN)]
Note = Annotated[str, StringConstraints(max_length=200, pattern=PLAIN)]
Word = Annotated[str, StringConstraints(max_length=LONGEST_WORD, pattern=PLAIN)]
Contact = Annotated[str, StringConstraints(max_length=LONGEST_CONTACT, pattern=PLAIN)]
Pin = Annotated[str, StringConstraints(min_length=4, max_length=12, pattern=r"^[0-9]+$")]


def _only_a_number(value: object) -> object:
    """What JSON calls a number: neither text that looks like one nor true or false."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a whole number")  # noqa: TRY004 - pydantic wants a ValueError
    return value


WHOLE = BeforeValidator(_only_a_number)
Score = Annotated[int, Field(ge=SCORES.start, le=SCORES.stop - 1), WHOLE]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^(en|fa)$")]
Names = dict[str, str]


class Taken(BaseModel):
    """What is sent to the branch; a field too many is a mistake."""

    model_config = ConfigDict(extra="forbid")


class Given(BaseModel):
    """What is sent by the branch."""

    model_config = ConfigDict(frozen=True)


# -- taken ----------------------------------------------------------------------------------------


class NewTicket(Taken):
    """A ticket to be issued."""

    service: Code
    category: Code = "normal"
    category_reason: Note = ""
    language: LanguageCode = "en"


class NewRating(Taken):
    """What somebody says of their visit."""

    score: Score
    reason: RatingReason | None = None
    word: Word = ""
    contact: Contact = ""


class SigningOn(Taken):
    """The PIN of the staff member whom the key belongs to."""

    pin: Pin


class Pausing(Taken):
    """For how long, and why."""

    reason: Note
    minutes: Annotated[int, Field(ge=1, le=600), WHOLE]


class Choosing(Taken):
    """One ticket, by its id."""

    ticket: UUID


class Finishing(Taken):
    """How it ended."""

    outcome: Code | None = None
    note: Note = ""


class Noting(Taken):
    """A note to whoever serves the ticket next."""

    note: Note = ""


class SendingOn(Taken):
    """To another service, or to one counter."""

    service: Code | None = None
    counter: Annotated[int, Field(ge=1, le=9999), WHOLE] | None = None
    note: Note = ""


class Adding(Taken):
    """A further service, here at once or by whoever is free."""

    service: Code
    here: StrictBool
    note: Note = ""


class NewWebhook(Taken):
    """Where events are told."""

    url: Annotated[
        str, StringConstraints(min_length=8, max_length=500, pattern=r"^https?://[!-~]+$")
    ]
    kinds: Annotated[list[Code], Field(max_length=50)] = []


# -- given ----------------------------------------------------------------------------------------


class ProblemAnswer(Given):
    """Why something was not done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    reason: str | None = None
    """The rule, as one word: ``nobody_waiting``."""
    errors: list[dict[str, object]] | None = None


class Done(Given):
    """A command was carried out; sent again with its key, it gives this again."""

    revision: int
    at: datetime
    ticket: UUID | None
    label: str
    reason: PickReason | None
    """Why this ticket was called."""
    percent: int


class Issued(Given):
    """A new ticket, with what only its owner may know."""

    revision: int
    at: datetime
    ticket: UUID
    label: str
    token: str
    page: str | None
    """The ticket's page; null while the branch has no public address."""


class Wait(Given):
    """A predicted wait from now on, in seconds: with p80, 8 of 10 wait no longer."""

    p50: float
    p80: float


class TicketAnswer(Given):
    """Where a ticket stands."""

    id: UUID
    label: str
    service: str
    category: str
    state: LegState
    outcome: Outcome | None
    channel: Channel
    arrived_at: datetime
    called_at: datetime | None
    counter: int | None
    place: int | None
    wait: Wait | None


class ServiceAnswer(Given):
    """A service as it is now."""

    code: str
    name: Names
    is_open: bool
    is_remote_paused: bool
    """Tickets are given in the hall only for now: issuing one by a key is refused."""
    target_s: float
    waiting: int
    wait: Wait | None
    """For somebody who comes now."""
    no_wait_because: str | None


class CounterAnswer(Given):
    """A counter and its desk."""

    number: int
    services: list[str]
    state: DeskState
    staff: str | None
    ticket: UUID | None
    label: str | None


class ServiceReport(Given):
    """How a service does today."""

    service: str
    waiting: int
    longest_wait_s: float | None
    share_within_target: float | None
    trend: Trend | None


class CounterReport(Given):
    """What a counter did today."""

    counter: int
    served: int
    median_service_s: float | None
    ratings: int
    mean_rating: float | None


class DayOfAppointments(Given):
    """Today's appointments: all of ``booked`` came, were missed, or are still to come."""

    booked: int
    came: int
    missed: int
    cancelled: int


class DayReport(Given):
    """Today in figures."""

    day: str
    revision: int
    policy: Policy
    issued: int
    waiting: int
    served: int
    appointments: DayOfAppointments
    services: list[ServiceReport]
    counters: list[CounterReport]


class RatingAnswer(Given):
    """What somebody said of a visit, with what they typed while that is kept."""

    ticket: UUID
    label: str
    service: str
    counter: int | None
    score: int
    reason: RatingReason | None
    at: datetime
    word: str
    contact: str


class EventAnswer(Given):
    """One thing that happened."""

    revision: int
    kind: str
    at: datetime
    staff: str | None
    counter: int | None
    ticket: UUID | None
    label: str | None
    state: LegState | None
    service: str | None
    appointment: UUID | None
    """The one that it was about."""


class WebhookAnswer(Given):
    """An address that is told, and how far it was."""

    id: UUID
    owner: str
    url: str
    kinds: list[str]
    told: int
    failures: int
    left_out: int


class NewWebhookAnswer(WebhookAnswer):
    """A new one, with the secret that its messages are signed with; it is shown this once."""

    secret: str
