"""The day's waits by the half hour: as they were in bars, and as they may become in ranges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from queueapp.domain.figures import HalfHour
from queueapp.domain.outlook import HalfHourAhead
from queueapp.tui.mirror import HoldsPicture

EIGHTHS = " ▁▂▃▄▅▆▇█"
MARK = "─"
SHADE = "░"
AXIS = 6
"""Cells left of the bars, for the minutes."""
WIDEST = 5
"""Cells from one bar to the next, at most."""
STEPS = (2, 4, 6, 10, 20, 30, 40, 60, 90, 120, 180, 240, 360, 480)
"""Where the scale may end, in minutes: figures that halve to something readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """What the chart says; all translated."""

    title: str
    empty: str
    hours: tuple[str, ...] = ()
    """For each half hour its label; empty for those without one."""
    minutes: tuple[str, str] = ("", "")
    """The top of the scale and its half."""


class DayChart(HoldsPicture, Widget):
    """A text chart without colours that mean anything but the target's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "day-chart--title",
        "day-chart--axis",
        "day-chart--bar",
        "day-chart--mark",
        "day-chart--ahead",
        "day-chart--ahead-mean",
    }
    DEFAULT_CSS = """
    DayChart {
        height: 1fr;
        min-height: 8;
        & > .day-chart--title { color: $foreground; background: $surface; text-style: bold; }
        & > .day-chart--axis { color: $quiet; }
        & > .day-chart--bar { color: $secondary; }
        & > .day-chart--mark { color: $quiet; }
        & > .day-chart--ahead { color: $quiet; }
        & > .day-chart--ahead-mean { color: $secondary; }
    }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self._halves: tuple[HalfHour, ...] = ()
        self._ahead: tuple[HalfHourAhead, ...] = ()
        self._words = ChartWords(title="", empty="")

    def show_day(
        self,
        halves: Sequence[HalfHour],
        words: ChartWords,
        ahead: Sequence[HalfHourAhead] = (),
    ) -> None:
        """Draw these half hours, and those to come as ranges; the oldest give way to the others."""
        shown = (tuple(halves), words, tuple(ahead))
        if shown != (self._halves, self._words, self._ahead):
            self._halves, self._words, self._ahead = shown
            self.refresh()

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - as every widget
        """All there is."""
        return container.width

    def picture_columns(self, y: int) -> tuple[int, int]:
        """Bars, hours and minutes: time runs to the right in either language, words do not."""
        is_drawn = y > 0 and bool(self._halves or self._ahead)
        return (0, self.size.width) if is_drawn else (0, 0)

    def render_line(self, y: int) -> Strip:
        """The title, a row of the bars, or the hours under them."""
        width, height = self.size
        if y == 0:
            return self._strip([(" " + self._words.title, "title")], "title")
        count = len(self._halves) + len(self._ahead)
        if not count:
            text = " " + self._words.empty if y == 1 else ""
            return self._strip([(text, "axis")], "axis")
        rows = height - 2
        step = min(WIDEST, max(1, (width - AXIS - 1) // count))
        room = (width - AXIS - 1) // step
        if y == height - 1:
            return self._strip([(" " * AXIS + self._hours(room, step), "axis")], "axis")
        return self._bars(y - 1, rows, room, step)

    def _hours(self, room: int, step: int) -> str:
        line = ""
        for number, hour in enumerate(self._words.hours[-room:]):
            if hour and len(line) <= number * step:
                line = line.ljust(number * step) + hour + " "
        return line

    def _bars(self, row: int, rows: int, room: int, step: int) -> Strip:
        top = scale(self._halves, self._ahead)
        parts = [(self._tick(row, rows).rjust(AXIS - 1) + " ", "axis")]
        bar = max(1, step - 1)
        from_foot = rows - 1 - row
        cells = [
            *(_past_cell(half, top, rows, from_foot) for half in self._halves),
            *(_ahead_cell(half, top, rows, from_foot) for half in self._ahead),
        ]
        for cell, tone in cells[-room:]:
            parts.append((cell * bar, tone))
            parts.append((" " * (step - bar), "axis"))
        return self._strip(parts, "axis")

    def _tick(self, row: int, rows: int) -> str:
        if row == 0:
            return self._words.minutes[0]
        return self._words.minutes[1] if row == rows // 2 else ""

    def _strip(self, parts: Sequence[tuple[str, str]], ground: str) -> Strip:
        styles = {
            tone: self.rich_style + self.get_component_rich_style(f"day-chart--{tone}")
            for tone in {ground, *(tone for _, tone in parts)}
        }
        segments = [Segment(text, styles[tone]) for text, tone in parts]
        return Strip(segments).adjust_cell_length(self.size.width, styles[ground])


def scale(halves: Sequence[HalfHour], ahead: Sequence[HalfHourAhead] = ()) -> timedelta:
    """Where the chart's scale ends: the first readable figure that everything fits under."""
    waits = [wait for half in halves for wait in (half.mean, half.p80) if wait is not None]
    waits += [timedelta(seconds=half.waits.high) for half in ahead]
    minutes = max(waits, default=timedelta(0)) / timedelta(minutes=1)
    return timedelta(minutes=next((step for step in STEPS if step >= minutes), ceil(minutes)))


def _past_cell(half: HalfHour, top: timedelta, rows: int, from_foot: int) -> tuple[str, str]:
    """One cell of a bar, or of the mark above it."""
    mark = _eighths(half.p80, top, rows)
    here = min(8, max(0, _eighths(half.mean, top, rows) - 8 * from_foot))
    if here:
        return EIGHTHS[here], "bar"
    if mark and ceil(mark / 8) - 1 == from_foot:
        return MARK, "mark"
    return " ", "axis"


def _ahead_cell(half: HalfHourAhead, top: timedelta, rows: int, from_foot: int) -> tuple[str, str]:
    """One cell of a range: shaded from its low to its high end, marked at the mean."""
    low, mean, high = (
        ceil(_eighths(timedelta(seconds=seconds), top, rows) / 8) - 1
        for seconds in (half.waits.low, half.waits.mean, half.waits.high)
    )
    if mean == from_foot >= 0:
        return MARK, "ahead-mean"
    return (SHADE, "ahead") if max(low, 0) <= from_foot <= high else (" ", "axis")


def _eighths(wait: timedelta | None, top: timedelta, rows: int) -> int:
    """The height of ``wait`` in eighths of a row; anything that was waited shows."""
    return 0 if not wait else max(1, round(wait / top * rows * 8))
