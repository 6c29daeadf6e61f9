"""The rating terminal of one counter: one tap, when a customer has been served."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center

from kiosk.card import Card, CardWords
from kiosk.card_groups import CardGrid
from kiosk.faces import Faces
from kiosk.kiosk_screen import KioskScreen, Pace
from kiosk.number_keys import number_bindings
from kiosk.rate_pages import REASONS, FacesPage, IdlePage, ReasonsPage, SaidPage
from kiosk.rate_visit import Conversation, Page, Visit
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import CHANGEABLE_FOR, SCORES, RatingReason
from queueapp.domain.refusal import Refused
from queueapp.domain.ticket import Channel
from queueapp.domain.words import CounterNumber, sentence
from queueapp.language import Language
from queueapp.operations.commands import RateService

THANKS = sentence("Thank you!")
CHANGE = sentence("Change my rating")
CHANGE_KEY = "0"
FOREVER = float("inf")


class RateScreen(KioskScreen[None]):
    """Idle until a leg ends at ``counter``, then five faces; speaks the customer's language.

    ``faces_for``: seconds until unanswered faces go away; ``thanks_for``: how long thanks stay.
    """

    BINDINGS: ClassVar[list[BindingType]] = number_bindings("press")
    CSS = """
    RateScreen IdlePage, RateScreen FacesPage, RateScreen ReasonsPage, RateScreen SaidPage {
        height: 1fr;
    }
    RateScreen #change-row { height: 5; margin-bottom: 1; }
    RateScreen #change { width: 40; max-width: 90%; height: 5; }
    """

    def __init__(
        self,
        counter: CounterNumber,
        *,
        language: str | None = None,
        pace: Pace | None = None,
        faces_for: float = 45,
        thanks_for: float = 6,
    ) -> None:
        super().__init__(pace or Pace(), language=language)
        self.counter = counter
        self._faces_for = faces_for
        self._thanks_for = thanks_for
        self._conversation = Conversation(counter)
        self._shown: tuple[Page, Visit | None] = (Page.IDLE, None)
        self._refusal = ""

    def body(self) -> ComposeResult:
        """All pages, of which one is shown, and the way to change a rating."""
        yield IdlePage()
        yield FacesPage()
        yield ReasonsPage()
        yield SaidPage()
        with Center(id="change-row"):
            yield Card(id="change")

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._conversation.page

    def show(self, live: LiveBranch) -> None:
        """Follow the branch and draw the page that it asks for."""
        self._conversation.follow(live, self.now())
        self._turn_page()
        reader = self._reader(live)
        self.face(reader.direction)
        visit = self._conversation.visit
        match self.page:
            case Page.IDLE:
                self.query_one(IdlePage).show_counter(live, self.counter, self.now(), self.language)
            case Page.FACES if visit is not None:
                others = self._branch_languages(live)
                languages = [reader, *(other for other in others if other is not reader)]
                self.query_one(FacesPage).ask_about(visit.ticket, languages)
            case Page.REASONS:
                self.query_one(ReasonsPage).ask_why(reader)
            case Page.THANKS:
                self.query_one(SaidPage).say(reader.text(THANKS), self._change_for(reader))
            case _:
                self.query_one(SaidPage).say(self._refusal)
        self._offer_change(reader)

    def _turn_page(self) -> None:
        page, visit = self.page, self._conversation.visit
        for kind, pages in (
            (IdlePage, {Page.IDLE}),
            (FacesPage, {Page.FACES}),
            (ReasonsPage, {Page.REASONS}),
            (SaidPage, {Page.THANKS, Page.REFUSED}),
        ):
            self.query_one(kind).display = page in pages
        if (page, visit) == self._shown:
            return
        self._shown = page, visit
        self._still_for = 0
        self.settle()
        if page is Page.FACES:
            self.query_one(Faces).chosen = self._conversation.score

    def _reader(self, live: LiveBranch) -> Language:
        """The language of the customer who is asked, if the branch speaks it."""
        visit = self._conversation.visit
        if self.page is Page.IDLE or visit is None:
            return self.language
        spoken = {language.code: language for language in self._branch_languages(live)}
        return spoken.get(visit.ticket.language, self.language)

    def _branch_languages(self, live: LiveBranch) -> list[Language]:
        return [self.context.language_of(code) for code in live.branch.languages]

    def _offer_change(self, reader: Language) -> None:
        row = self.query_one("#change-row")
        row.display = self._may_change()
        self.query_one("#change", Card).words = CardWords(
            title=reader.text(CHANGE), key=reader.digits(CHANGE_KEY)
        )

    def _may_change(self) -> bool:
        offered = self.page in {Page.IDLE, Page.THANKS}
        return offered and self._conversation.may_change(self.now())

    def _change_for(self, reader: Language) -> str:
        rated_at = self._conversation.rated_at
        if rated_at is None:
            return ""
        left = rated_at + CHANGEABLE_FOR - self.now()
        return reader.plural(
            "You can change it for {count} second.",
            "You can change it for {count} seconds.",
            max(0, int(left.total_seconds())),
        )

    # -- time ------------------------------------------------------------------------------------

    @property
    def patience(self) -> float:
        """Faces and reasons wait for an answer, thanks only to be read."""
        match self.page:
            case Page.IDLE:
                return FOREVER
            case Page.FACES | Page.REASONS:
                return self._faces_for
            case Page.THANKS | Page.REFUSED:
                return self._thanks_for

    def rest(self) -> None:
        """Nobody answers: what was said counts."""
        self._conversation.rest()
        self.catch_up()

    # -- answers ---------------------------------------------------------------------------------

    def action_press(self, number: int) -> None:
        """A number key, which means what the page says."""
        self.settled = True  # keys have no double taps
        if self.page is Page.FACES and number in SCORES:
            self.query_one(Faces).action_choose(number)
        elif self.page is Page.REASONS and number:
            self.query_one(CardGrid).press(number - 1)
        elif str(number) == CHANGE_KEY and self._may_change():
            self._change()

    def on_faces_chosen(self, event: Faces.Chosen) -> None:
        """Somebody says how it was."""
        visit = self._conversation.visit
        if visit is not None and self.page is Page.FACES:
            self.once(lambda: self._rate(visit, event.score))

    def on_card_group_chosen(self, event: CardGrid.Chosen) -> None:
        """Somebody says why it was bad, or rather not."""
        visit = self._conversation.visit
        if visit is None or self.page is not Page.REASONS:
            return
        if event.index < len(REASONS):
            reason = REASONS[event.index]
            self.once(lambda: self._explain(visit, reason))
        elif self.settled:
            self._conversation.thank(visit)
            self.catch_up()

    @on(Card.Tapped, "#change")
    def change_tapped(self) -> None:
        """Somebody wants to change the rating."""
        if self.settled and self._may_change():
            self._change()

    def _change(self) -> None:
        self._conversation.ask_again()
        self.catch_up()

    async def _rate(self, visit: Visit, score: int) -> None:
        # Sent before the reason is asked: somebody who walks away has still rated.
        answer = await self.terminal.perform(
            RateService(ticket=visit.ticket.id, score=score, channel=Channel.COUNTER)
        )
        if isinstance(answer, Refused):
            self._refuse(visit, answer)
        else:
            self._conversation.take(visit, score, answer.at)
        self.catch_up()

    async def _explain(self, visit: Visit, reason: RatingReason) -> None:
        score = self._conversation.score
        if score is None:
            return
        answer = await self.terminal.perform(
            RateService(ticket=visit.ticket.id, score=score, reason=reason, channel=Channel.COUNTER)
        )
        if isinstance(answer, Refused):
            self._refuse(visit, answer)
        else:
            self._conversation.thank(visit)
        self.catch_up()

    def _refuse(self, visit: Visit, refused: Refused) -> None:
        live = self.live
        reader = self.language if live is None else self._reader(live)
        self._refusal = reader.refusal(refused)
        self._conversation.refuse(visit)
