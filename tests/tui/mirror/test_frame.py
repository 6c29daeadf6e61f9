"""What is written to the terminal: what changed, and nothing else."""

import pyte
import pytest
from textual import events
from textual.geometry import Size
from textual.widgets import OptionList, Static

from queueapp.language import Direction
from queueapp.tui.mirror import MirrorScreen
from tests.tui.mirror.screens import SIZE, SampleApp, SampleDialog


def looks(app: SampleApp) -> list[list[pyte.screens.Char]]:
    """The cells of its terminal, letters and colours."""
    return _cells(app.terminal)


def looks_anew(app: SampleApp, size: Size = SIZE) -> list[list[pyte.screens.Char]]:
    """The cells of a terminal that was given all of the screen at once."""
    screen = app.screen
    assert isinstance(screen, MirrorScreen)
    terminal = pyte.Screen(*size)
    pyte.Stream(terminal).feed(screen.drawing().replace("\n", "\r\n"))
    return _cells(terminal, size)


def _cells(terminal: pyte.Screen, size: Size = SIZE) -> list[list[pyte.screens.Char]]:
    return [[terminal.buffer[y][x] for x in range(size.width)] for y in range(size.height)]


async def test_each_line_is_first_reached_from_the_one_above() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for y in range(1, SIZE[1]):
            assert f"\x1b[{y};1H\n" in app.written, "or a VTE puts the line in order once more"
        app.written = ""
        app.sample.query_one("#card-2", Static).update("here")
        await pilot.pause()
        assert "\n" not in app.written


@pytest.mark.parametrize("size", [Size(80, 30), Size(81, 20), Size(60, 25), Size(40, 12)])
async def test_a_window_of_another_size_shows_what_is_behind_a_dialog(size: Size) -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        await app.push_screen(SampleDialog())
        await app.push_screen(SampleDialog())
        await pilot.pause()
        app.terminal.resize(size.height, size.width)
        await pilot.resize_terminal(*size)
        await pilot.pause()
        await pilot.pause()
        assert app.sample.size == app.screen.size == size
        assert _cells(app.terminal, size) == looks_anew(app, size)


async def test_a_screen_that_is_drawn_again_writes_nothing() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.written = ""
        app.sample.refresh(layout=True)
        for widget in app.sample.query("*"):
            widget.refresh()
        await pilot.pause()
        assert app.written == ""


async def test_one_word_writes_no_other() -> None:
    app = SampleApp(Direction.LEFT_TO_RIGHT)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.written = ""
        app.sample.query_one("#card-2", Static).update("here")
        app.sample.refresh()
        await pilot.pause()
        assert "here" in app.written
        assert "A042" not in app.written
        assert looks(app) == looks_anew(app)


async def test_a_dialog_that_closes_brings_back_what_was_there() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        before = list(app.terminal.display)
        for _ in range(3):
            await app.push_screen(SampleDialog())
            await pilot.pause()
            assert app.terminal.display != before
            assert looks(app) == looks_anew(app)
            app.pop_screen()
            await pilot.pause()
            assert app.terminal.display == before
            assert looks(app) == looks_anew(app)


async def test_what_changes_behind_a_dialog_is_seen_through_it() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        await app.push_screen(SampleDialog())
        await pilot.pause()
        app.sample.query_one("#card-2", Static).update("نو")
        await pilot.pause()
        await pilot.pause()
        assert looks(app) == looks_anew(app)
        app.pop_screen()
        await pilot.pause()
        assert looks(app) == looks_anew(app)


async def test_lists_tables_and_layouts_leave_the_terminal_as_a_fresh_drawing_would() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        people = app.sample.query_one(OptionList)
        for width, options in (
            (20, ["یک", "دو", "سه"]),
            (31, ["Four"]),
            (9, []),
            (40, ["پنج"] * 5),
        ):
            app.sample.query_one("#side").styles.width = width // 3
            people.styles.width = width
            people.clear_options().add_options(options)
            await pilot.pause()
            assert looks(app) == looks_anew(app)


async def test_a_terminal_that_may_have_lost_it_is_written_anew() -> None:
    app = SampleApp(Direction.LEFT_TO_RIGHT)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.terminal.reset()
        app.draw_anew()
        await pilot.pause()
        assert looks(app) == looks_anew(app)
        app.terminal.reset()
        app.post_message(events.Resize(Size(*SIZE), Size(*SIZE)))
        app.sample.refresh()
        await pilot.pause()
        assert looks(app) == looks_anew(app)
