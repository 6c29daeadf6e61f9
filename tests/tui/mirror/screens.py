"""A screen with something at every edge, and what a person does at the terminal that shows it."""

from collections.abc import Callable
from typing import Any, ClassVar

import pyte
from rich.style import Style as RichStyle
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.style import Style
from textual.widgets import Button, OptionList, Static

from queueapp.language import Direction
from queueapp.tui.mirror import HoldsPicture, MirrorApp, MirrorScreen
from queueapp.tui.mirror.frame import Changes

SIZE = Size(60, 20)


class Links(Static):
    """Two words, each of which does something else."""

    def render(self) -> Content:
        return Content("  ").join(
            Content(word).stylize(Style.from_meta({"@click": f"screen.take('{word}')"}))
            for word in ("یک", "A042")
        )

    @property
    def link_style(self) -> RichStyle:
        return RichStyle.null()


class Picture(HoldsPicture, Static):
    """``<▌▐>`` where reading begins."""

    def picture_columns(self, y: int) -> tuple[int, int]:
        return (0, 4) if y == 0 else (0, 0)

    def render(self) -> Content:
        return Content("a▌▐b")


class SampleScreen(MirrorScreen[None]):
    """Everything that has a left and a right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "note('left')", show=False),
        Binding("right", "note('right')", show=False),
    ]

    def __init__(self, direction: Direction) -> None:
        super().__init__()
        self._direction = direction
        self.noted: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("کنار", id="side")
        with Vertical():
            with Horizontal(id="row"):
                yield Static("اول", id="first")
                yield Static("آخر", id="last")
            with Grid(id="cards"):
                for number in "1234":
                    yield Static(number, id=f"card-{number}")
            framed = Static("میان", id="framed")
            framed.border_title = "عنوان"
            yield framed
            yield Links(id="links")
            yield Picture(id="picture")
            with VerticalScroll(id="long"):
                yield Static("بلند")
            yield OptionList("الف", "ب", id="list")
            yield Button("برو", id="go", action="screen.note('go')")

    def on_mount(self) -> None:
        self.face(self._direction)

    def action_take(self, word: str) -> None:
        self.noted.append(word)

    def action_note(self, word: str) -> None:
        self.noted.append(word)


class SampleApp(MirrorApp[None]):
    """Shows the sample; a terminal in memory draws everything that the program sends it."""

    CSS = """
    #row { height: 3; } #row Static { width: 1fr; } #row #last { width: 12; margin-right: 3; }
    #cards { grid-size: 2 2; height: 4; } #cards Static { height: 2; }
    #framed { border: round white; height: 3; border-title-align: left; }
    #side { dock: left; width: 8; background: blue; }
    #long { height: 4; } #long Static { height: 9; }
    #list { height: 3; width: 20; border: none; }
    SampleDialog { align: center middle; background: black 50%; }
    #box { width: 24; height: 6; background: blue; }
    #links, #picture { height: 1; } #go { margin: 0; height: 1; min-width: 8; border: none; }
    """

    def __init__(self, direction: Direction = Direction.RIGHT_TO_LEFT) -> None:
        super().__init__()
        self._direction = direction
        self.terminal = pyte.Screen(*SIZE)
        self._stream = pyte.Stream(self.terminal)
        self.written = ""
        """All that was written to it."""

    def get_default_screen(self) -> Screen[Any]:
        return SampleScreen(self._direction)

    @property
    def sample(self) -> SampleScreen:
        screen = self.screen_stack[0]
        assert isinstance(screen, SampleScreen)
        return screen

    def changes(self, update: CompositorUpdate) -> Changes | None:
        changes = super().changes(update)
        if changes is not None:
            written = changes.render_segments(self.console)
            self.written += written
            self._stream.feed(written)
        return changes


async def touch(pilot: Pilot[Any], x: int, y: int) -> None:
    """Press the mouse and let it go at a cell of the terminal."""
    for kind in (events.MouseMove, events.MouseDown, events.MouseUp):
        pilot.app.post_message(at(kind, x, y))
    await pilot.pause()


def at(kind: type[events.MouseEvent], x: int, y: int) -> events.MouseEvent:
    """What a terminal reports about its cell ``x``, ``y``."""
    pressed = 0 if kind is events.MouseMove else 1
    return kind(
        None, x=x, y=y, delta_x=0, delta_y=0, button=pressed, shift=False, meta=False, ctrl=False
    )


def column_of(app: App[Any], word: str, text: Callable[[App[Any]], list[str]]) -> tuple[int, int]:
    """Where ``word``, as it is seen, begins."""
    for y, line in enumerate(text(app)):
        if word in line:
            return line.index(word), y
    raise AssertionError(f"{word!r} is nowhere on the screen")


class SampleDialog(MirrorScreen[None], ModalScreen[None]):
    """A question in the middle, over what was shown before."""

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static("پرسش")
            yield Button("بله", id="yes", action="screen.dismiss")

    def on_mount(self) -> None:
        self.face(Direction.RIGHT_TO_LEFT)
