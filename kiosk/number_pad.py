"""A number pad to touch, for whatever is typed at a kiosk."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from queueapp.language import Direction, Language

ERASE, ACCEPT = "⌫", "✓"
_ROWS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), (ERASE, "0", ACCEPT))
_COLUMNS = 3


class _Looks(NamedTuple):
    frame: Style
    label: Style


class NumberPad(Widget):
    """Twelve keys as on a telephone; each posts :class:`Pressed`.

    One widget draws them all: a screen with twelve more takes half as long again to open.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"number-pad--frame", "number-pad--touched"}
    DEFAULT_CSS = """
    NumberPad { width: 1fr; max-width: 44; height: 1fr; max-height: 24; }
    NumberPad > .number-pad--frame { color: $secondary; }
    NumberPad > .number-pad--touched { background: $panel; }
    """

    class Pressed(Message):
        """The key that says ``key`` was touched: a Latin digit, ``ERASE`` or ``ACCEPT``."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    keys: reactive[tuple[str, ...]] = reactive(())
    """Row by row, from where reading begins."""
    labels: reactive[tuple[str, ...]] = reactive(())
    """What is written on them."""
    touched: reactive[int | None] = reactive(None)
    """The key below the finger or the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self._usual = self._pointed_at = _Looks(Style.null(), Style.null())

    def speak(self, language: Language) -> None:
        """Write the digits of ``language``."""
        self.keys = _keys(language.direction)
        self.labels = tuple(language.digits(key) for key in self.keys)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of ``crop``; what they look like is found out once for all of them."""
        frame = self.get_component_rich_style("number-pad--frame")
        label = self.rich_style + Style(bold=True)
        ground = Style(bgcolor=self.get_component_rich_style("number-pad--touched").bgcolor)
        self._usual = _Looks(frame, label)
        self._pointed_at = _Looks(frame + ground, label + ground)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A row of cells through three keys."""
        if not self.labels:
            return Strip.blank(self.size.width, self.rich_style)
        tops, lefts = self._tops(), self._lefts()
        row = bisect_right(tops, y) - 1
        inside, height = y - tops[row], tops[row + 1] - tops[row]
        segments: list[Segment] = []
        for column in range(_COLUMNS):
            number = row * _COLUMNS + column
            width = lefts[column + 1] - lefts[column] - 1
            label = self.labels[number] if inside == (height - 1) // 2 else ""
            if column:
                segments.append(Segment(" ", self.rich_style))
            looks = self._pointed_at if number == self.touched else self._usual
            segments += _key_row(inside, height, width, label, looks)
        return Strip(segments, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Say which key it was."""
        number = self._key_at(event.get_content_offset(self))
        if number is not None:
            self.post_message(self.Pressed(self.keys[number]))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the key below it stand out."""
        self.touched = self._key_at(event.get_content_offset(self))

    def on_leave(self) -> None:
        """None of them is touched any more."""
        self.touched = None

    def _key_at(self, place: Offset | None) -> int | None:
        if place is None or not self.keys:
            return None
        column = bisect_right(self._lefts(), place.x) - 1
        row = bisect_right(self._tops(), place.y) - 1
        return row * _COLUMNS + column

    def _tops(self) -> list[int]:
        """The line in which each row begins, and the one after the last."""
        height = self.size.height
        return [row * height // len(_ROWS) for row in range(len(_ROWS) + 1)]

    def _lefts(self) -> list[int]:
        """The cell in which each column begins, a blank before it; and the one after the last."""
        width = self.size.width + 1
        return [column * width // _COLUMNS for column in range(_COLUMNS + 1)]


def _key_row(y: int, height: int, width: int, label: str, looks: _Looks) -> Iterator[Segment]:
    """Row ``y`` of a key, with its ``label`` in the middle."""
    if y in {0, height - 1}:
        left, right = "╭╮" if y == 0 else "╰╯"
        yield Segment(left + "─" * (width - 2) + right, looks.frame)
        return
    before = (width - 2 - cell_len(label)) // 2
    after = width - 2 - cell_len(label) - before
    yield Segment("│", looks.frame)
    yield Segment(" " * before + label + " " * after, looks.label)
    yield Segment("│", looks.frame)


def _keys(direction: Direction) -> tuple[str, ...]:
    """The keys row by row, from where reading begins.

    The first is always at the left: telephones are not mirrored, and fingers know them by heart.
    """
    step = 1 if direction is Direction.LEFT_TO_RIGHT else -1
    return tuple(key for row in _ROWS for key in row[::step])
