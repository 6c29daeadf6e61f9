"""The lines of a widget with what stands around them, found out once for all of them.

Textual asks its styles some thirty questions for each line of each widget: what pads it, which
border it has and in which colours, whether it is tinted. The answers are the same for all of them.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual._border import get_box
from textual._segment_tools import make_blank
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.css.styles import StylesBase
from textual.geometry import Region, Size, Spacing
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


def draw_quickly(widget: Widget) -> None:
    """Let ``widget`` draw its lines as :class:`WidgetLines` does."""
    if type(widget._styles_cache) is StylesCache:  # noqa: SLF001 - there is no public name
        widget._styles_cache = WidgetLines()  # noqa: SLF001


class WidgetLines(StylesCache):
    """Draws what Textual draws, cell for cell."""

    def __init__(self) -> None:
        super().__init__()
        self._around: _Around | None = None
        self._last: tuple[Strip, Strip] | None = None
        """The content of the last line, and that line; most blank ones follow their like."""

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines of ``crop``, which may have other styles than when they were drawn before."""
        self._around = self._last = None
        return super().render_widget(widget, crop)

    def render_line(  # noqa: PLR0917 - as Textual calls it
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: Callable[[int], Strip],
        border_title: Any,  # noqa: ANN401 - as Textual makes it
        border_subtitle: Any,  # noqa: ANN401
        opacity: float,
        *others: Any,  # noqa: ANN401
    ) -> Strip:
        """Line ``y``."""
        around = self._around
        if around is None:
            around = self._around = _around(styles, padding, base_background, background)
        row = y - around.above
        is_plain = around.is_plain and opacity == 1
        if not is_plain or not 0 <= row < content_size.height:
            return super().render_line(
                styles,
                y,
                size,
                content_size,
                padding,
                base_background,
                background,
                render_content_line,
                border_title,
                border_subtitle,
                opacity,
                *others,
            )
        content = render_content_line(row)
        if self._last is None or content is not self._last[0]:
            inside = content.adjust_cell_length(content_size.width, around.ground)
            line = Strip([*around.before, *inside, *around.after], size.width)
            self._last = content, line
        return self._last[1]


class _Around(NamedTuple):
    """What stands around each line of the content."""

    is_plain: bool
    """Whether there is nothing but padding and a border."""
    above: int
    """Lines."""
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]
    ground: RichStyle


_MORE = (
    *(f"outline_{side}" for side in ("top", "right", "bottom", "left")),
    "hatch",
    "tint",
    "text_opacity",
)


def _around(
    styles: StylesBase, padding: Spacing, base_background: Color, background: Color
) -> _Around:
    inner = Style(background=base_background + background)
    outer = Style(background=base_background)
    ground = inner.rich_style

    def side(kind: str, color: Color, at: int) -> list[Segment]:
        """The left (0) or right (2) border of a line; empty: there is none."""
        if not kind:
            return []
        return [get_box(kind, inner, outer, Style(foreground=base_background + color))[1][at]]

    def blank(width: int) -> list[Segment]:
        return [make_blank(width, ground)] if width else []

    border = styles.border
    return _Around(
        is_plain=not any(map(styles.has_rule, _MORE)),
        above=styles.gutter.top,
        before=(*side(*border.left, 0), *blank(padding.left)),
        after=(*blank(padding.right), *side(*border.right, 2)),
        ground=ground,
    )
