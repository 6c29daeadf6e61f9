"""One question and a few large answers."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kiosk.card import Card, CardWords
from kiosk.card_groups import CardGrid
from kiosk.heading import Heading
from kiosk.kiosk_screen import KioskScreen, Pace
from kiosk.notice_screen import NoticeScreen
from kiosk.number_keys import KEYS, number_bindings
from kiosk.way_back import WayBack
from queueapp.domain.live import LiveBranch
from queueapp.domain.words import sentence

Answer = TypeVar("Answer")

MORE = sentence("More")


class QuestionScreen(KioskScreen[Answer], Generic[Answer]):
    """Asks ``question``; the result is the value of the card that was touched, or ``None``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *number_bindings("press"),
        Binding("escape", "press(0)", show=False),
    ]
    CSS = """
    QuestionScreen CardGrid { height: 1fr; margin: 1 2 0 2; }
    """

    def __init__(
        self,
        question: str,
        answers: Sequence[tuple[Answer, CardWords]],
        *,
        pace: Pace,
        language: str | None = None,
    ) -> None:
        super().__init__(pace, language=language)
        self._question = question
        self._answers = tuple(answers)

    def body(self) -> ComposeResult:
        """The question over its answers."""
        yield Heading(self._question)
        yield CardGrid(self.language.digits(KEYS))
        yield WayBack("0")

    def on_mount(self) -> None:
        """A finger that comes down again has not read the question yet."""
        self.settle()

    def show(self, live: LiveBranch) -> None:  # noqa: ARG002 - the answers do not move
        """Lay the answers out."""
        more = CardWords(title=self.language.text(MORE))
        self.query_one(CardGrid).offer([words for _, words in self._answers], more)
        self.query_one(WayBack).count_down(self.seconds_left, self.patience, self.language)

    def action_press(self, number: int) -> None:
        """Answer with a key; 0 goes back."""
        if number == 0:
            self.dismiss(None)
            return
        self.settled = True  # keys have no double taps
        self.query_one(CardGrid).press(number - 1)

    def on_card_group_chosen(self, event: CardGrid.Chosen) -> None:
        """Take the answer, or say why it cannot be had."""
        if not self.settled:
            return
        if event.refused:
            self.once(lambda: self._say_why(event.refused))
        else:
            self.dismiss(self._answers[event.index][0])

    async def _say_why(self, refused: str) -> None:
        await self.open(NoticeScreen(refused, pace=self.pace))

    @on(Card.Tapped, "#back")
    def back_tapped(self) -> None:
        """Go back without an answer."""
        if self.settled:
            self.dismiss(None)
