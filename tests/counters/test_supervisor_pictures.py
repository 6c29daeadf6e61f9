"""How the wall and its dialogs look, in both languages and at two sizes."""

import pytest
from syrupy.assertion import SnapshotAssertion

from counters.supervisor import SupervisorScreen
from counters.supervisor_services import CounterServicesScreen
from counters.supervisor_tickets import TicketScreen
from counters.wall_table import WallTable
from queueapp.domain.live import LiveBranch
from queueapp.tui.choice_screen import ChoiceScreen
from queueapp.tui.terminal import Terminal
from tests.counters.halls import busy_hall, quiet_hall
from tests.snapshots import LANGUAGES, SIZES, Svg, picture
from tests.tui.fakes import MINA, fake_context
from tests.tui.waiting import until

EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
DIALOGS = {
    "remedies": ("enter", ChoiceScreen),
    "which-ticket": ("m", TicketScreen),
    "what-it-serves": ("s", CounterServicesScreen),
}


def wall(live: LiveBranch, language: str) -> Terminal:
    context = fake_context(live=live, language=language)
    return Terminal(context, lambda: SupervisorScreen(staff=live.staff[MINA]))


@EVERY_SIZE
@EVERY_LANGUAGE
async def test_a_busy_morning(
    snapshot: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    terminal = wall(busy_hall(), language)
    async with terminal.run_test(size=size) as pilot:
        assert await picture(pilot) == snapshot(extension_class=Svg)


@EVERY_LANGUAGE
async def test_before_the_first_customer(snapshot: SnapshotAssertion, language: str) -> None:
    terminal = wall(quiet_hall(), language)
    async with terminal.run_test(size=(80, 24)) as pilot:
        assert await picture(pilot) == snapshot(extension_class=Svg)


@EVERY_LANGUAGE
async def test_the_day(snapshot: SnapshotAssertion, language: str) -> None:
    terminal = wall(busy_hall(), language)
    async with terminal.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        assert await picture(pilot) == snapshot(extension_class=Svg)


@pytest.mark.parametrize("dialog", DIALOGS)
@EVERY_LANGUAGE
async def test_what_is_asked(snapshot: SnapshotAssertion, language: str, dialog: str) -> None:
    key, kind = DIALOGS[dialog]
    terminal = wall(busy_hall(), language)
    async with terminal.run_test(size=(80, 24)) as pilot:
        if kind is CounterServicesScreen:
            terminal.screen.query_one("#counters", WallTable).focus()
        await pilot.press(key)
        await until(pilot, lambda: isinstance(terminal.screen, kind))
        assert await picture(pilot) == snapshot(extension_class=Svg)
