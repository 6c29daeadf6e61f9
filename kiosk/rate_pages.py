"""The pages of the rating terminal: idle, the five faces, the reasons, and a word of thanks."""

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.board_notices import pause_notice
from kiosk.card import CardWords
from kiosk.card_groups import CardGrid
from kiosk.faces import Faces
from kiosk.heading import Heading, Words
from queueapp.domain.desk import DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import RatingReason
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.words import CounterNumber, sentence
from queueapp.language import Language
from queueapp.tui.big_number import BigNumber, BigSize

REASONS = tuple(RatingReason)
REASON_KEYS = "123456"

COUNTER = sentence("Counter")
COUNTER_WITH_NUMBER = sentence("Counter {counter}")
WELCOME = sentence("Welcome")
COME = sentence("Please come to this counter")
BEING_SERVED = sentence("Being served")
CLOSED = sentence("This counter is closed.")
HOW_WAS_IT = sentence("How was it?")
TICKET = sentence("Ticket {ticket}")
WHAT_WENT_WRONG = sentence("We are sorry. What was wrong?")
SKIP = sentence("Skip")


class IdlePage(Vertical):
    """Who is at the counter, or which counter this is."""

    DEFAULT_CSS = """
    IdlePage { align: center middle; }
    IdlePage BigNumber { margin: 1 2; }
    """

    def compose(self) -> ComposeResult:
        """The counter, a large number, a sentence."""
        yield Heading(id="counter")
        yield BigNumber(size=BigSize.MEDIUM)
        yield Words(id="idle-words")

    def show_counter(
        self, live: LiveBranch, counter: CounterNumber, now: datetime, language: Language
    ) -> None:
        """Show what happens at ``counter``."""
        ticket = live.in_hand(counter)
        number = self.query_one(BigNumber)
        if ticket is None:
            heading, number.text = language.text(COUNTER), language.number(counter)
        else:
            heading = language.text(COUNTER_WITH_NUMBER, counter=counter)
            number.text = language.ticket(ticket)
        self.query_one("#counter", Heading).say(heading)
        words = _idle_words(live, counter, ticket, now, language)
        self.query_one("#idle-words", Words).say(words)


def _idle_words(
    live: LiveBranch,
    counter: CounterNumber,
    ticket: Ticket | None,
    now: datetime,
    language: Language,
) -> str:
    if ticket is not None:
        called = ticket.leg.state is LegState.CALLED
        return language.text(COME if called else BEING_SERVED)
    if live.desk(counter).state is DeskState.CLOSED:
        return language.text(CLOSED)
    known = live.branch.counter(counter)
    return pause_notice(live, known, now, language) or language.text(WELCOME)


class FacesPage(Vertical):
    """The question and the five faces."""

    DEFAULT_CSS = """
    FacesPage { align: center middle; }
    FacesPage #question { padding: 0 2; }
    FacesPage Faces { margin: 1 2; }
    FacesPage #about { color: $quiet; }
    """

    def compose(self) -> ComposeResult:
        """Question, faces, ticket."""
        yield Heading(id="question")
        yield Faces()
        yield Words(id="about")

    def ask_about(self, ticket: Ticket, languages: Sequence[Language]) -> None:
        """Ask how it was, in the first of ``languages``."""
        self.query_one("#question", Heading).say(languages[0].text(HOW_WAS_IT))
        self.query_one(Faces).languages = tuple(languages)
        self.query_one("#about", Words).say(languages[0].text(TICKET, ticket=ticket))


class ReasonsPage(Vertical):
    """What let the customer down, each on a card."""

    DEFAULT_CSS = """
    ReasonsPage CardGrid { height: 1fr; margin: 1 2; }
    """

    def compose(self) -> ComposeResult:
        """Question and cards."""
        yield Heading(id="what")
        yield CardGrid(REASON_KEYS, id="reasons")

    def ask_why(self, language: Language) -> None:
        """Offer the reasons, and to say nothing."""
        self.query_one("#what", Heading).say(language.text(WHAT_WENT_WRONG))
        words = [CardWords(title=language.rating_reason(reason)) for reason in REASONS]
        skip = CardWords(title=language.text(SKIP))
        grid = self.query_one(CardGrid)
        grid.keys = language.digits(REASON_KEYS)
        grid.offer([*words, skip], skip)


class SaidPage(Vertical):
    """One sentence, and a quieter one."""

    DEFAULT_CSS = """
    SaidPage { align: center middle; }
    SaidPage #and { color: $quiet; margin: 1 0; }
    """

    def compose(self) -> ComposeResult:
        """Both."""
        yield Heading(id="said")
        yield Words(id="and")

    def say(self, said: str, also: str = "") -> None:
        """Say both (translated)."""
        self.query_one("#said", Heading).say(said)
        self.query_one("#and", Words).say(also)
