"""What stands on a printed ticket, in the language that its owner chose."""

from dataclasses import dataclass
from datetime import datetime

from queueapp.domain.estimate import Estimate
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.ticket_code import code_data
from queueapp.domain.words import sentence
from queueapp.language import Direction, Language
from queueapp.language.openings import as_sentence, opening
from queueapp.language.standing import (
    TODAY_ONLY,
    clock_window,
    opens_after_today,
    people_before,
    wait_left,
)

YOUR_NUMBER = sentence("Your number")
ABOUT = sentence("Your wait: {range}")
SCAN = sentence("Scan this to follow your place in the queue on your phone.")
KIND_WORDS = sentence("Thank you for your patience.")
COPY = sentence("Copy")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWords:
    """The lines of one ticket; an empty one is left out."""

    is_right_to_left: bool
    language: str
    """The code of the language, by which letters are shaped."""
    branch: str
    your_number: str
    number: str
    service: str
    place: str = ""
    wait: str = ""
    clock: str = ""
    taken: str
    """The day and the time, in the language's calendar."""
    code: str = ""
    """What the QR code carries; without a page of the ticket there is nothing to scan."""
    about_code: str = ""
    kind_words: str
    """What the ticket ends with."""
    copy: str = ""


def ticket_words(
    live: LiveBranch, ticket: Ticket, now: datetime, language: Language, *, is_copy: bool
) -> TicketWords:
    """What to print on ``ticket``; place and wait only while it waits."""
    place, wait, clock, last_words = _standing(live, ticket, now, language)
    url = live.branch.public_url
    code = code_data(url, ticket.label, ticket.token) if url else ""
    return TicketWords(
        is_right_to_left=language.direction is Direction.RIGHT_TO_LEFT,
        language=language.code,
        branch=language.name(live.branch.name),
        your_number=language.text(YOUR_NUMBER),
        number=language.ticket(ticket),
        service=language.name(live.branch.service(ticket.leg.service).name),
        place=place,
        wait=wait,
        clock=clock,
        taken=language.moment(ticket.arrived_at),
        code=code,
        about_code=language.text(SCAN) if code else "",
        kind_words=language.text(last_words),
        copy=language.text(COPY) if is_copy else "",
    )


def _standing(
    live: LiveBranch, ticket: Ticket, now: datetime, language: Language
) -> tuple[str, str, str, str]:
    """Place, wait, the range on the clock, and the message at the end; paper takes nothing back."""
    if ticket.leg.state is not LegState.WAITING or ticket.id not in live.tickets:
        return "", "", "", KIND_WORDS
    opens = opens_after_today(live, ticket, now)
    if opens is not None:
        return "", as_sentence(opening(opens, now, language)), "", TODAY_ONLY
    place = people_before(live.place(ticket.id, now) - 1, language)
    forecast, counted_from = wait_left(live, ticket, now)
    wait = ""
    if isinstance(forecast, Estimate):
        wait = language.text(ABOUT, range=language.range(forecast))
    return place, wait, clock_window(forecast, counted_from, language), KIND_WORDS
