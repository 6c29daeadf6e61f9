"""The ticket's page: how it stands, and what its owner may do about it."""

from typing import Any

from queueapp.domain.letting_pass import MOST
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import BAD_SCORE, LONGEST_CONTACT, LONGEST_WORD, SCORES, RatingReason
from queueapp.domain.ticket import Ticket
from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.operations.commands import new_command_id
from queueapp.web.office import Office
from queueapp.web.pages.rendering import other_languages
from queueapp.web.ticket_state import Places, ticket_state
from queueapp.web.ticket_words import TicketWords, ticket_words

YOUR_NUMBER = sentence("Your number")
STATE_AT = sentence("As of {time}")
NO_CONNECTION = sentence("No connection. This is how it stood at")
RING = sentence("Ring when I am called")
RINGS = sentence("This phone will ring. Leave this page open.")
LET_PASS = sentence("I am not ready: let others pass")
LET_PASS_WHY = sentence("You keep your number and step back by so many people.")
LET_PASS_DO = sentence("Let them pass")
COME_BACK = sentence("I am ready: take my place back")
LEAVE = sentence("Leave the queue")
LEAVE_WHY = sentence("Your number will be given up. This cannot be taken back here.")
LEAVE_DO = sentence("Yes, give my number up")
RATE = sentence("How was your visit?")
WHAT_WAS_WRONG = sentence("What let you down?")
YOUR_WORD = sentence("Anything else? (optional)")
CONTACT = sentence("Please contact me")
CONTACT_NUMBER = sentence("Your telephone number")
KEPT_FOR = sentence("What you write is deleted after {days} days.")
SEND = sentence("Send")
FACES = {
    1: sentence("Very bad"),
    2: sentence("Bad"),
    3: sentence("So-so"),
    4: sentence("Good"),
    5: sentence("Very good"),
}
MOUTHS = {
    1: "M14 34 Q24 22 34 34",
    2: "M15 33 Q24 26 33 33",
    3: "M15 31 L33 31",
    4: "M15 29 Q24 36 33 29",
    5: "M14 28 Q24 42 34 28 Z",
}
STEPS = (1, 2, 3, 5, 10, 20)


def words_now(office: Office, live: LiveBranch, ticket: Ticket, language: Language) -> TicketWords:
    """How ``ticket`` stands, in words."""
    now = office.context.clock()
    state = ticket_state(live, ticket, now, Places(live, now))
    return ticket_words(state, live.branch, language, now)


def page_facts(
    office: Office, live: LiveBranch, ticket: Ticket, language: Language, notice: str = ""
) -> dict[str, Any]:
    """Everything that the template shows; ``notice`` is said above all."""
    told = words_now(office, live, ticket, language)
    return {
        "title": f"{told.label} · {told.headline}",
        "branch": language.name(live.branch.name),
        "address": f"/t/{ticket.token}",
        "told": told,
        "notice": notice,
        "is_open": told.state != "ended",
        "new_command": new_command_id,  # each form its own: going back, somebody may send another
        "languages": other_languages(live.branch.languages, language),
        "steps": [(step, language.number(step)) for step in STEPS if step <= MOST],
        "faces": [(score, language.text(FACES[score]), MOUTHS[score]) for score in SCORES],
        "bad": range(1, BAD_SCORE + 1),
        "reasons": [(reason.value, language.rating_reason(reason)) for reason in RatingReason],
        "longest_word": LONGEST_WORD,
        "longest_contact": LONGEST_CONTACT,
        "say": _said(live, language, told),
    }


def _said(live: LiveBranch, language: Language, told: TicketWords) -> dict[str, str]:
    return {
        "your_number": language.text(YOUR_NUMBER),
        "at": language.text(STATE_AT, time=told.at),
        "no_connection": language.text(NO_CONNECTION),
        "ring": language.text(RING),
        "rings": language.text(RINGS),
        "let_pass": language.text(LET_PASS),
        "let_pass_why": language.text(LET_PASS_WHY),
        "let_pass_do": language.text(LET_PASS_DO),
        "come_back": language.text(COME_BACK),
        "leave": language.text(LEAVE),
        "leave_why": language.text(LEAVE_WHY),
        "leave_do": language.text(LEAVE_DO),
        "rate": language.text(RATE),
        "what_was_wrong": language.text(WHAT_WAS_WRONG),
        "your_word": language.text(YOUR_WORD),
        "contact": language.text(CONTACT),
        "contact_number": language.text(CONTACT_NUMBER),
        "kept_for": language.text(KEPT_FOR, days=live.branch.phone.keep_words.days),
        "send": language.text(SEND),
    }
