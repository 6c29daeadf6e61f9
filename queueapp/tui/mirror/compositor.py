"""Puts every widget where its reader looks for it, and shows every line as it is seen.

This is the only module that reaches into Textual's own: its compositor has no public name. What it
relies on is pinned by ``tests/tui/mirror/test_compositor.py`` and by Textual's minor version.
"""

from collections.abc import Callable, Iterable
from operator import is_
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate, ReflowResult
from textual._context import visible_screen_stack
from textual.app import App
from textual.color import Color
from textual.errors import NoWidget
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip
from textual.widget import Widget

from queueapp.tui.mirror.declared import HoldsCells, HoldsOneText, HoldsPicture, Span
from queueapp.tui.mirror.lines import NOWHERE, turned, upright
from queueapp.tui.mirror.widget_lines import draw_quickly


class MirrorCompositor(Compositor):
    """Lays out as ever; while :attr:`is_mirrored`, what it draws is the image in a mirror.

    Regions, and the places that it is asked for, stay in the order of reading. A screen that is not
    mirrored is drawn as Textual draws it, but for the Persian words in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_mirrored = False
        self._mirrored_cuts: tuple[list[list[int]], list[list[int]]] = ([], [])
        self._behind: dict[int, tuple[tuple[Strip, ...], Strip]] = {}
        """What of the screen behind was seen through this one in each line."""

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        """Lay out, and give every widget its size.

        Textual gives it afterwards, and then lays all of it out a second time for each widget whose
        size is another. One that needs a scroll bar now asks for that itself.
        """
        result = super().reflow(parent, size)
        self._full_map_invalidated = False
        for widget, place in self.layers:
            widget._size_updated(  # noqa: SLF001 - see above
                place.region.size, place.virtual_size, place.container_size, layout=False
            )
        return result

    def update_widgets(self, widgets: set[Widget]) -> None:
        """Draw ``widgets`` anew, but for those that have no place yet.

        For these Textual would lay out between two layouts, and at the next one take what it finds
        there for drawn already. They are drawn where they get their place.
        """
        super().update_widgets(widgets & self.visible_widgets.keys())

    def turn(self, *, mirrored: bool) -> None:
        """Draw the image from now on, or no longer; all of the screen is drawn anew."""
        if mirrored != self.is_mirrored:
            self.is_mirrored = mirrored
            self._dirty_regions.add(self.size.region)

    def drawing(self, app: App[Any]) -> str:
        """All of the screen, as it is written to the terminal of ``app``."""
        update = self.render_update(full=True, screen_stack=app._background_screens)  # noqa: SLF001 - see above
        return update.render_segments(app.console) if isinstance(update, LayoutUpdate) else ""

    @property
    def cuts(self) -> list[list[int]]:
        """The columns in each line where widgets begin or end."""
        cuts = super().cuts
        if not self.is_mirrored:
            return cuts
        if self._mirrored_cuts[0] is not cuts:
            width = self.size.width
            image = [[width - cut for cut in reversed(line)] for line in cuts]
            self._mirrored_cuts = cuts, image
        return self._mirrored_cuts[1]

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed, at its place in the image."""
        self._dirty_regions = {self._image(region) for region in self._dirty_regions}
        return super().render_partial_update()

    def get_style_at(self, x: int, y: int) -> Style:
        """The style of what is seen at a place given in the order of reading."""
        try:
            widget, region = self.get_widget_at(x, y)
        except NoWidget:
            return Style.null()
        line = y - region.y
        lines = widget.render_lines(Region(0, line, region.width, 1))
        if not lines:
            return Style.null()
        column = region.right - 1 - x if self.is_mirrored else x - region.x
        for segment in self._seen(widget, line, lines[0]).crop(column, column + 1):
            return segment.style or Style.null()
        return Style.null()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        within = self.size.region if crop is None else self._image(crop)
        for widget, (region, clip) in self.visible_widgets.items():
            visible = region.intersection(clip)
            if not visible or not within.overlaps(clip):
                continue
            if widget is self.root and (behind := self._screen_behind(widget)) is not None:
                rows = Region(0, within.y, region.width, within.height)
                yield rows, rows, self._seen_through(widget, behind, rows)
                continue
            if widget is self.root or _is_bare(widget):
                area = self._image(visible)
                yield area, area, [_ground(widget, visible.width)] * visible.height
                continue
            draw_quickly(widget)
            top = visible.y - region.y
            # Whole lines, cropped afterwards: what is cut off has a part in the order of the rest.
            lines = widget.render_lines(Region(0, top, region.width, visible.height))
            seen = [self._seen(widget, y, line) for y, line in enumerate(lines, top)]
            if visible.width < region.width:
                left = self._image(visible).x - self._image(region).x
                seen = [line.crop(left, left + visible.width) for line in seen]
            yield self._image(region), self._image(clip), seen

    def _seen(self, widget: Widget, y: int, line: Strip) -> Strip:
        """``line``, line ``y`` of ``widget``, as it is seen."""
        if widget is self.root:
            return line  # a screen shows nothing itself but what is seen of the screens behind it
        if not self.is_mirrored:
            return upright(line)
        if isinstance(widget, HoldsPicture):
            return turned(line, picture=_from_edge(widget, widget.picture_columns, y))
        if isinstance(widget, HoldsOneText):
            return turned(line, text=_from_edge(widget, widget.text_columns, y))
        return turned(line, has_cells=isinstance(widget, HoldsCells))

    def _screen_behind(self, root: Widget) -> "MirrorCompositor | None":
        """What draws the screen that is seen through this one; ``None``: none is."""
        behind = visible_screen_stack.get()
        if not behind or root.styles.background.a == 1:
            return None
        compositor = behind[-1]._compositor  # noqa: SLF001 - see above
        if not isinstance(compositor, MirrorCompositor):
            return None
        behind.pop()  # as Textual does, so that a screen behind that one is the next
        # One of another size is laid out next, and asks for a drawing then.
        return compositor if compositor.size == self.size else None

    def _seen_through(self, root: Widget, behind: "MirrorCompositor", rows: Region) -> list[Strip]:
        """The lines of ``rows`` of a screen that is seen through ``root``.

        Textual draws all of it anew for each change of a dialog's, which costs more than all else
        that a dialog does.
        """
        lines = behind._render_chops(rows, rows.line_range.__contains__)  # noqa: SLF001 - its own
        tint = _Tint(root.styles.background, root.visual_style.rich_style)
        filters = (tint, *root.get_line_filters())
        background = root.background_colors[1]
        return [
            self._line_through(y, tuple(lines[y].values()), filters, background)
            for y in rows.line_range
        ]

    def _line_through(
        self,
        y: int,
        pieces: tuple[Strip, ...],
        filters: Iterable[LineFilter],
        background: Color,
    ) -> Strip:
        tinted = []
        for piece in pieces:
            strip = piece
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            tinted.append(strip)
        known = self._behind.get(y)
        if known is not None and _are_same(known[0], tinted):
            return known[1]
        line = Strip.join(tinted)
        self._behind[y] = tuple(tinted), line
        return line

    def _image(self, region: Region) -> Region:
        if not self.is_mirrored:
            return region
        return Region(self.size.width - region.right, region.y, region.width, region.height)


class _Tint(LineFilter):
    """Shows what is behind a screen through the colour of that screen."""

    def __init__(self, color: Color, usual: Style) -> None:
        super().__init__()
        self._looks = color, usual

    def __hash__(self) -> int:
        return hash(self._looks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tint) and other._looks == self._looks

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - as every filter
        """``segments`` seen through the colour, without what a click on them would do."""
        color, usual = self._looks
        return [*Segment.apply_style(BackgroundScreen.process_segments(segments, color), usual)]


_ADORNMENTS = (
    *(
        f"{line}_{side}"
        for line in ("border", "outline")
        for side in ("top", "right", "bottom", "left")
    ),
    "keyline",
    "hatch",
    "tint",
    "opacity",
)


def _is_bare(widget: Widget) -> bool:
    """Whether it only holds others, with nothing of its own but the ground below them.

    Half of the lines of a usual screen are such, and Textual draws each as if it held a text.
    """
    return (
        type(widget).render is Widget.render
        and widget.is_container
        and not widget.styles.has_any_rules(*_ADORNMENTS)
    )


def _ground(widget: Widget, width: int) -> Strip:
    color = widget.background_colors[1].rich_color
    return Strip.blank(width, Style.from_color(bgcolor=color))


def _are_same(strips: tuple[Strip, ...], others: list[Strip]) -> bool:
    return len(strips) == len(others) and all(map(is_, strips, others))


def _from_edge(widget: Widget, span_of: Callable[[int], Span], y: int) -> Span:
    """What ``span_of`` says of line ``y`` of ``widget``, counted from the widget's own edge."""
    gutter = widget.gutter
    start, end = span_of(y - gutter.top)
    return (gutter.left + start, gutter.left + end) if start < end else NOWHERE
