"""Draws a ticket: no printer has Persian letters, so the whole of it is a picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont, ImageOps, features

from queueapp.devices.printer.ticket_words import TicketWords

FULL_WIDTH = 576
"""Dots of an 80 mm head at 203 dpi, for which the sizes below are meant."""
LONGEST = 4000
"""Dots; half a metre of paper."""
WHITE, BLACK = 255, 0
INK_BELOW = 150
"""Greys darker than this are printed."""
QUIET_ZONE = 4
"""Modules of white around a code, as its standard asks for."""
CODE_WIDTH = 265
"""Dots of the full width for the code with its white."""
NARROWER = 0.6
"""How much less than the paper its letters shrink: they are read from as far away."""
MARGIN_SHARE = 0.04
LOGO_HEIGHT = 130
REGULAR, MEDIUM, BOLD, BLACKEST = 400, 500, 700, 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text: its size and the room below it in dots of the full width."""

    text: str
    size: int
    weight: int = REGULAR
    below: int = 10
    may_break: bool = True
    """Into several lines where it is too long; else it gets smaller."""


def can_shape() -> bool:
    """Whether this Pillow joins Persian letters."""
    return bool(features.check_feature("raqm"))


def draw_ticket(words: TicketWords, *, width: int, logo: Path | None = None) -> Image.Image:
    """The ticket in black and white, ``width`` dots wide and as long as it needs.

    Raises ``OSError`` when ``logo`` is no picture that can be read.
    """
    sheet = _Sheet(width, words)
    if logo is not None:
        sheet.logo(logo)
    sheet.lines([Line(text=words.branch, size=32, weight=BOLD, below=16)])
    sheet.rule()
    if words.copy:
        sheet.stamp(words.copy)
    sheet.lines(
        [
            Line(text=words.your_number, size=28, below=4),
            Line(text=words.number, size=190, weight=BLACKEST, below=28, may_break=False),
            Line(text=words.service, size=38, weight=BOLD, below=20),
        ]
    )
    sheet.lines(
        [
            Line(text=words.place, size=30, weight=MEDIUM),
            Line(text=words.wait, size=34, weight=BOLD),
            Line(text=words.clock, size=28),
        ]
    )
    sheet.rule()
    if words.code:
        sheet.code(words.code)
        sheet.lines([Line(text=words.about_code, size=25, below=16)])
    sheet.lines(
        [
            Line(text=words.kind_words, size=25, weight=MEDIUM, below=16),
            Line(text=words.taken, size=24, below=6),
        ]
    )
    return sheet.finished()


class _Sheet:
    """Paper that is written on from top to bottom."""

    def __init__(self, width: int, words: TicketWords) -> None:
        self._image = Image.new("L", (width, LONGEST), WHITE)
        self._draw = ImageDraw.Draw(self._image)
        self._scale = (width / FULL_WIDTH) ** NARROWER
        self._margin = round(width * MARGIN_SHARE)
        self._direction = "rtl" if words.is_right_to_left else "ltr"
        self._language = words.language
        self._fonts: dict[tuple[int, int], ImageFont.FreeTypeFont] = {}
        self._at = self._dots(18)

    def finished(self) -> Image.Image:
        """What was written, in black and white."""
        whole = self._image.crop((0, 0, self._image.width, self._at + self._dots(8)))
        return whole.point(lambda grey: WHITE if grey >= INK_BELOW else BLACK).convert("1")

    def logo(self, path: Path) -> None:
        """A picture in the middle, its greys as dots."""
        with Image.open(path) as opened:
            picture = opened.convert("RGBA")
        on_white = Image.new("RGBA", picture.size, (WHITE,) * 4)
        on_white.alpha_composite(picture)
        room = (self._image.width - 2 * self._margin, self._dots(LOGO_HEIGHT))
        fitted = ImageOps.contain(on_white.convert("L"), room, Image.Resampling.LANCZOS)
        dotted = ImageOps.autocontrast(fitted).convert("1").convert("L")
        self._image.paste(dotted, ((self._image.width - dotted.width) // 2, self._at))
        self._at += dotted.height + self._dots(14)

    def rule(self) -> None:
        """A thin line from side to side."""
        self._at += self._dots(4)
        height = max(2, self._dots(2))
        right = self._image.width - self._margin
        self._draw.rectangle((self._margin, self._at, right, self._at + height - 1), fill=BLACK)
        self._at += height + self._dots(16)

    def stamp(self, text: str) -> None:
        """White on black, so that nobody takes a copy for the ticket."""
        font = self._font(self._dots(30), BOLD)
        left, top, right, bottom = self._box(text, font)
        pad = self._dots(10)
        width, height = right - left + 4 * pad, bottom - top + 2 * pad
        x = (self._image.width - width) // 2
        self._draw.rectangle((x, self._at, x + width, self._at + height), fill=BLACK)
        self._write(text, font, x + 2 * pad - left, self._at + pad - top, fill=WHITE)
        self._at += round(height) + self._dots(16)

    def code(self, data: str) -> None:
        """The QR code in the middle, each module the same whole number of dots."""
        made = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
        made.add_data(data)
        made.make(fit=True)
        modules = made.get_matrix()
        dots = max(3, round(self._dots(CODE_WIDTH) / len(modules)))
        size = dots * len(modules)
        small = Image.new("L", (len(modules), len(modules)), WHITE)
        small.putdata([BLACK if is_dark else WHITE for row in modules for is_dark in row])
        large = small.resize((size, size), Image.Resampling.NEAREST)
        self._at -= min(self._dots(8), dots * QUIET_ZONE)
        self._image.paste(large, ((self._image.width - size) // 2, self._at))
        self._at += size

    def lines(self, lines: Iterable[Line]) -> None:
        """Lines of text in the middle, each at its size."""
        for line in lines:
            if line.text:
                self._line(line)

    def _line(self, line: Line) -> None:
        room = self._image.width - 2 * self._margin
        size = self._dots(line.size)
        if not line.may_break:
            while self._width(line.text, self._font(size, line.weight)) > room:
                size -= 2
        font = self._font(size, line.weight)
        for part in self._broken(line.text, font, room):
            self._centred(part, font)
        self._at += self._dots(line.below)

    def _broken(self, text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
        """As few lines as there have to be, about as long as each other."""
        parts = self._filled(text, font, room)
        narrower = room
        while narrower > room / 2:
            narrower -= font.size / 2
            tighter = self._filled(text, font, narrower)
            widest = max(self._width(part, font) for part in tighter)
            if len(tighter) > len(parts) or widest > room:
                break
            parts = tighter
        return parts

    def _filled(self, text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
        parts: list[str] = []
        for word in text.split(" "):
            longer = f"{parts[-1]} {word}" if parts else word
            if parts and self._width(longer, font) <= room:
                parts[-1] = longer
            else:
                parts.append(word)
        return parts

    def _centred(self, text: str, font: ImageFont.FreeTypeFont) -> None:
        left, top, right, bottom = self._box(text, font)
        x = (self._image.width - (right - left)) / 2 - left
        self._write(text, font, x, self._at - top, fill=BLACK)
        ascent, descent = font.getmetrics()
        is_big = font.size > self._dots(100)
        height = bottom - top if is_big else max(bottom - top, (ascent + descent) * 0.86)
        self._at += round(height)

    def _write(
        self, text: str, font: ImageFont.FreeTypeFont, x: float, y: float, *, fill: int
    ) -> None:
        self._draw.text(
            (x, y), text, font=font, fill=fill, direction=self._direction, language=self._language
        )

    def _box(self, text: str, font: ImageFont.FreeTypeFont) -> tuple[float, float, float, float]:
        return self._draw.textbbox(
            (0, 0), text, font=font, direction=self._direction, language=self._language
        )

    def _width(self, text: str, font: ImageFont.FreeTypeFont) -> float:
        left, _, right, _ = self._box(text, font)
        return right - left

    def _font(self, size: int, weight: int) -> ImageFont.FreeTypeFont:
        known = self._fonts.get((size, weight))
        if known is None:
            known = self._fonts[size, weight] = _font(size, weight)
        return known

    def _dots(self, of_full_width: float) -> int:
        return int(of_full_width * self._scale + 0.5)


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    file = files("queueapp.devices.printer").joinpath("fonts", "Vazirmatn.ttf")
    font = ImageFont.truetype(str(file), max(8, size), layout_engine=ImageFont.Layout.RAQM)
    font.set_variation_by_axes([weight])
    return font
