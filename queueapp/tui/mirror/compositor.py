"""Puts every widget where its reader looks for it, and shows every line as it is seen.

This is the only module that reaches into Textual's own: its compositor has no public name. What it
relies on is pinned by ``tests/tui/mirror/test_compositor.py`` and by Textual's minor version.
"""

from collections.abc import Callable, Iterable
from typing import Any

from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.app import App
from textual.errors import NoWidget
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from queueapp.tui.mirror.declared import HoldsCells, HoldsOneText, HoldsPicture, Span
from queueapp.tui.mirror.lines import NOWHERE, turned, upright


class MirrorCompositor(Compositor):
    """Lays out as ever; while :attr:`is_mirrored`, what it draws is the image in a mirror.

    Regions, and the places that it is asked for, stay in the order of reading. A screen that is not
    mirrored is drawn as Textual draws it, but for the Persian words in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_mirrored = False
        self._mirrored_cuts: tuple[list[list[int]], list[list[int]]] = ([], [])

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

    def _image(self, region: Region) -> Region:
        if not self.is_mirrored:
            return region
        return Region(self.size.width - region.right, region.y, region.width, region.height)


def _from_edge(widget: Widget, span_of: Callable[[int], Span], y: int) -> Span:
    """What ``span_of`` says of line ``y`` of ``widget``, counted from the widget's own edge."""
    gutter = widget.gutter
    start, end = span_of(y - gutter.top)
    return (gutter.left + start, gutter.left + end) if start < end else NOWHERE
