"""A screen as a picture, drawn cell by cell as a terminal that reorders nothing draws it.

``cells_picture(app).save("desk.png")`` to look at a screen in a test that is being written. A
viewer of SVG would order and join Persian once more; here every character stays in its cell.
"""

from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DIMMED_MONOKAI
from textual.app import App
from textual.strip import Strip

FONTS = Path("/usr/share/fonts/truetype/dejavu")
"""Debian's package fonts-dejavu-core."""
SIZE = 16
"""Points."""


def screen_strips(app: App[Any]) -> list[Strip]:
    """What the screen of ``app`` shows, line by line, each from left to right."""
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    return [Strip.join(line) for line in update.strips]  # type: ignore[union-attr] # a full update has strips


def screen_text(app: App[Any]) -> list[str]:
    """The characters that the screen of ``app`` shows, line by line, each from left to right."""
    return [strip.text for strip in screen_strips(app)]


def cells_picture(app: App[Any]) -> Image.Image:
    """The screen of ``app`` as it is now."""
    return strips_picture(screen_strips(app))


def strips_picture(strips: list[Strip]) -> Image.Image:
    """``strips`` as the lines of a terminal."""
    width, height = _cell()
    columns = max((strip.cell_length for strip in strips), default=1)
    picture = Image.new("RGB", (columns * width, len(strips) * height), "black")
    draw = ImageDraw.Draw(picture)
    for y, strip in enumerate(strips):
        x = 0
        for segment in strip:
            _draw_segment(draw, x * width, y * height, segment)
            x += segment.cell_length
    return picture


def _draw_segment(draw: ImageDraw.ImageDraw, x: int, y: int, segment: Segment) -> None:
    if not segment.cell_length:
        return
    width, height = _cell()
    style = segment.style or Style.null()
    ink, ground = _rgb(style.color, foreground=True), _rgb(style.bgcolor, foreground=False)
    if style.reverse:
        ink, ground = ground, ink
    if style.dim:
        ink = tuple((2 * one + other) // 3 for one, other in zip(ink, ground, strict=True))
    end = x + segment.cell_length * width
    draw.rectangle((x, y, end - 1, y + height - 1), fill=ground)
    font = _font(bold=bool(style.bold))
    at = x
    for character in segment.text:
        cells = cell_len(character)
        mark = cells == 0  # it stands on the character before it
        draw.text((at - width if mark else at, y), character, fill=ink, font=font)
        at += cells * width
    if style.underline:
        draw.line((x, y + height - 2, end - 1, y + height - 2), fill=ink)


def _rgb(color: Color | None, *, foreground: bool) -> tuple[int, ...]:
    return tuple((color or Color.default()).get_truecolor(DIMMED_MONOKAI, foreground=foreground))


@cache
def _font(*, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansMono-Bold.ttf" if bold else "DejaVuSansMono.ttf"
    return ImageFont.truetype(FONTS / name, SIZE, layout_engine=ImageFont.Layout.BASIC)


@cache
def _cell() -> tuple[int, int]:
    ascent, descent = _font().getmetrics()
    return round(_font().getlength("█")), ascent + descent
