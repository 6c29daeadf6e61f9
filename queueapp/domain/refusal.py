"""Why a move is refused: one sentence for each reason, with the facts that belong into it."""

from datetime import datetime
from enum import StrEnum

from queueapp.domain.words import sentence


class Reason(StrEnum):
    """Every reason, as the English sentence a person reads; the language layer translates it."""

    TICKET_UNKNOWN = sentence("There is no ticket {ticket} today.")
    TICKET_NOT_WAITING = sentence("Ticket {ticket} is not waiting any more.")
    TICKET_NOT_IN_HAND = sentence("There is no customer at counter {counter} right now.")
    TICKET_IN_HAND = sentence("Ticket {ticket} is still at counter {counter}: finish it first.")
    TICKET_AT_ANOTHER_COUNTER = sentence("Ticket {ticket} is being served at counter {counter}.")
    TICKET_NOT_CALLED = sentence("Ticket {ticket} has not been called yet: call it first.")
    TICKET_NOT_STARTED = sentence("Ticket {ticket} has not been started yet: start it first.")
    TICKET_ALREADY_STARTED = sentence("Ticket {ticket} is already being served.")
    TICKET_ON_HOLD = sentence("Ticket {ticket} is on hold: take it back first.")
    TICKET_NOT_HELD = sentence("Ticket {ticket} is not on hold.")
    TICKET_NOT_ENDED = sentence(
        "Ticket {ticket} is still in the queue: there is nothing to bring back."
    )
    TICKET_SERVED = sentence(
        "Ticket {ticket} has been served: please take a new number for anything more."
    )
    TICKET_FINISHED = sentence("Ticket {ticket} is finished: nothing more can be done with it.")
    NOBODY_WAITING = sentence("Nobody is waiting for counter {counter}.")

    SERVICE_UNKNOWN = sentence("There is no service {service} in this branch.")
    SERVICE_CLOSED = sentence("{service} is closed now.")
    SERVICE_RESTS = sentence("{service} is closed today: {holiday}.")
    SERVICE_FULL = sentence("{service} is full for now: please come again a little later.")
    REMOTE_PAUSED = sentence(
        "Tickets for {service} are given only in the hall at the moment:"
        " please take one at the kiosk."
    )
    SERVICE_SAME = sentence("Ticket {ticket} is already in {service}.")
    SERVICE_NOT_SERVED_HERE = sentence("Counter {counter} does not serve {service}.")
    SERVICE_IN_USE = sentence("{service} still has customers in it: finish them first.")
    CATEGORY_IN_USE = sentence("{category} still has customers in it: finish them first.")
    CATEGORY_UNKNOWN = sentence("There is no category {category} in this branch.")
    CATEGORY_NEEDS_REASON = sentence("Say why this customer goes sooner.")
    APPOINTMENT_NEEDS_SLOT = sentence("An appointment needs its time.")
    APPOINTMENT_UNKNOWN = sentence(
        "There is no appointment with this code: check the figures, or ask at a counter."
    )
    APPOINTMENT_EARLY = sentence("Your appointment is at {time}: please check in from {begin} on.")
    APPOINTMENT_LATE = sentence(
        "Your appointment was at {time} and is over: please take a number instead."
    )
    APPOINTMENT_ANOTHER_DAY = sentence(
        "Your appointment is not today: it is on {day} at {time}. Please come back then."
    )
    APPOINTMENT_OVER = sentence(
        "This appointment was on {day} at {time} and is over: please take a number instead."
    )
    APPOINTMENT_CANCELLED = sentence(
        "This appointment was cancelled: please take a number for {service}."
    )
    APPOINTMENT_CHECKED_IN = sentence(
        "You have checked in already, and your number is {ticket}: look it up if you lost it."
    )
    APPOINTMENT_EXISTS = sentence("There is already an appointment with the reference {reference}.")
    SERVICE_NOT_BOOKED = sentence("{service} takes no appointments: please take a number.")
    SERVICE_AWAITED = sentence("{service} still has appointments ahead: cancel them first.")
    SLOT_UNKNOWN = sentence("There is no appointment at that time: please choose another one.")
    SLOT_CLOSED = sentence("{service} is closed at that time.")
    SLOT_TAKEN = sentence("Somebody has just taken this time: please choose another one.")
    OUTCOME_UNKNOWN = sentence("There is no outcome {outcome} in this branch.")

    COUNTER_UNKNOWN = sentence("There is no counter {counter} in this branch.")
    COUNTER_IN_USE = sentence("{staff} is signed on at counter {counter}: close that desk first.")
    COUNTER_EXPECTED = sentence("Ticket {ticket} waits for counter {counter}: move it first.")
    COUNTER_TAKEN = sentence("Counter {counter} is taken: {staff} is signed on there.")
    COUNTER_KEPT = sentence(
        "Counter {counter} is kept for {staff}, who was sent for: it opens when they sign on there."
        " A supervisor can close it."
    )
    COUNTER_NEEDS_SERVICE = sentence("Counter {counter} must serve at least one service.")
    DESK_CLOSED = sentence("Nobody is signed on at counter {counter}: sign on first.")
    DESK_PAUSED = sentence("Counter {counter} is paused: open it first.")
    DESK_ALREADY_OPEN = sentence("Counter {counter} is already open.")
    DESK_ALREADY_PAUSED = sentence("Counter {counter} is already paused.")
    BREAK_UNKNOWN = sentence("No break at {planned} is planned for counter {counter} today.")
    BREAK_IMPOSSIBLE = sentence(
        "The break must begin after now, inside the shift and beside the other breaks."
    )
    STAFF_ELSEWHERE = sentence(
        "{staff} is already signed on at counter {counter}: close that desk first."
    )
    STAFF_UNKNOWN = sentence("The code or the PIN is wrong.")
    STAFF_LOCKED = sentence("Too many wrong PINs: wait {seconds} seconds and try again.")
    STAFF_MISSING = sentence("Nobody on the staff has the code {staff}.")
    STAFF_EXISTS = sentence("{staff} has this code already: choose another one.")
    NOT_PERMITTED = sentence("A {role} may not do this: ask a supervisor.")
    PIN_TOO_SIMPLE = sentence("A PIN has 4 to 12 digits.")

    COMMAND_WAS_ANOTHER = sentence(
        "This was sent before, as something else: please begin it once more."
    )

    NOTHING_TO_UNDO = sentence("There is nothing to undo at counter {counter}.")
    UNDO_TOO_LATE = sentence("It is too late to undo this: ticket {ticket} has moved on.")
    UNDO_RATED = sentence("Ticket {ticket} has already been rated: it stays finished.")

    NO_PRINTER = sentence("This branch has no ticket printer.")
    PRINT_UNDER_WAY = sentence("Ticket {ticket} is being printed right now.")

    RATING_NOT_SERVED = sentence(
        "Ticket {ticket} has not been served yet: please rate it afterwards."
    )
    RATING_EXISTS = sentence("Ticket {ticket} has already been rated: thank you.")
    RATING_OUT_OF_RANGE = sentence("A rating goes from 1 to 5.")

    NOBODY_BEHIND = sentence("Nobody waits behind you, so there is nobody to let pass.")
    NOBODY_WAS_LET_PASS = sentence("Ticket {ticket} has its own place already.")
    LET_PASS_OUT_OF_RANGE = sentence("You can let 1 to {most} people pass.")
    JOIN_CODE_WRONG = sentence("This code is not from this branch: please scan it once more.")
    JOIN_CODE_OVER = sentence("This code is too old: please scan the one that is shown now.")
    JOIN_NOT_ALLOWED = sentence("This branch gives no tickets by phone: please take one there.")
    WORDS_TOO_LONG = sentence("Please write at most {most} letters.")
    KEY_UNKNOWN = sentence("There is no such key, or it was revoked.")
    KEY_NEEDS_STAFF = sentence("A key for counters must name the staff member it acts for.")
    WEBHOOK_UNKNOWN = sentence("There is no such webhook.")
    NOBODY_TO_CONTACT = sentence("With this ticket nobody waits to be contacted.")


class Refused(Exception):  # noqa: N818 - a refusal is an answer to a person, not an error
    """A command that the rules do not allow; nothing was changed.

    ``facts`` fill the braces of the reason: numbers, ticket labels, names (:class:`Text`), roles.
    The language layer turns each into words before it fills the sentence.
    """

    def __init__(self, reason: Reason, **facts: object) -> None:
        self.reason = reason
        self.facts = facts
        super().__init__(reason.format_map({name: _said(fact) for name, fact in facts.items()}))


def _said(fact: object) -> str:
    """A fact as the command line says it: moments are on the branch's clock already."""
    return f"{fact:%H:%M}" if isinstance(fact, datetime) else str(fact)
