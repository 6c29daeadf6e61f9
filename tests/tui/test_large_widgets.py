"""Numbers read from across the hall, and codes read by a phone."""

import string

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult

from queueapp.tui.big_number import BigNumber, BigSize, big_lines
from queueapp.tui.qr_code import QUIET_ZONE, QRCode, code_lines
from queueapp.tui.themes import DARK

LATIN = string.digits + string.ascii_uppercase
PERSIAN = "۰۱۲۳۴۵۶۷۸۹آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
ROWS = {BigSize.SMALL: 5, BigSize.MEDIUM: 8, BigSize.LARGE: 12}


@pytest.mark.parametrize("script", [LATIN, PERSIAN], ids=["latin", "persian"])
@pytest.mark.parametrize("size", BigSize)
def test_every_letter_that_a_ticket_can_have_is_drawn_and_looks_like_no_other(
    size: BigSize, script: str
) -> None:
    drawings = {letter: big_lines(letter, size) for letter in script}
    assert len(set(drawings.values())) == len(script)
    assert big_lines("☃", size) not in drawings.values()
    for drawing in drawings.values():
        assert len(drawing) == ROWS[size]
        assert len({len(row) for row in drawing}) == 1
        assert any(block in "".join(drawing) for block in "▀▄█")


def dark(drawing: tuple[str, ...], shift: int = 0) -> set[tuple[int, int]]:
    """The pixels that are drawn, ``shift`` columns to the right; a cell holds two."""
    return {
        (x + shift, 2 * y + lower)
        for y, row in enumerate(drawing)
        for x, block in enumerate(row)
        for lower in (0, 1)
        if block in ("▀█", "▄█")[lower]
    }


def unlike(one: str, other: str, size: BigSize) -> float:
    """The share of ``one``'s ink that ``other`` has elsewhere, laid over it as well as can be."""
    own = dark(big_lines(one, size))
    shifts = range(-6, 7)
    return min(len(own ^ dark(big_lines(other, size), shift)) for shift in shifts) / len(own)


@pytest.mark.parametrize("size", BigSize)
@pytest.mark.parametrize(
    "pair",
    [
        *("۲۳", "۴۶", "۱۲", "۰۵", "B8", "O0", "D0", "I1", "S5", "Z2"),
        *("پب", "تث", "چج", "حج", "حخ", "ژز", "رز", "دذ", "گک", "سش", "صض", "طظ", "عغ", "فق"),
    ],
)
def test_signs_that_are_easily_mixed_up_differ_in_more_than_a_speck(
    pair: str, size: BigSize
) -> None:
    assert unlike(pair[0], pair[1], size) >= 0.06


def run_through(pixels: set[tuple[int, int]], x: int, y: int, across: int, down: int) -> int:
    """How long the ink is that goes through one pixel in one direction."""

    def reach(sign: int) -> int:
        steps = range(1, 99)
        return next(n for n in steps if (x + sign * n * across, y + sign * n * down) not in pixels)

    return reach(1) + reach(-1) - 1


@pytest.mark.parametrize("size", BigSize)
def test_the_strokes_of_letters_and_figures_are_about_as_strong(size: BigSize) -> None:
    thinnest, thickest = {
        BigSize.SMALL: (2, 3),
        BigSize.MEDIUM: (2, 4),
        BigSize.LARGE: (3, 6),
    }[size]
    for sign in PERSIAN:
        pixels = dark(big_lines(sign, size))
        strengths = sorted(
            min(run_through(pixels, x, y, 1, 0), run_through(pixels, x, y, 0, 1)) for x, y in pixels
        )
        assert thinnest <= strengths[len(strengths) // 2] <= thickest, sign


def test_a_persian_letter_stands_to_the_right_of_its_figures() -> None:
    together = big_lines("ب۰۴۲", BigSize.LARGE)
    letter, figures = big_lines("ب", BigSize.LARGE), big_lines("۰۴۲", BigSize.LARGE)
    for row, figure_row, letter_row in zip(together, figures, letter, strict=True):
        assert row.startswith(figure_row)
        assert row.endswith(letter_row)


def test_an_unknown_character_is_a_dash_and_no_crash() -> None:
    assert big_lines("☃", BigSize.SMALL) == big_lines("–", BigSize.SMALL)


class Hall(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield BigNumber("A042", size=BigSize.LARGE)

    @property
    def rows(self) -> int:
        return self.query_one(BigNumber).size.height

    @property
    def drawn(self) -> str:
        number = self.query_one(BigNumber)
        return "\n".join(number.render_line(y).text for y in range(self.rows))


@pytest.mark.parametrize(("width", "rows"), [(120, 12), (80, 8), (50, 5), (20, 1)])
async def test_a_number_takes_a_smaller_drawing_rather_than_two_lines(
    width: int, rows: int
) -> None:
    hall = Hall()
    async with hall.run_test(size=(width, 30)):
        assert hall.rows == rows


async def test_a_number_changes_with_its_text() -> None:
    hall = Hall()
    async with hall.run_test(size=(120, 30)) as pilot:
        before = hall.drawn
        hall.query_one(BigNumber).text = "B117"
        await pilot.pause()
        assert hall.drawn != before
        for row, line in zip(big_lines("B117", BigSize.LARGE), hall.drawn.split("\n"), strict=True):
            assert row.strip() == line.strip()


def modules(lines: list[str]) -> list[list[bool]]:
    """The code as a phone sees it: dark or not, module by module."""
    rows: list[list[bool]] = []
    for line in lines:
        rows.append([block in "▀█" for block in line])
        rows.append([block in "▄█" for block in line])
    return rows


def test_a_code_has_its_quiet_zone_and_its_three_corners() -> None:
    seen = modules(code_lines("https://queue.example/t/7f3a9c2e"))
    width = len(seen[0])
    for row in [*seen[:QUIET_ZONE], *(line[:QUIET_ZONE] for line in seen)]:
        assert not any(row)
    finder = [True] * 7
    for x, y in [
        (QUIET_ZONE, QUIET_ZONE),
        (width - QUIET_ZONE - 7, QUIET_ZONE),
        (QUIET_ZONE, width - QUIET_ZONE - 7),
    ]:
        assert seen[y][x : x + 7] == finder
        assert [seen[y + down][x] for down in range(7)] == finder


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_a_code_is_black_on_white_in_every_theme(theme: str) -> None:
    class Phone(App[None]):
        def compose(self) -> ComposeResult:
            yield QRCode("A042")

    phone = Phone()
    phone.theme = theme
    async with phone.run_test():
        code = phone.query_one(QRCode)
        assert code.size == code.cells
        for y in range(code.cells.height):
            painted = "".join(map(_seen, code.render_line(y)))
            assert painted == code_lines("A042")[y]


def _seen(segment: Segment) -> str:
    """What a phone sees of ``segment``, as half blocks in black on white."""
    assert segment.style is not None
    assert segment.style.color is not None
    assert segment.style.bgcolor is not None
    colours = segment.style.color.triplet, segment.style.bgcolor.triplet
    assert colours in {(BLACK, WHITE), (WHITE, BLACK)}
    return segment.text if colours == (BLACK, WHITE) else segment.text.translate(NEGATIVE)


BLACK, WHITE = (0, 0, 0), (255, 255, 255)
NEGATIVE = str.maketrans(" ▄▀█", "█▀▄ ")
