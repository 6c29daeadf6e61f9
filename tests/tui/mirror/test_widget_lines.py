"""The lines of widgets with every kind of adornment, as Textual draws them."""

import pytest
from textual._styles_cache import StylesCache
from textual.app import ComposeResult
from textual.color import Color
from textual.screen import Screen
from textual.widgets import Static

from queueapp.tui.mirror import MirrorApp, MirrorScreen
from queueapp.tui.mirror.widget_lines import WidgetLines
from tests.cells_picture import screen_strips

LOOKS = {
    "plain": "",
    "padded": "padding: 1 3 2 5;",
    "framed": "border: round red; padding: 1;",
    "left": "border-left: thick green; padding: 0 0 0 2;",
    "right": "border-right: inner blue; border-top: solid white;",
    "titled": "border: heavy yellow; border-title-color: red; border-title-align: center;",
    "outlined": "outline: double white;",
    "hatched": "hatch: cross red; padding: 1 2;",
    "tinted": "tint: red 40%; border: round white;",
    "faint": "opacity: 50%; border: round white;",
    "faint-text": "text-opacity: 40%; padding: 0 1;",
    "centred": "content-align: center middle; height: 7; border: tall white;",
    "cut": "width: 9; height: 2;",
    "seen-through": "background: red 30%; border: round white 50%;",
}
TEXT = "two lines of [bold red]text[/]\nand one that is a little longer"


class Adorned(MirrorScreen[None]):
    """A text in each of the looks."""

    def compose(self) -> ComposeResult:
        for name in LOOKS:
            text = Static(TEXT, id=name)
            text.border_title = name
            yield text


class AdornedApp(MirrorApp[None]):
    """Shows them."""

    CSS = (
        "Screen { background: navy; overflow: hidden; } Static { background: darkgreen; }"
        + "".join(f"#{name} {{ {look} }}" for name, look in LOOKS.items())
    )

    def get_default_screen(self) -> Screen[None]:
        return Adorned()


async def test_every_look_is_as_textual_draws_it(monkeypatch: pytest.MonkeyPatch) -> None:
    app = AdornedApp()
    async with app.run_test(size=(60, 80)) as pilot:
        await pilot.pause()
        ours = screen_strips(app)
        monkeypatch.setattr(WidgetLines, "render_line", StylesCache.render_line)
        for text in app.screen.query(Static):
            text.refresh()
        theirs = screen_strips(app)
        assert [list(line.simplify()) for line in ours] == [
            list(line.simplify()) for line in theirs
        ]


async def test_another_colour_is_seen_at_once() -> None:
    app = AdornedApp()
    async with app.run_test(size=(60, 80)) as pilot:
        await pilot.pause()
        text = app.screen.query_one("#framed")
        text.styles.background = Color.parse("black")
        await pilot.pause()
        line = screen_strips(app)[text.region.y + 2]
        blank = list(line)[1]
        assert blank.style is not None
        assert blank.style.bgcolor == Color.parse("black").rich_color
