"""What a mirrored screen shows and does, as a person at the terminal has it."""

import pytest
from textual import events
from textual.widgets import OptionList, Static

from queueapp.language import Direction
from queueapp.language.bidi import visual
from queueapp.tui.keys import Key
from tests.cells_picture import screen_strips, screen_text
from tests.tui.fakes import language_of
from tests.tui.mirror.screens import (
    SIZE,
    SampleApp,
    SampleDialog,
    SampleScreen,
    at,
    column_of,
    touch,
)

LTR, RTL = Direction.LEFT_TO_RIGHT, Direction.RIGHT_TO_LEFT
WIDTH = SIZE[0]


def shaped(word: str) -> str:
    return visual(word).text


def place(app: SampleApp, word: str) -> tuple[int, int]:
    return column_of(app, shaped(word), screen_text)


async def test_docks_rows_and_margins_are_mirrored() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE):
        side, first, last = (place(app, word)[0] for word in ("کنار", "اول", "آخر"))
        assert side == WIDTH - len("کنار")
        assert first == WIDTH - 8 - len("اول"), "beside the dock"
        assert last == 12 + 3 - len("آخر"), "before its margin"


async def test_cards_in_a_grid_run_from_the_right() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE):
        places = {number: column_of(app, number, screen_text) for number in "1234"}
        assert places["1"] > places["2"]
        assert places["3"][1] == places["4"][1] > places["1"][1]
        assert places["3"][0] == places["1"][0]


async def test_a_frame_is_closed_and_its_title_begins_at_the_right() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE):
        top = next(line for line in screen_text(app) if "╭" in line)
        assert top.startswith("╭")
        assert top.rstrip().endswith(f" {shaped('عنوان')} ─╮" + top.split("╮")[1].rstrip())


async def test_a_picture_is_not_turned() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE):
        assert column_of(app, "a▌▐b", screen_text)[0] == WIDTH - 8 - 4


async def test_a_screen_that_was_covered_twice_comes_back_at_the_size_that_is_now() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        await app.push_screen(SampleScreen(RTL))
        await app.push_screen(SampleScreen(RTL))
        await pilot.resize_terminal(WIDTH + 20, SIZE[1] + 5)
        await app.pop_screen()
        await app.pop_screen()
        await pilot.pause()
        await pilot.pause()
        assert app.screen is app.sample
        assert app.sample.size == app.size == (WIDTH + 20, SIZE[1] + 5)
        assert place(app, "کنار")[0] == WIDTH + 20 - len("کنار")


async def test_the_scroll_bar_is_at_the_left() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        _, y = place(app, "بلند")
        bar = app.sample.query_one("#long").vertical_scrollbar
        line = screen_strips(app)[y]
        assert line.crop(0, 1).text == line.crop(1, 2).text == " "
        grounds = [line.crop(x, x + 1) for x in (0, 1, 2)]
        assert [segment.style for segment in grounds[0]] != [
            segment.style for segment in grounds[2]
        ]
        assert app.sample.get_widget_at(bar.region.x, y)[0] is bar
        await pilot.pause()


async def test_a_click_does_what_is_seen_there() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        for word in ("یک", "A042"):
            x, y = place(app, word)
            for column in range(x, x + len(word)):
                await touch(pilot, column, y)
        x, y = place(app, "برو")
        await touch(pilot, x, y)
        assert app.sample.noted == ["یک"] * 2 + ["A042"] * 4 + ["go"]


async def test_a_click_beside_the_words_does_nothing() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        x, y = place(app, "A042")
        await touch(pilot, x - 1, y)
        await touch(pilot, WIDTH - 1 - x, y)
        assert app.sample.noted == []


async def test_the_style_under_the_mouse_is_that_of_the_cell_that_is_seen() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE):
        for y, strip in enumerate(screen_strips(app)):
            for x in range(WIDTH):
                found = app.sample.get_style_at(WIDTH - 1 - x, y)
                (segment,) = strip.crop(x, x + 1)
                shown = segment.style
                assert shown is not None
                assert found.meta.get("@click") == shown.meta.get("@click")


async def test_a_list_is_chosen_from_by_touch() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        x, y = place(app, "الف")
        await touch(pilot, x, y + 1)
        assert app.sample.query_one(OptionList).highlighted == 1


async def test_the_left_arrow_goes_on_and_the_right_one_back() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        app.sample.query_one(OptionList).blur()
        await pilot.press("left", "right")
        assert app.sample.noted == ["right", "left"]


async def test_a_screen_that_is_not_mirrored_is_left_alone() -> None:
    app = SampleApp(LTR)
    async with app.run_test(size=SIZE) as pilot:
        app.sample.query_one(OptionList).blur()
        x, y = column_of(app, "A042", screen_text)
        await touch(pilot, x, y)
        await pilot.press("left")
        assert app.sample.noted == ["A042", "left"]
        assert screen_text(app)[0].startswith(shaped("کنار"))


async def test_the_mouse_is_reported_to_a_fraction_of_a_cell() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        x, y = place(app, "A042")
        event = at(events.MouseMove, x, y)
        event._x = event._screen_x = x + 0.25
        app.post_message(event)
        await pilot.pause()
        assert app.mouse_position == (WIDTH - 1 - x, y)


async def test_small_changes_leave_the_terminal_as_a_fresh_drawing_would() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        framed = app.sample.query_one("#framed", Static)
        for words in ("سلام A042", "", "نوبت بعدی", "۱۲ نفر"):
            framed.update(words)
            await pilot.pause()
            app.sample.query_one("#card-2", Static).update(words[:2])
            app.sample.query_one("#long").scroll_relative(y=1, animate=False)
            await pilot.pause()
            assert app.terminal.display == screen_text(app)


async def test_turning_back_and_forth_draws_all_of_the_screen() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        persian = screen_text(app)
        app.sample.face(LTR)
        await pilot.pause()
        assert app.terminal.display == screen_text(app) != persian
        app.sample.face(RTL)
        await pilot.pause()
        assert app.terminal.display == screen_text(app) == persian


async def test_a_message_comes_up_at_the_left() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.notify("نوبت بعدی", timeout=60)
        await pilot.pause()
        x, y = place(app, "بعدی")
        line = screen_text(app)[y]
        assert x < WIDTH // 2
        assert line.index("▐") > x, "its edge is where reading begins"


@pytest.mark.parametrize("times", [100])
async def test_turning_a_hundred_times_leaves_nothing_behind(times: int) -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        fresh, widgets = screen_strips(app), len(app.sample.query("*"))
        for turn in range(2 * times):
            app.sample.face(LTR if turn % 2 == 0 else RTL)
        await pilot.pause()
        assert screen_strips(app) == fresh
        assert len(app.sample.query("*")) == widgets


def test_the_key_that_goes_on_is_the_one_that_points_there() -> None:
    key = Key(key="right", action="next", label="", help="")
    assert key.cap(language_of("en")) == "→"
    assert key.cap(language_of("fa")) == "←"


async def test_what_stands_behind_a_dialog_is_mirrored_with_it() -> None:
    app = SampleApp()
    async with app.run_test(size=SIZE) as pilot:
        x, y = place(app, "کنار")
        await app.push_screen(SampleDialog())
        await pilot.pause()
        assert place(app, "کنار") == (x, y)
        assert app.terminal.display == screen_text(app)
        assert place(app, "پرسش")[0] > WIDTH // 2 - len("پرسش")
        column, row = place(app, "بله")
        await touch(pilot, column, row)
        assert not isinstance(app.screen, SampleDialog)
