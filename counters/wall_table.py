"""A calm table of things to act on: only changed lines are drawn, and a choice is told."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.css.scalar import Unit
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from queueapp.tui.mirror import HoldsCells

MARGIN = 1
GAP = 1
ELLIPSIS = "…"
MORE, ABOVE = "↓", "↑"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, translated, and how much room it takes, in cells."""

    heading: str = ""
    width: int
    grows: int = 0
    """Its share of what is left over; 0: always ``width``."""
    at_end: bool = False
    """Figures stand at the end of their column."""
    from_width: int = 0
    """Left out of a table narrower than this."""
    below_width: int | None = None
    """Left out of a table at least this wide."""

    def has_room(self, width: int) -> bool:
        """Whether it is shown in a table of ``width`` cells."""
        return self.from_width <= width and (self.below_width is None or width < self.below_width)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column; ``tone`` is ``""``, ``within``, ``near``, ``past``, ``quiet``."""

    text: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line; ``key`` stays the same while its cells change."""

    key: Hashable
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Everything that a table shows."""

    title: str
    """Stands over the columns that have no heading."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    empty: str = ""
    """Said in the place of the first line when there is none."""


class WallTable(HoldsCells, Widget, can_focus=True):
    """Columns with a heading; a line is chosen with the arrows and Enter, or by a tap."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "wall-table--heading",
        "wall-table--title",
        "wall-table--cursor",
        "wall-table--line",
        "wall-table--within",
        "wall-table--near",
        "wall-table--past",
        "wall-table--quiet",
    }
    DEFAULT_CSS = """
    WallTable {
        height: auto;
        & > .wall-table--heading { color: $quiet; background: $surface; }
        & > .wall-table--title { color: $foreground; background: $surface; text-style: bold; }
        &:focus > .wall-table--title { color: $accent; background: $surface; text-style: bold; }
        & > .wall-table--cursor { background: $panel; }
        & > .wall-table--line { color: $foreground; }
        & > .wall-table--within { color: $within; }
        & > .wall-table--near { color: $near; }
        & > .wall-table--past { color: $past; }
        & > .wall-table--quiet { color: $quiet; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    class Chosen(Message):
        """Enter was pressed on a line, or the line was tapped."""

        def __init__(self, table: "WallTable", key: Hashable) -> None:
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> "WallTable":
            """The table, so that a handler can be for one of several."""
            return self.table

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._shown = Rows(title="", columns=())
        self._cursor = 0
        self._top = 0
        """The number of the first line that is in view."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines, first to last."""
        return self._shown.rows

    @property
    def chosen(self) -> Hashable | None:
        """The key of the line under the cursor; ``None`` when there is no line."""
        return self.rows[self._cursor].key if self.rows else None

    def show_rows(self, shown: Rows) -> None:
        """Show these; the cursor stays on its key, unless that pushed what is new out of sight."""
        before, key, place = self._shown, self.chosen, (self._cursor, self._top)
        if shown == before:
            return
        self._shown = shown
        keys = [row.key for row in shown.rows]
        at = keys.index(key) if key in keys else min(self._cursor, len(keys) - 1)
        if not self._top:
            at = min(at, self._most_room - 1)  # what is put first in a list matters most
        self._place_cursor(max(0, at))
        if len(shown.rows) != len(before.rows):
            self.refresh(layout=True)
        elif (shown.title, shown.columns, shown.empty, place) != (
            before.title,
            before.columns,
            before.empty,
            (self._cursor, self._top),
        ):
            self.refresh()
        else:
            self._refresh_changed(before.rows)

    def choose_row(self, key: Hashable) -> None:
        """Put the cursor on the line with ``key``, when there is one."""
        for number, row in enumerate(self.rows):
            if row.key == key:
                self._place_cursor(number)
                self.refresh()

    # -- what people do --------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """Move the cursor; past an end the next table goes on."""
        if not 0 <= self._cursor + by < len(self.rows):
            self.screen.focus_next() if by > 0 else self.screen.focus_previous()
            return
        self._place_cursor(self._cursor + by)
        self.refresh()

    def action_choose(self) -> None:
        """Act on the line under the cursor."""
        if self.rows:
            self.post_message(self.Chosen(self, self.rows[self._cursor].key))

    def on_click(self, event: events.Click) -> None:
        """Act on the line that was tapped."""
        number = self._top + event.y - 1
        if event.y >= 1 and number < len(self.rows):
            self._place_cursor(number)
            self.refresh()
            self.action_choose()

    def on_mouse_scroll_down(self) -> None:
        """Show what is further down."""
        self._roll(1)

    def on_mouse_scroll_up(self) -> None:
        """Show what is further up."""
        self._roll(-1)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._place_cursor(self._cursor)

    def _roll(self, by: int) -> None:
        self._top = min(max(0, self._top + by), max(0, len(self.rows) - self._room))
        self.refresh()

    @property
    def _room(self) -> int:
        """How many lines are in view."""
        return max(1, self.size.height - 1)

    @property
    def _most_room(self) -> int:
        """The same once there are as many lines as the table may become high."""
        highest = self.styles.max_height
        grows = highest is not None and highest.unit is Unit.CELLS
        return max(self._room, int(highest.value) - 1) if highest and grows else self._room

    def _place_cursor(self, number: int) -> None:
        self._cursor = number
        highest = max(0, len(self.rows) - self._room)
        self._top = min(max(self._top, number - self._room + 1), number, highest)

    # -- how it is drawn -------------------------------------------------------------------------

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as every widget
        """The heading and the lines, or the sentence that there is none."""
        return 1 + max(1, len(self.rows))

    def render_line(self, y: int) -> Strip:
        """The heading, or one line."""
        width = self.size.width
        if y == 0:
            return self._heading(width)
        number = self._top + y - 1
        if number < len(self.rows):
            return self._line(number, width)
        if number == 0:
            return self._strip([(" " * MARGIN + self._shown.empty, "quiet")], width, "line")
        return Strip.blank(width, self.rich_style)

    def _refresh_changed(self, before: tuple[Row, ...]) -> None:
        for number, (old, new) in enumerate(zip(before, self.rows, strict=True)):
            if old != new and number >= self._top:
                self.refresh(Region(0, 1 + number - self._top, self.size.width, 1))

    def _heading(self, width: int) -> Strip:
        columns = self._columns(width)
        untitled = list(takewhile(lambda pair: not pair[0].heading, columns))
        room = sum(cells + GAP for _, cells in untitled) - GAP
        below = self._top + self._room < len(self.rows)
        signs = [sign for sign, there in ((ABOVE, self._top > 0), (MORE, below)) if there]
        title = " ".join([self._shown.title, *signs])
        longest = min(cell_len(title), width - 2 * MARGIN)
        parts = [(" " * MARGIN + fitted(title, max(room, longest)), "title")]
        parts += [
            (" " * GAP + fitted(column.heading, cells, at_end=column.at_end), "heading")
            for column, cells in columns[len(untitled) :]
        ]
        return self._strip(parts, width, "heading")

    def _line(self, number: int, width: int) -> Strip:
        pairs = zip(self._shown.columns, self.rows[number].cells, strict=True)
        cells = [cell for column, cell in pairs if column.has_room(width)]
        parts = [
            (" " * GAP + fitted(cell.text, room, at_end=column.at_end), cell.tone)
            for cell, (column, room) in zip(cells, self._columns(width), strict=True)
        ]
        is_chosen = self.has_focus and number == self._cursor
        return self._strip(parts, width, "cursor" if is_chosen else "line")

    def _columns(self, width: int) -> list[tuple[Column, int]]:
        """The columns that there is room for, each with its cells."""
        shown = [column for column in self._shown.columns if column.has_room(width)]
        taken = 2 * MARGIN - GAP + sum(column.width + GAP for column in shown)
        left, shares = max(0, width - taken), sum(column.grows for column in shown)
        widths = []
        for column in shown:
            extra = left * column.grows // shares if column.grows else 0
            left, shares = left - extra, shares - column.grows
            widths.append((column, column.width + extra))
        return widths

    def _strip(self, parts: Sequence[tuple[str, str]], width: int, ground: str) -> Strip:
        base = self.rich_style + self.get_component_rich_style(f"wall-table--{ground}")
        segments = [
            Segment(
                text,
                base + self.get_component_rich_style(f"wall-table--{tone}", partial=True)
                if tone
                else base,
            )
            for text, tone in parts
        ]
        return Strip(segments).adjust_cell_length(width, base)


def fitted(text: str, width: int, *, at_end: bool = False) -> str:
    """``text`` in exactly ``width`` cells; what is too long ends in an ellipsis."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(set_cell_size(text, max(0, width - 1)).rstrip() + ELLIPSIS, width)
    blank = " " * (width - length)
    return blank + text if at_end else text + blank
