"""Dialogs in a window that is smaller than it should be: nobody is caught in one."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.color import Color
from textual.events import Key
from textual.pilot import Pilot
from textual.theme import Theme
from textual.widget import Widget
from textual.widgets import Button, Input

from counters.contacting import ContactScreen
from counters.noted_choice import NotedChoiceScreen
from counters.supervisor import SupervisorScreen
from counters.supervisor_services import CounterServicesScreen
from counters.supervisor_tickets import TicketScreen
from queueapp.domain.words import ServiceCode
from queueapp.tui.choice_screen import Choice, ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.context import TerminalContext
from queueapp.tui.dialog import Dialog
from queueapp.tui.help_screen import HelpScreen
from queueapp.tui.keys import Key as HelpKey
from queueapp.tui.prompt_screen import PromptScreen
from queueapp.tui.terminal import Terminal
from queueapp.tui.themes import THEMES
from tests.cells_picture import screen_text
from tests.tui.fakes import BILLS, fake_branch, fake_context, fake_ticket, language_of
from tests.tui.screens import SampleScreen
from tests.tui.waiting import until

CHOICES = [Choice(value=number, label=f"Service {number}") for number in range(20)]
MANY_SERVICES = [
    replace(fake_branch().service(BILLS), code=ServiceCode(letter)) for letter in "ABCDEFGHIJKLMNOP"
]
TICKETS = [fake_ticket(BILLS, number, waited=timedelta(minutes=9)) for number in range(30)]
DIALOGS: dict[str, Callable[[], Dialog[Any]]] = {
    "choice": lambda: ChoiceScreen("Where to?", CHOICES),
    "choice with a note": lambda: NotedChoiceScreen("Where to?", CHOICES),
    "prompt": lambda: PromptScreen("Which one?"),
    "tickets": lambda: TicketScreen("Which one?", TICKETS, lambda _ticket: "waiting"),
    "word of a customer": lambda: ContactScreen("0912: contacted?", "a word of a customer " * 24),
    "services of a counter": lambda: CounterServicesScreen("Serves", MANY_SERVICES, [BILLS]),
}


@asynccontextmanager
async def shown(
    dialog: Dialog[Any],
    size: tuple[int, int],
    *,
    language: str = "en",
    context: TerminalContext | None = None,
) -> AsyncIterator[Pilot[Any]]:
    """``dialog`` over a screen of columns and rows of ``size``."""
    terminal = Terminal(context or fake_context(), SampleScreen)
    async with terminal.run_test(size=size) as pilot:
        dialog.language = language_of(language)
        await terminal.push_screen(dialog)
        await pilot.pause()
        yield pilot


@pytest.mark.parametrize("rows", [24, 20, 16])
@pytest.mark.parametrize("kind", DIALOGS)
async def test_the_way_out_can_be_seen_or_reached_with_the_tab_key(kind: str, rows: int) -> None:
    dialog = DIALOGS[kind]()
    async with shown(dialog, (80, rows)) as pilot:
        cancel = dialog.query("#cancel, #no").first(Button)
        for _ in dialog.focus_chain:
            if dialog.focused is cancel:
                break
            await pilot.press("tab")
        await pilot.pause()
        assert dialog.focused is cancel
        assert dialog.can_view_entire(cancel)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen is not dialog


@pytest.mark.parametrize("rows", [24, 30, 60])
@pytest.mark.parametrize("kind", ["choice", "tickets"])
async def test_a_dialog_is_no_higher_than_what_it_holds(kind: str, rows: int) -> None:
    dialog = DIALOGS[kind]()
    async with shown(dialog, (80, rows)):
        frame = dialog.query_one(".dialog")
        last = max(each.region.bottom for each in frame.walk_children(Widget))
        assert frame.region.bottom == last + frame.gutter.bottom


@pytest.mark.parametrize("rows", [16, 20, 24, 30])
@pytest.mark.parametrize("keys", [SampleScreen.KEYS, SupervisorScreen.KEYS])
async def test_help_shows_its_title_and_its_button_beside_all_keys(
    keys: tuple[HelpKey, ...], rows: int
) -> None:
    dialog = HelpScreen(keys)
    async with shown(dialog, (80, rows), language="fa"):
        for part in (".dialog-question", ".help-keys", "#close"):
            assert dialog.can_view_entire(dialog.query_one(part))


@pytest.mark.parametrize("columns", [60, 80, 91, 92, 132])
async def test_every_word_of_a_long_question_is_seen(columns: int) -> None:
    spoken = [f"word{number}" for number in range(40)]
    dialog = ConfirmScreen(" ".join(spoken))
    async with shown(dialog, (columns, 24)) as pilot:
        assert set(spoken) <= set(" ".join(screen_text(pilot.app)).split())


async def test_every_word_of_a_long_choice_is_seen() -> None:
    spoken = [f"word{number}" for number in range(15)]
    dialog = ChoiceScreen("Which?", [Choice(value=1, label=" ".join(spoken), detail="the end")])
    async with shown(dialog, (80, 24)) as pilot:
        assert {*spoken, "end"} <= set(" ".join(screen_text(pilot.app)).split())


async def test_a_figure_typed_ahead_into_a_note_chooses_nothing() -> None:
    dialog = NotedChoiceScreen("Where to?", CHOICES)
    async with shown(dialog, (80, 24)) as pilot:
        for letter in "\t2 forms":
            key = {"\t": "tab", " ": "space"}.get(letter, letter)
            pilot.app.post_message(Key(key, letter))
        await until(pilot, lambda: dialog.query_one(Input).value == "2 forms")
        assert pilot.app.screen is dialog


@pytest.mark.parametrize("kind", DIALOGS)
@pytest.mark.parametrize("language", ["en", "fa"])
async def test_with_large_text_every_button_and_the_question_are_seen(
    kind: str, language: str
) -> None:
    context = replace(fake_context(), large_text=True)
    dialog = DIALOGS[kind]()
    async with shown(dialog, (80, 24), language=language, context=context):
        for part in (*dialog.query(Button), dialog.query_one(".dialog-question")):
            assert dialog.can_view_entire(part), part


async def test_on_twenty_rows_everything_of_a_choice_is_seen_at_once() -> None:
    dialog = NotedChoiceScreen("Where to?", CHOICES)
    async with shown(dialog, (80, 20)):
        assert dialog.can_view_entire(dialog.query_one("#cancel", Button))


@pytest.mark.parametrize("count", [5, 9, 20])
async def test_a_long_list_does_not_push_its_question_out_of_sight(count: int) -> None:
    dialog = NotedChoiceScreen("Where to?", CHOICES[:count])
    async with shown(dialog, (80, 24)):
        for part in (".dialog-question", "Input", "#cancel"):
            assert dialog.can_view_entire(dialog.query_one(part))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_where_a_note_can_be_written_is_seen_before_anybody_goes_there(theme: Theme) -> None:
    dialog = NotedChoiceScreen("Where to?", CHOICES)
    async with shown(dialog, (80, 24), context=fake_context(theme=theme.name)):
        field = dialog.query_one(Input)
        assert not field.has_focus
        for _, edge in field.styles.border:
            assert edge == Color.parse(theme.variables["line"])
            assert edge != field.background_colors[1]
