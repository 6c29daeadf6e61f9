"""The ticket that is printed to see whether the printer works."""

from datetime import datetime

from queueapp.devices.printer.ticket_words import TicketWords
from queueapp.domain.words import sentence
from queueapp.language import Direction, Language

TITLE = sentence("Test ticket")
WORKS = sentence("This printer works.")
CAN_READ = sentence("Letters are joined, figures are sharp, and your phone can read the code.")


def trial_words(language: Language, now: datetime, *, printer: str, branch: str) -> TicketWords:
    """A ticket for nobody, with a number of four wide characters and a code."""
    return TicketWords(
        is_right_to_left=language.direction is Direction.RIGHT_TO_LEFT,
        language=language.code,
        branch=branch,
        your_number=language.text(TITLE),
        number=language.digits("A000"),
        service=language.text(WORKS),
        place=printer,
        taken=language.moment(now),
        code="queueapp:test",
        about_code=language.text(CAN_READ),
        kind_words="",
    )
