"""What every terminal does, whatever its role: follow the branch, and keep what was pressed."""

import asyncio
import os
import signal
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import ClassVar

import pytest
from textual import events

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import CounterNumber, sentence
from queueapp.operations.commands import CallNext, StartDay
from queueapp.tui.connection_banner import ConnectionBanner
from queueapp.tui.curtain import Curtain
from queueapp.tui.key_bar import KeyBar
from queueapp.tui.keys import Key
from queueapp.tui.role_screen import RoleScreen
from queueapp.tui.terminal import Terminal
from tests.tui.fakes import (
    BILLS,
    NOW,
    SARA,
    FakeClock,
    RecordingOperations,
    StillFeed,
    fake_context,
    fake_live,
    fake_ticket,
)
from tests.tui.screens import OtherScreen, SampleScreen, shown
from tests.tui.waiting import until


async def test_a_screen_shows_the_branch_and_moves_with_it() -> None:
    feed = StillFeed(fake_live())
    terminal = Terminal(fake_context(feed=feed), SampleScreen)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: shown(terminal, "#waiting") == "3 waiting")
        feed.move(fake_live(fake_ticket(BILLS, 1, waited=timedelta(0)), revision=2))
        await until(pilot, lambda: shown(terminal, "#waiting") == "1 waiting")
    assert feed.stopped


async def test_a_program_that_is_told_to_end_ends_in_good_order() -> None:
    feed = StillFeed(fake_live())
    terminal = Terminal(fake_context(feed=feed), SampleScreen)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: terminal.live is not None)
        os.kill(os.getpid(), signal.SIGTERM)
        await until(pilot, lambda: terminal.return_code == 0)
    assert feed.stopped


async def test_the_feed_speaks_from_a_thread_of_its_own() -> None:
    feed = StillFeed(fake_live())
    terminal = Terminal(fake_context(feed=feed), SampleScreen)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: terminal.live is not None)
        await asyncio.to_thread(feed.lose)
        await asyncio.to_thread(feed.move, fake_live(revision=9))
        await until(pilot, lambda: terminal.live is not None and terminal.live.revision == 9)
        await until(pilot, lambda: not terminal.connected)


async def test_a_burst_of_changes_is_drawn_once_and_ends_at_the_newest() -> None:
    feed = StillFeed(fake_live())
    terminal = Terminal(fake_context(feed=feed), SampleScreen)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: terminal.live is not None)
        screen = terminal.screen
        assert isinstance(screen, SampleScreen)
        before = screen.times_shown
        for revision in range(2, 202):
            feed.move(fake_live(revision=revision))
        await until(pilot, lambda: terminal.live is not None and terminal.live.revision == 201)
        assert screen.times_shown - before < 10


async def test_before_the_first_picture_a_calm_sentence_stands_there() -> None:
    feed = StillFeed()
    terminal = Terminal(fake_context(feed=feed), SampleScreen)
    async with terminal.run_test() as pilot:
        assert terminal.screen.query_one(Curtain).display
        assert shown(terminal, "Curtain") == "Connecting to the queue…"
        feed.lose()
        await until(pilot, lambda: "does not answer yet" in shown(terminal, "Curtain"))
        feed.return_()
        feed.move(fake_live())
        await until(pilot, lambda: not terminal.screen.query_one(Curtain).display)


async def test_a_lost_database_is_said_with_its_time_and_goes_away_by_itself() -> None:
    feed, clock = StillFeed(fake_live()), FakeClock()
    terminal = Terminal(fake_context(feed=feed, clock=clock), SampleScreen)
    async with terminal.run_test() as pilot:
        banner = terminal.screen.query_one(ConnectionBanner)
        assert not banner.display
        feed.lose()
        await until(pilot, lambda: banner.display)
        clock.advance(timedelta(minutes=3))
        feed.lose()
        await pilot.pause()
        assert "as it was at 10:42" in shown(terminal, "ConnectionBanner")
        assert shown(terminal, "#waiting") == "3 waiting"
        feed.return_()
        await until(pilot, lambda: not banner.display)


async def test_a_key_pressed_while_the_database_is_away_is_carried_out_once() -> None:
    operations = RecordingOperations(away=3)
    terminal = Terminal(fake_context(operations=operations), SampleScreen)
    async with terminal.run_test() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: not terminal.connected)
        assert terminal.screen.query_one(ConnectionBanner).display
        told = shown(terminal, "ConnectionBanner")
        assert "disk may be full" in told, "it still tells what happens: it is not away"
        await pilot.press("n", "n", "n")  # impatience: only the first is kept
        await until(pilot, lambda: terminal.connected)
        await until(pilot, lambda: len(operations.commands) == 1)
        assert len(operations.tried) == 4
        assert len({command.command_id for command in operations.tried}) == 1
        await pilot.press("n")
        await until(pilot, lambda: len(operations.commands) == 2)


async def test_a_database_that_takes_its_time_is_said_while_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("queueapp.tui.terminal.SLOW_S", 0.01)
    operations, goes_on = RecordingOperations(), Event()
    terminal = Terminal(fake_context(operations=operations), SampleScreen)
    handle = operations.handle
    monkeypatch.setattr(operations, "handle", lambda command: goes_on.wait() and handle(command))
    async with terminal.run_test() as pilot:
        banner = terminal.screen.query_one(ConnectionBanner)
        await pilot.press("n")
        await until(pilot, lambda: banner.display)
        assert "database is busy" in shown(terminal, "ConnectionBanner")
        goes_on.set()
        await until(pilot, lambda: not banner.display)
        assert len(operations.commands) == 1


async def test_keys_pressed_fast_are_all_carried_out_in_their_order() -> None:
    operations = RecordingOperations()
    terminal = Terminal(fake_context(operations=operations), SampleScreen)
    async with terminal.run_test() as pilot:
        await pilot.press("n", "n", "n")
        await until(pilot, lambda: len(operations.commands) == 3)


async def test_a_refusal_is_said_in_the_language_of_the_screen() -> None:
    refused = Refused(Reason.NOBODY_WAITING, counter=CounterNumber(1))
    terminal = Terminal(
        fake_context(operations=RecordingOperations(answers=[refused])), SampleScreen
    )
    async with terminal.run_test(notifications=True) as pilot:
        screen = terminal.screen
        assert isinstance(screen, SampleScreen)
        await pilot.press("n")
        await until(pilot, lambda: screen.receipts == [None])
        await until(pilot, lambda: bool(screen.query("Toast")))
        assert "Nobody is waiting for counter 1." in terminal.export_screenshot().replace(
            "&#160;", " "
        )


async def test_perform_hands_the_refusal_to_whoever_asks_for_it() -> None:
    refused = Refused(Reason.NOBODY_WAITING, counter=CounterNumber(1))
    terminal = Terminal(
        fake_context(operations=RecordingOperations(answers=[refused])), SampleScreen
    )
    async with terminal.run_test():
        answer = await terminal.perform(CallNext(staff=SARA, counter=CounterNumber(1)))
        assert answer is refused


@pytest.mark.parametrize("key", ["n", "د"])
async def test_a_key_works_on_a_latin_and_on_a_persian_keyboard(key: str) -> None:
    operations = RecordingOperations()
    terminal = Terminal(fake_context(operations=operations), SampleScreen)
    async with terminal.run_test() as pilot:
        await pilot.press(key)
        await until(pilot, lambda: len(operations.commands) == 1)


async def test_a_key_in_the_bar_can_be_tapped_and_a_dim_one_does_nothing() -> None:
    operations = RecordingOperations()
    terminal = Terminal(fake_context(operations=operations), SampleScreen)
    async with terminal.run_test() as pilot:
        bar = terminal.screen.query_one(KeyBar)
        text = bar.render_line(0).text
        assert await pilot.click(KeyBar, offset=(text.index("Recall"), 0))
        assert await pilot.click(KeyBar, offset=(text.index("Next"), 0))
        await until(pilot, lambda: len(operations.commands) == 1)
        assert isinstance(operations.commands[0], CallNext)


async def test_the_key_bar_takes_more_lines_rather_than_break_inside_a_key() -> None:
    terminal = Terminal(fake_context(), SampleScreen)
    async with terminal.run_test(size=(80, 24)) as pilot:
        bar = terminal.screen.query_one(KeyBar)
        assert bar.size.height == 1
        await pilot.resize_terminal(24, 24)
        await until(pilot, lambda: bar.size.height > 1)
        lines = [bar.render_line(y).text for y in range(bar.size.height)]
        for label in ("n  Next", "r  Recall", "o  Other", "?  Help"):
            assert any(label in line for line in lines), label


async def test_a_window_too_small_says_so_until_it_is_larger() -> None:
    terminal = Terminal(fake_context(), SampleScreen)
    async with terminal.run_test(size=(40, 10)) as pilot:
        curtain = terminal.screen.query_one(Curtain)
        assert curtain.display
        expected = "This window is 40×10; it needs 80×24. Make it larger."
        assert shown(terminal, "Curtain") == expected
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not curtain.display)


async def test_every_screen_speaks_its_own_language() -> None:
    terminal = Terminal(fake_context(language="fa"), SampleScreen)
    terminal.add_mode("english", lambda: SampleScreen(language="en"))
    async with terminal.run_test() as pilot:
        home = terminal.screen
        assert isinstance(home, SampleScreen)
        assert home.language.code == "fa"
        assert home.is_mirrored
        await terminal.switch_mode("english")
        await pilot.pause()
        assert isinstance(terminal.screen, SampleScreen)
        assert terminal.screen.language.code == "en"
        assert not terminal.screen.is_mirrored
        await terminal.switch_mode("home")
        await home.speak("en")
        assert home.language.code == "en"
        assert shown(terminal, "#waiting") == "3 waiting"


async def test_a_screen_goes_on_in_its_own_terminal_when_another_is_looked_at() -> None:
    operations = RecordingOperations()
    terminal = Terminal(fake_context(operations=operations), lambda: SampleScreen(language="fa"))
    terminal.add_mode("wall", SampleScreen)
    async with terminal.run_test() as pilot:
        home = terminal.screen
        await terminal.switch_mode("wall")
        await pilot.pause()
        assert isinstance(home, SampleScreen)
        home.action_other()
        await pilot.pause()
        assert isinstance(terminal.screen, SampleScreen)
        await terminal.switch_mode("home")
        await until(pilot, lambda: isinstance(terminal.screen, OtherScreen))
        assert isinstance(terminal.screen, OtherScreen)
        assert terminal.screen.language.code == "fa"


async def test_a_screen_catches_up_when_its_terminal_is_looked_at_again() -> None:
    feed = StillFeed(fake_live())
    terminal = Terminal(fake_context(feed=feed), SampleScreen)
    terminal.add_mode("wall", SampleScreen)
    async with terminal.run_test() as pilot:
        await terminal.switch_mode("wall")
        feed.move(fake_live(fake_ticket(BILLS, 1, waited=timedelta(0)), revision=2))
        await until(pilot, lambda: shown(terminal, "#waiting") == "1 waiting")
        await terminal.switch_mode("home")
        await until(pilot, lambda: shown(terminal, "#waiting") == "1 waiting")


async def test_a_new_day_is_begun_once_by_whichever_terminal_sees_it() -> None:
    operations = RecordingOperations()
    yesterday = NOW.date() - timedelta(days=1)
    feed = StillFeed(replace(fake_live(), day=yesterday))
    terminal = Terminal(fake_context(feed=feed, operations=operations), SampleScreen)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: bool(operations.commands))
        feed.move(replace(fake_live(revision=2), day=yesterday))
        await until(pilot, lambda: terminal.live is not None and terminal.live.revision == 2)
        terminal._tick()
        await pilot.pause()
        assert [type(command) for command in operations.commands] == [StartDay]


class OpeningScreen(RoleScreen[None]):
    """Takes as long to open as the test wants."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(key="n", action="count", label=sentence("Next"), help=sentence("Next")),
    )

    def __init__(self) -> None:
        super().__init__()
        self.may_open = asyncio.Event()
        self.counted = 0

    async def on_compose(self) -> None:
        await self.may_open.wait()

    def action_count(self) -> None:
        self.counted += 1


async def test_what_a_fast_hand_types_while_a_screen_opens_waits_for_it() -> None:
    opening = OpeningScreen()
    terminal = Terminal(fake_context(), SampleScreen)
    async with terminal.run_test() as pilot:
        terminal.push_screen(opening)
        terminal.post_message(events.Key("n", "n"))
        await asyncio.sleep(0)
        assert not opening.is_built
        assert opening.counted == 0
        opening.may_open.set()
        await until(pilot, lambda: opening.counted == 1)
