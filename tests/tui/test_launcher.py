"""What somebody sees who types ``queueapp`` alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from textual.widgets import Static

from queueapp.config.sample_branch import telecom_office
from queueapp.domain.branch import OpeningHours, Span, Weekday
from queueapp.domain.holidays import Holiday
from queueapp.domain.words import CounterNumber, Text
from queueapp.tui.choice_screen import ChoiceScreen
from queueapp.tui.launcher import Entry, Launcher
from queueapp.tui.mirror import MirrorScreen
from queueapp.tui.programs import UNAVAILABLE, Found, Program, Start
from tests.tui.fakes import language_of
from tests.tui.waiting import until

NOTHING = Found(database="/data/queueapp.db")
AN_OFFICE = Found(database="/data/queueapp.db", branch=telecom_office())
SILENT = Found(database="postgresql://hall/queue", trouble=UNAVAILABLE)


def launcher(found: Found) -> Launcher:
    return Launcher(found, languages=("en", "fa"), language_of=language_of)


def usable(app: Launcher) -> set[Program]:
    return {entry.program for entry in app.query(Entry) if not entry.disabled}


def said(app: Launcher, selector: str) -> str:
    return str(app.query_one(selector, Static).content)


async def test_every_terminal_of_an_office_can_be_started() -> None:
    app = launcher(AN_OFFICE)
    async with app.run_test(size=(80, 24)):
        assert usable(app) == set(Program) - {Program.SET_UP}
        assert said(app, "#title") == "Central Telecom Office"
        assert "6 counters: numbers 1 · 2 · 3 · 4 · 5 · 6" in said(app, "#found")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_everything_is_in_sight(size: tuple[int, int]) -> None:
    app = launcher(NOTHING)
    async with app.run_test(size=size):
        assert all(entry.region.height >= 2 for entry in app.query(Entry))
        assert all(app.screen.region.contains_region(e.region) for e in app.query(Entry))


async def test_without_a_branch_there_is_the_demo_and_a_way_to_begin() -> None:
    app = launcher(NOTHING)
    async with app.run_test(size=(80, 24)) as pilot:
        assert usable(app) == {Program.DEMO, Program.SET_UP}
        assert "no branch in /data/queueapp.db" in said(app, "#found")
        await pilot.press("1")
        assert app.is_running
        await pilot.press("6")
    assert app.return_value == Start(program=Program.DEMO)


async def test_a_path_keeps_its_own_digits_in_every_language() -> None:
    found = Found(database="/data/2026/queueapp.db")
    app = Launcher(found, languages=("fa", "en"), language_of=language_of)
    async with app.run_test(size=(80, 24)):
        assert "/data/2026/queueapp.db" in said(app, "#found")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Closed today: Ashura. Opens on Saturday at 08:00."),
        ("fa", "امروز تعطیل است: عاشورا. شنبه از ساعت ۸:۰۰ باز می‌شود."),
    ],
)
async def test_on_a_holiday_it_says_so_and_when_the_branch_opens(language: str, told: str) -> None:
    office = telecom_office()
    mornings = tuple(
        OpeningHours(weekday=weekday, span=Span(starts=time(8), ends=time(12)))
        for weekday in Weekday
    )
    services = tuple(replace(service, opening=mornings) for service in office.services)
    ashura = Holiday(name=Text({"en": "Ashura", "fa": "عاشورا"}), day=date(2026, 6, 25))
    rests = replace(office, services=services, weekend=(Weekday.FRIDAY,), holidays=(ashura,))
    found = Found(database="q.db", branch=rests, now=datetime(2026, 6, 25, 6, tzinfo=UTC))
    app = Launcher(found, languages=(language,), language_of=language_of)
    async with app.run_test(size=(80, 24)):
        assert said(app, "#found").endswith(told)


async def test_a_silent_database_leaves_the_demo() -> None:
    app = launcher(SILENT)
    async with app.run_test(size=(80, 24)) as pilot:
        assert usable(app) == {Program.DEMO}
        assert said(app, "#found") == UNAVAILABLE
        await pilot.press("enter")
    assert app.return_value == Start(program=Program.DEMO)


async def test_a_desk_is_asked_for_its_counter() -> None:
    app = launcher(AN_OFFICE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await until(pilot, lambda: isinstance(app.screen, ChoiceScreen))
        await pilot.press("4")
    assert app.return_value == Start(program=Program.COUNTER, counter=CounterNumber(4))


async def test_a_question_that_is_called_off_starts_nothing() -> None:
    app = launcher(AN_OFFICE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5")
        await until(pilot, lambda: isinstance(app.screen, ChoiceScreen))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, ChoiceScreen))
        assert app.is_running
        await pilot.press("q")
    assert app.return_value is None


async def test_a_branch_is_set_up_only_when_that_is_meant() -> None:
    app = launcher(NOTHING)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("7", "n")
        assert app.is_running
        await pilot.press("7", "y")
    assert app.return_value == Start(program=Program.SET_UP)


async def test_a_tap_is_as_good_as_the_key() -> None:
    app = launcher(AN_OFFICE)
    async with app.run_test(size=(80, 24)) as pilot:
        board = next(e for e in app.query(Entry) if e.program is Program.BOARD)
        await pilot.click(board)
    assert app.return_value == Start(program=Program.BOARD)


async def test_arrows_and_enter_choose() -> None:
    app = launcher(AN_OFFICE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down", "enter")
    assert app.return_value == Start(program=Program.SUPERVISOR)


async def test_it_speaks_persian_and_hands_the_language_on() -> None:
    app = launcher(AN_OFFICE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: said(app, "#title") == "دفتر مرکزی مخابرات")
        assert isinstance(app.screen, MirrorScreen)
        assert app.screen.is_mirrored
        await pilot.press("۲")
    assert app.return_value == Start(program=Program.BOARD, language="fa")
