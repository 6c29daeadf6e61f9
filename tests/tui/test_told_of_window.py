"""Somebody who starts the program is told whether Persian is right in this window, and calmly."""

import pytest
from textual.widgets import Static

from queueapp.tui.launcher import Entry, Launcher
from queueapp.tui.persian_window import PersianWindow, persian_in
from queueapp.tui.programs import Found
from queueapp.tui.terminal import Terminal
from queueapp.tui.window_answers import NO_ANSWERS
from tests.tui.fakes import fake_context, language_of
from tests.tui.screens import SampleScreen

XTERM = persian_in(NO_ANSWERS, {"XTERM_VERSION": "XTerm(379)"})
KITTY = persian_in(NO_ANSWERS, {"TERM": "xterm-kitty"})
UNKNOWN = persian_in(NO_ANSWERS, {"TERM": "xterm-256color"})


def launcher(window: PersianWindow, *languages: str) -> Launcher:
    found = Found(database="/data/queueapp.db")
    return Launcher(found, languages=languages, language_of=language_of, window=window)


def said(app: Launcher) -> str:
    return str(app.query_one("#window", Static).content)


async def test_the_first_page_says_that_all_is_right() -> None:
    app = launcher(XTERM, "en", "fa")
    async with app.run_test(size=(80, 24)) as pilot:
        assert said(app) == "xterm shows Persian as it should."
        await pilot.press("f9")
        assert said(app).endswith("فارسی را درست نشان می‌دهد.")


async def test_the_first_page_says_what_to_set_in_letters_that_can_be_read_there() -> None:
    app = launcher(KITTY, "fa", "en")
    async with app.run_test(size=(80, 24)):
        assert "“force_ltr yes” into kitty.conf" in said(app)
        assert all(app.screen.region.contains_region(e.region) for e in app.query(Entry))


async def notes(window: PersianWindow | None) -> list[str]:
    """What a terminal in Persian tells when it opens in ``window``."""
    terminal = Terminal(fake_context(language="fa"), SampleScreen)
    terminal.window = window
    async with terminal.run_test(notifications=True) as pilot:
        await pilot.pause()
        return [note.message for note in terminal._notifications]


async def test_a_terminal_in_persian_says_what_to_set() -> None:
    (note,) = await notes(KITTY)
    assert "“force_ltr yes” into kitty.conf" in note


@pytest.mark.parametrize("window", [None, XTERM, UNKNOWN])
async def test_otherwise_it_is_silent(window: PersianWindow | None) -> None:
    assert await notes(window) == []
