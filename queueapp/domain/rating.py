"""One tap of satisfaction, bound to exactly one leg."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import Channel, LegState, Outcome, Ticket
from queueapp.domain.words import ServiceCode, TicketId

SCORES = range(1, 6)
"""From bad to good."""
CHANGEABLE_FOR = timedelta(seconds=30)
BAD_SCORE = 2
"""A score of this or less asks for a reason, and is an alert."""


class RatingReason(StrEnum):
    """What let a customer down."""

    WAITED_TOO_LONG = "waited_too_long"
    CAME_AGAIN = "came_again"
    UNCLEAR_ANSWER = "unclear_answer"
    UNFRIENDLY = "unfriendly"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """1 (bad) to 5 (good) for one leg."""

    ticket: TicketId
    ordinal: int
    score: int
    reason: RatingReason | None
    at: datetime
    """When it was first given; it may be changed for :data:`CHANGEABLE_FOR` after that."""
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerWords:
    """What a customer typed with a rating: kept apart from it, and not for long."""

    ticket: TicketId
    ordinal: int
    word: str = ""
    contact: str = ""
    """How to reach somebody who asked for it, such as a telephone number."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWish:
    """Somebody who asked to be contacted after a visit, and has not been yet."""

    ticket: TicketId
    ordinal: int
    label: str
    day: date
    service: ServiceCode
    score: int
    reason: RatingReason | None
    contact: str
    word: str
    at: datetime


LONGEST_WORD = 500
LONGEST_CONTACT = 60
"""Letters."""


def customer_words(given: Rating, word: str, contact: str, at: datetime) -> CustomerWords | None:
    """What was typed with ``given``; ``None`` when that was nothing, refused when too much."""
    word, contact = word.strip(), contact.strip()
    for typed, most in ((word, LONGEST_WORD), (contact, LONGEST_CONTACT)):
        if len(typed) > most:
            raise Refused(Reason.WORDS_TOO_LONG, most=most)
    if not word and not contact:
        return None
    return CustomerWords(
        ticket=given.ticket, ordinal=given.ordinal, word=word, contact=contact, at=at
    )


def rate(
    ticket: Ticket,
    *,
    score: int,
    reason: RatingReason | None,
    channel: Channel,
    at: datetime,
    earlier: Rating | None,
) -> Rating:
    """Rate the ticket's last served leg; ``earlier`` is what was said of that leg before."""
    if score not in SCORES:
        raise Refused(Reason.RATING_OUT_OF_RANGE)
    ordinal = rateable_leg(ticket)
    if earlier is not None and at > earlier.at + CHANGEABLE_FOR:
        raise Refused(Reason.RATING_EXISTS, ticket=ticket.label)
    return Rating(
        ticket=ticket.id,
        ordinal=ordinal,
        score=score,
        reason=reason if score <= BAD_SCORE else None,
        at=earlier.at if earlier else at,
        channel=channel,
    )


def rateable_leg(ticket: Ticket) -> int:
    """The ordinal of the last leg that was served; refused when none was."""
    for leg in reversed(ticket.legs):
        if leg.state is LegState.ENDED and leg.outcome is Outcome.SERVED:
            return leg.ordinal
    raise Refused(Reason.RATING_NOT_SERVED, ticket=ticket.label)
