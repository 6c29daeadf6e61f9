"""Typing in a line that begins at the right."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from queueapp.language import Direction
from queueapp.language.bidi import visual
from queueapp.tui.line_input import NON_JOINER, LineInput
from queueapp.tui.mirror import MirrorApp, MirrorScreen
from tests.cells_picture import screen_strips
from tests.tui.mirror.screens import touch

RTL, LTR = Direction.RIGHT_TO_LEFT, Direction.LEFT_TO_RIGHT
LINE = 1
"""The row of the line, under its frame."""


class OneLine(MirrorScreen[None]):
    def __init__(self, direction: Direction) -> None:
        super().__init__()
        self._direction = direction

    def compose(self) -> ComposeResult:
        yield LineInput(select_on_focus=False)

    def on_mount(self) -> None:
        self.face(self._direction)


class TypingApp(MirrorApp[None]):
    CSS = "LineInput { width: 30; }"

    def __init__(self, direction: Direction) -> None:
        super().__init__()
        self._direction = direction

    def get_default_screen(self) -> Screen[Any]:
        return OneLine(self._direction)


class Typist:
    """Somebody who types and looks."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.line = pilot.app.screen.query_one(LineInput)
        self.line.cursor_blink = False

    async def types(self, text: str) -> None:
        for character in text:
            key = "space" if character == " " else character
            self.pilot.app.post_message(events.Key(key, character))
        await self.pilot.pause()

    async def holds(self, value: str, at: int) -> None:
        self.line.value = value
        self.line.cursor_position = at
        await self.pilot.pause()

    async def sees(self) -> tuple[str, str]:
        """The text of the line, and that of its cells that the cursor inverts."""
        await self.pilot.pause()
        strip = screen_strips(self.pilot.app)[LINE]
        cursor = self.line.get_component_rich_style("input--cursor")
        marked = [
            segment.text
            for segment in strip
            if segment.style is not None and segment.style.bgcolor == cursor.bgcolor
        ]
        return strip.text.strip("▊▎ "), "".join(marked)

    async def touches(self, character: str) -> None:
        await touch(self.pilot, screen_strips(self.pilot.app)[LINE].text.index(character), LINE)


@asynccontextmanager
async def typist(direction: Direction = RTL) -> AsyncIterator[Typist]:
    async with TypingApp(direction).run_test(size=(40, 6)) as pilot:
        somebody = Typist(pilot)
        somebody.line.focus()
        await pilot.pause()
        yield somebody


async def test_the_value_is_what_was_typed_in_the_order_of_typing() -> None:
    async with typist() as person:
        await person.types("نوبت A042 را")
        assert person.line.value == "نوبت A042 را"
        text, _ = await person.sees()
        assert text == visual("نوبت A042 را").text


@pytest.mark.parametrize(
    "key", [events.Key("shift+space", None), events.Key("zero_width_non_joiner", NON_JOINER)]
)
async def test_a_non_joiner_is_typed(key: events.Key) -> None:
    async with typist() as person:
        await person.types("می")
        person.pilot.app.post_message(key)
        await person.types("شود")
        assert person.line.value == "می\u200cشود"
        assert (await person.sees())[0] == visual("می\u200cشود").text


async def test_a_non_joiner_takes_the_place_of_what_is_marked() -> None:
    async with typist() as person:
        await person.types("می شود")
        person.line.selection = type(person.line.selection)(2, 3)
        person.pilot.app.post_message(events.Key("shift+space", None))
        await person.pilot.pause()
        assert person.line.value == "می\u200cشود"


async def test_in_english_shift_and_space_type_no_sign_that_nobody_sees() -> None:
    async with typist(LTR) as person:
        person.pilot.app.post_message(events.Key("shift+space", None))
        await person.types("a")
        assert person.line.value == "a"


async def test_the_cursor_is_where_the_next_letter_will_be() -> None:
    async with typist() as person:
        await person.types("باج")
        strip = screen_strips(person.pilot.app)[LINE]
        word = visual("باج").text
        at = strip.text.index(word)
        (cell,) = strip.crop(at - 1, at)
        cursor = person.line.get_component_rich_style("input--cursor")
        assert cell.style is not None
        assert cell.style.bgcolor == cursor.bgcolor


async def test_arrows_move_the_way_they_point() -> None:
    async with typist() as person:
        await person.holds("بپت", 0)
        await person.pilot.press("left")
        assert (await person.sees())[1] == visual("بپت").text[1]
        await person.pilot.press("left")
        assert person.line.cursor_position == 2
        await person.pilot.press("right", "right")
        assert person.line.cursor_position == 0


async def test_arrows_move_the_way_they_point_in_latin_letters_too() -> None:
    async with typist() as person:
        await person.types("sara")
        await person.pilot.press("left")
        assert (await person.sees()) == ("sara", "a")
        assert person.line.cursor_position == 3
        await person.pilot.press("right")
        assert person.line.cursor_position == 4


async def test_arrows_with_shift_mark_what_they_pass() -> None:
    async with typist() as person:
        await person.holds("باجه یک", 0)
        await person.pilot.press("shift+left", "shift+left")
        assert person.line.selected_text == "با"
        await person.holds("sara", 4)
        await person.pilot.press("shift+left", "shift+left")
        assert person.line.selected_text == "ra"


@pytest.mark.parametrize("value", ["باجه A042 یک", "A042", "۱۲ دقیقه", "سلام B7", "a  b  c"])
async def test_a_touch_puts_the_cursor_on_what_is_seen(value: str) -> None:
    async with typist() as person:
        await person.holds(value, len(value))
        seen = visual(value, right_to_left=value != "A042" and value[0] != "a")
        for character, source in zip(seen.text, seen.sources, strict=True):
            if character != " " and seen.text.count(character) == 1:
                await person.touches(character)
                assert person.line.cursor_position == source, character


async def test_a_touch_beside_the_text_goes_to_its_end() -> None:
    async with typist() as person:
        await person.holds("باجه", 0)
        await touch(person.pilot, 40 - 28, LINE)
        assert person.line.cursor_position == 4


async def test_dragging_marks_what_is_seen_between() -> None:
    async with typist() as person:
        await person.holds("بپتث", 0)
        await person.pilot.mouse_down(LineInput, offset=(3, 1))
        await person.pilot.hover(LineInput, offset=(5, 1))
        await person.pilot.mouse_up(LineInput, offset=(5, 1))
        assert person.line.selected_text == "بپ"


async def test_a_long_text_scrolls_and_a_touch_still_hits() -> None:
    async with typist() as person:
        await person.types("ا" + "ب" * 30 + "جپ")
        assert person.line.scroll_offset.x > 0
        text, _ = await person.sees()
        assert visual("ب" * 3 + "جپ").text[:2] in text
        await person.touches(visual("بجپ").text[1])
        assert person.line.cursor_position == 31


async def test_a_hidden_text_shows_dots_and_no_digit() -> None:
    async with typist() as person:
        person.line.password = True
        await person.types("1234")
        assert (await person.sees())[0] == "••••"
        await touch(person.pilot, 40 - 4, LINE)
        assert person.line.cursor_position == 0
