"""Whoever reads Persian finds no Latin word on any screen, but for names and what is on keys."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.screen import Screen

from counters.desk_screen import DeskScreen
from counters.everybody import EverybodyScreen
from counters.noted_choice import NotedChoiceScreen
from counters.sign_in import SignInScreen
from counters.supervisor import SupervisorScreen
from counters.supervisor_services import CounterServicesScreen
from counters.supervisor_tickets import TicketScreen
from kiosk.board_screen import BoardScreen
from kiosk.find_ticket_screen import FindTicketScreen
from kiosk.rate_screen import RateScreen
from kiosk.welcome_screen import WelcomeScreen
from queueapp.domain.staff import Permission
from queueapp.tui.choice_screen import ChoiceScreen
from queueapp.tui.help_screen import HelpScreen
from queueapp.tui.launcher import Launcher
from queueapp.tui.programs import UNAVAILABLE, Found
from queueapp.tui.prompt_screen import PromptScreen
from queueapp.tui.terminal import Terminal
from tests.counters.desks import DESK
from tests.counters.halls import busy_hall
from tests.snapshots import picture
from tests.tui.fakes import MINA, SARA, fake_context, fake_live, language_of
from tests.tui.waiting import until

LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
TEXT = re.compile(r"<text(?! class=\"title\")(?![^>]*-title\")[^>]*>([^<]*)</text>")
"""The frame around a picture has a title of its own."""
ON_KEYS = {"Esc", "Tab", "Enter", "Ctrl", "EN", "English"}
NAMES = {"Sara", "Omid", "Mina", "Reza", "Ali", "Leila", "Hamid", "Maryam"}
"""People of the sample hall, who write themselves so."""
CODES = {"ABC", "AB", "BA", "CA"}
"""Letters of services that a counter serves, side by side."""

HOMES: dict[str, Callable[[], Screen[Any]]] = {
    "welcome": lambda: WelcomeScreen(language="fa"),
    "board": lambda: BoardScreen(language="fa"),
    "rating": lambda: RateScreen(counter=DESK, language="fa"),
    "desk": lambda: DeskScreen(counter=DESK, staff=SARA),
    "everybody": lambda: EverybodyScreen(DESK),
    "sign-in": lambda: SignInScreen(
        counter=DESK, permission=Permission.SERVE, then=lambda _: BoardScreen()
    ),
    "wall": lambda: SupervisorScreen(staff=busy_hall().staff[MINA]),
}
OPENED = {
    "look-up": ("welcome", "0", FindTicketScreen),
    "desk-help": ("desk", "?", HelpScreen),
    "wall-help": ("wall", "?", HelpScreen),
    "board-help": ("board", "?", HelpScreen),
    "transfer": ("desk", "t", NotedChoiceScreen),
    "pause": ("desk", "p", ChoiceScreen),
    "hold": ("desk", "h", PromptScreen),
    "which-ticket": ("wall", "m", TicketScreen),
    "what-it-serves": ("wall", "s", ChoiceScreen | CounterServicesScreen),
}


def latin_words(svg: str) -> set[str]:
    """What the picture says in Latin letters."""
    said = " ".join(html.unescape(text) for text in TEXT.findall(svg))
    return set(LATIN_WORD.findall(said)) - ON_KEYS - NAMES - CODES


def terminal(home: str) -> Terminal:
    busy = busy_hall() if home in {"wall", "board"} else fake_live()
    # A branch of two languages shows both at its kiosk.
    live = replace(busy, branch=replace(busy.branch, languages=("fa",)))
    return Terminal(fake_context(live=live, language="fa"), HOMES[home])


@pytest.mark.parametrize("home", HOMES)
async def test_a_screen_says_nothing_in_latin_letters(home: str) -> None:
    app = terminal(home)
    async with app.run_test(size=(132, 43)) as pilot:
        await pilot.pause()
        assert latin_words(await picture(pilot)) == set()


@pytest.mark.parametrize("opened", OPENED)
async def test_what_opens_from_it_neither(opened: str) -> None:
    home, key, kind = OPENED[opened]
    app = terminal(home)
    async with app.run_test(size=(132, 43)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, kind))
        assert latin_words(await picture(pilot)) == set()


@pytest.mark.parametrize("trouble", ["", UNAVAILABLE])
async def test_the_launcher_names_its_commands_only(trouble: str) -> None:
    found = Found(database="/data/office", trouble=trouble)
    app = Launcher(found, languages=("fa", "en"), language_of=language_of)
    async with app.run_test(size=(100, 40)) as pilot:
        assert latin_words(app.export_screenshot(simplify=True)) <= {"data", "office"}
        await pilot.pause()


def test_a_latin_word_is_found() -> None:
    assert latin_words("<text x='1'>نوبت</text><text>Please&#160;wait</text>") == {"Please", "wait"}
