"""Rate a visit at the kiosk: one tap on a face, and one more for the reason of a bad one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from kiosk.card import Card, CardWords
from kiosk.card_groups import CardGroup, CardRow
from kiosk.faces import Faces
from kiosk.heading import Heading, Words
from kiosk.kiosk_screen import KioskScreen, Pace
from kiosk.number_keys import number_bindings
from kiosk.way_back import WayBack
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import BAD_SCORE, RatingReason
from queueapp.domain.refusal import Refused
from queueapp.domain.ticket import Channel
from queueapp.domain.words import TicketId, sentence
from queueapp.operations.commands import RateService

HOW_WAS_IT = sentence("How was your visit with number {ticket}?")
THANKS = sentence("Thank you! You may still change your answer.")
WHAT_WAS_WRONG = sentence("We are sorry. What was wrong?")

FIRST_REASON_KEY = 6
"""1 to 5 are the faces; the five reasons follow, the last of them on 0."""


class RatingScreen(KioskScreen[None]):
    """Five faces for the last served leg of ``ticket``; the answer may be changed for a while."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *number_bindings("press"),
        Binding("escape", "back", show=False),
    ]
    CSS = """
    RatingScreen #answers { height: 1fr; align: center middle; padding: 0 2; }
    RatingScreen Heading { padding: 0 2 1 2; }
    RatingScreen #told { padding: 1 2 0 2; }
    RatingScreen #reasons { height: 5; }
    RatingScreen.-low #answers { padding: 0; }
    RatingScreen.-low WayBack { height: 3; }
    RatingScreen.-low Heading, RatingScreen.-low #told { padding: 0 2; }
    RatingScreen.-usual Heading, RatingScreen.-usual #told { padding: 0 2; }
    """

    def __init__(self, ticket: TicketId, *, pace: Pace, language: str | None = None) -> None:
        super().__init__(pace, language=language)
        self.ticket = ticket
        self._score: int | None = None
        self._reason: RatingReason | None = None

    def body(self) -> ComposeResult:
        """Question, faces, and what comes of the answer."""
        with Container(id="answers"):
            yield Heading()
            yield Faces()
            yield Words(id="told")
            yield CardRow(id="reasons")
        yield WayBack("Esc")

    def on_mount(self) -> None:
        """The touch that led here rates nothing."""
        self.settle()

    def show(self, live: LiveBranch) -> None:
        """Draw what was asked and answered."""
        own = self.language
        others = (code for code in live.branch.languages if code != own.code)
        ticket = live.tickets.get(self.ticket)
        self.query_one(Heading).say(
            own.text(HOW_WAS_IT, ticket=ticket) if ticket is not None else ""
        )
        self.query_one(Faces).languages = (own, *map(self.context.language_of, others))
        is_bad = self._score is not None and self._score <= BAD_SCORE
        row = self.query_one("#reasons", CardRow)
        row.display = is_bad
        row.offer([self._reason_words(place, reason) for place, reason in enumerate(RatingReason)])
        self.query_one(WayBack).count_down(self.seconds_left, self.patience, own)

    def _reason_words(self, place: int, reason: RatingReason) -> CardWords:
        key = (FIRST_REASON_KEY + place) % 10
        return CardWords(
            title=self.language.rating_reason(reason),
            key=self.language.digits(str(key)),
            chosen=reason is self._reason,
        )

    def on_faces_chosen(self, event: Faces.Chosen) -> None:
        """Take the score."""
        self._score, self._reason = event.score, None
        self.catch_up()
        self.begin(self._rate)

    @on(CardGroup.Chosen, "#reasons")
    def reason_touched(self, event: CardGroup.Chosen) -> None:
        """Take the reason."""
        self._reason = list(RatingReason)[event.index]
        self.catch_up()
        self.begin(self._rate)

    def action_press(self, number: int) -> None:
        """The keys behind those of the faces are the reasons."""
        row = self.query_one("#reasons", CardRow)
        place = (number - FIRST_REASON_KEY) % 10
        if row.display:
            row.press(place)

    async def _rate(self) -> None:
        if self._score is None:
            return
        answer = await self.terminal.perform(
            RateService(
                ticket=self.ticket,
                score=self._score,
                reason=self._reason,
                channel=Channel.KIOSK,
            )
        )
        told = self.query_one("#told", Words)
        if isinstance(answer, Refused):
            self._score = None
            self.query_one(Faces).chosen = None
            told.say(self.language.refusal(answer))
        elif self._score <= BAD_SCORE and self._reason is None:
            told.say(self.language.text(WHAT_WAS_WRONG))
        else:
            told.say(self.language.text(THANKS))
        self.catch_up()

    def action_back(self) -> None:
        """Back to the start."""
        self.dismiss(None)

    @on(Card.Tapped, "#back")
    def back_tapped(self) -> None:
        """Back to the start."""
        if self.settled:
            self.action_back()
