"""Contacting customers who asked for it after their visit, whoever waits longest first."""

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from counters import wall_words as words
from counters.sign_in import UNAVAILABLE
from queueapp.domain.rating import ContactWish
from queueapp.domain.words import StaffCode
from queueapp.operations.access_commands import ConfirmContact
from queueapp.operations.ports import StoreUnavailable
from queueapp.tui.choice_screen import Choice, ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.role_screen import RoleScreen

HIGHEST = 21
"""Rows."""


class ContactScreen(ConfirmScreen):
    """Shows what a customer wrote, however long, and asks whether they have been contacted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "roll(-1)", show=False),
        Binding("down", "roll(1)", show=False),
    ]
    DEFAULT_CSS = """
    ContactScreen .customer-word {
        width: auto; max-width: 72; height: auto; max-height: 9;
        &:focus { background-tint: $foreground 5%; }
    }
    ContactScreen.-narrow .customer-word { max-width: 100%; }
    ContactScreen .customer-word Static { width: auto; max-width: 100%; padding-right: 1; }
    ContactScreen.-low .customer-word { max-height: 5; }
    """

    def __init__(self, question: str, word: str) -> None:
        super().__init__(question)
        self._word = word

    def body(self) -> ComposeResult:
        """What the customer wrote, and two buttons."""
        if self._word:
            yield Static(self.language.text("The customer wrote:"), classes="quiet", markup=False)
            with VerticalScroll(classes="customer-word"):
                yield Static(self._word, markup=False)
        yield from super().body()

    def rows_needed(self) -> int:
        """The longest word that needs no rolling, with what is around it."""
        return HIGHEST if self._word else 0

    def action_roll(self, by: int) -> None:
        """Go up and down in what does not fit."""
        for written in self.query(VerticalScroll):
            written.scroll_relative(y=by, animate=False)


async def contact_somebody(screen: RoleScreen[None], staff: StaffCode) -> None:
    """Ask whom, show number and word, and delete the number; to be called in a step of ``screen``.

    ``staff`` is who does it. The list holds neither: a wall hangs where others see it.
    """
    text = screen.language.text
    try:
        wishes = await asyncio.to_thread(screen.context.contact_wishes)
    except StoreUnavailable:
        screen.say(text(UNAVAILABLE), severe=True)
        return
    if not wishes:
        screen.say(text("Nobody waits to be contacted."))
        return
    choices = [Choice(value=wish, label=_about(screen, wish)) for wish in wishes]
    wish = await screen.ask(ChoiceScreen(text("Who is to be contacted?"), choices))
    if wish is None:
        return
    question = text(
        "{ticket}: {contact}. Has this customer been contacted? The number is deleted then.",
        ticket=screen.language.label(wish.label),
        contact=wish.contact,
    )
    if await screen.ask(ContactScreen(question, wish.word)):
        command = ConfirmContact(ticket=wish.ticket, ordinal=wish.ordinal, staff=staff)
        if await screen.do(command) is not None:
            screen.say(text("The number is deleted."))


def _about(screen: RoleScreen[None], wish: ContactWish) -> str:
    language = screen.language
    parts = (
        language.label(wish.label),
        words.stars(wish.score),
        "" if wish.reason is None else language.rating_reason(wish.reason),
        language.text("waits {wait}", wait=screen.now() - wish.at),
    )
    return " · ".join(part for part in parts if part)
