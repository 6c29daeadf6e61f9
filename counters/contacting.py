"""Contacting customers who asked for it after their visit, whoever waits longest first."""

import asyncio

from counters import wall_words as words
from counters.sign_in import UNAVAILABLE
from queueapp.domain.rating import ContactWish
from queueapp.operations.access_commands import ConfirmContact
from queueapp.operations.ports import StoreUnavailable
from queueapp.tui.choice_screen import Choice, ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.role_screen import RoleScreen


async def contact_somebody(screen: RoleScreen[None]) -> None:
    """Ask whom, show the number, and delete it once done; to be called in a step of ``screen``.

    The list holds no numbers: a wall hangs where others see it.
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
    choices = [Choice(value=wish, label=_about(screen, wish), detail=wish.word) for wish in wishes]
    wish = await screen.ask(ChoiceScreen(text("Who is to be contacted?"), choices))
    if wish is None:
        return
    question = text(
        "{ticket}: {contact}. Has this customer been contacted? The number is deleted then.",
        ticket=screen.language.label(wish.label),
        contact=wish.contact,
    )
    if await screen.ask(ConfirmScreen(question)):
        command = ConfirmContact(ticket=wish.ticket, ordinal=wish.ordinal)
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
