"""What our compositor leaves out of Textual's work, and that nobody sees that it does."""

from unittest.mock import patch

import pytest
from textual._compositor import Compositor
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from queueapp.tui.mirror import MirrorApp, MirrorScreen
from queueapp.tui.mirror.compositor import MirrorCompositor
from tests.cells_picture import screen_strips

SIZE = (40, 16)


class Boxes(MirrorScreen[None]):
    """Containers of every kind, one in the other."""

    def compose(self) -> ComposeResult:
        with Vertical(id="outer"):
            with Horizontal(id="framed"):
                yield Static("left", id="left")
                with Container(id="inner"):
                    yield Static("inner")
            with Container(id="faint"):
                yield Static("faint")
            with VerticalScroll(id="long"):
                yield Static("short", id="text")


class BoxesApp(MirrorApp[None]):
    """Shows them."""

    CSS = """
    #outer { background: darkblue; padding: 1 2; }
    #framed { border: round white; height: 5; background: green 50%; }
    #left { width: auto; }
    #inner { background: darkred; margin: 1 2; height: 1; }
    #faint { opacity: 50%; height: 2; background: red; }
    #long { height: 4; }
    """

    def get_default_screen(self) -> Screen[None]:
        return Boxes()


async def test_containers_look_as_textual_draws_them(monkeypatch: pytest.MonkeyPatch) -> None:
    app = BoxesApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        ours = [list(line.simplify()) for line in screen_strips(app)]
        monkeypatch.setattr(MirrorCompositor, "_get_renders", Compositor._get_renders)
        theirs = [list(line.simplify()) for line in screen_strips(app)]
        assert ours == theirs


async def test_what_moves_others_is_laid_out_once() -> None:
    app = BoxesApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        inner = app.screen.query_one("#inner")
        before = inner.region.x
        with patch.object(
            MirrorCompositor, "_arrange_root", autospec=True, side_effect=Compositor._arrange_root
        ) as arranged:
            app.screen.query_one("#left", Static).update("wider than it was")
            await pilot.pause()
            await pilot.pause()
        assert inner.region.x > before
        assert arranged.call_count == 1


async def test_what_is_asked_for_before_it_has_a_place_is_drawn_when_it_has_one() -> None:
    app = BoxesApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        compositor, added = app.screen._compositor, Static("added", id="added")
        with patch.object(Screen, "_on_timer_update"):
            await app.screen.query_one("#faint").mount(added)
            compositor.update_widgets({added})
            compositor.find_widget(app.screen)  # as for what is below the mouse
        with patch.object(Compositor, "render_update", autospec=True) as drawn:
            app.screen.refresh(layout=True, repaint=False)
            await pilot.pause()
            await pilot.pause()
        assert drawn.called
        assert added.region in compositor._dirty_regions


async def test_a_text_that_grows_gets_its_scroll_bar_and_loses_it_again() -> None:
    app = BoxesApp()
    async with app.run_test(size=SIZE) as pilot:
        long, text = app.screen.query_one("#long"), app.screen.query_one("#text", Static)
        for content, is_long in (("line\n" * 9, True), ("short", False)):
            text.update(content)
            await pilot.pause()
            await pilot.pause()
            assert long.show_vertical_scrollbar is is_long
            assert text.size.width == (34 if is_long else 36)
