"""The wall's tables: what arrives while somebody looks is seen."""

from textual.app import App, ComposeResult

from counters.wall_table import ABOVE, Cell, Column, Row, Rows, WallTable
from queueapp.tui.themes import DARK

HIGHEST = 5


class Wall(App[None]):
    """One table that may have a heading and four lines."""

    CSS = f"WallTable {{ max-height: {HIGHEST}; }}"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield WallTable(id="alerts")


def rows(*keys: str) -> Rows:
    lines = tuple(Row(key=key, cells=(Cell(key),)) for key in keys)
    return Rows(title="Alerts", columns=(Column(width=10),), rows=lines)


def seen(table: WallTable) -> list[str]:
    return [table.render_line(y).text.strip() for y in range(table.size.height)]


async def test_what_arrives_above_the_cursor_is_in_sight_also_when_the_table_is_full() -> None:
    app = Wall()
    async with app.run_test() as pilot:
        table = app.query_one(WallTable)
        table.focus()
        keys = ["first"]
        for arriving in ("second", "third", "fourth", "fifth", "sixth"):
            table.show_rows(rows(*keys))
            await pilot.pause()
            keys.insert(0, arriving)
            table.show_rows(rows(*keys))
            await pilot.pause()
            assert seen(table)[1] == arriving


async def test_the_cursor_stays_on_its_line_while_that_can_be_seen() -> None:
    app = Wall()
    async with app.run_test() as pilot:
        table = app.query_one(WallTable)
        table.show_rows(rows("a"))
        await pilot.pause()
        table.show_rows(rows("c", "b", "a"))
        await pilot.pause()
        assert table.chosen == "a"


async def test_the_heading_says_that_there_is_more_above() -> None:
    app = Wall()
    async with app.run_test() as pilot:
        table = app.query_one(WallTable)
        table.show_rows(rows(*"abcdef"))
        await pilot.pause()
        assert ABOVE not in seen(table)[0]
        table.choose_row("f")
        await pilot.pause()
        assert ABOVE in seen(table)[0]


async def test_a_title_that_is_too_long_says_that_there_is_more() -> None:
    app = Wall()
    async with app.run_test(size=(30, 10)) as pilot:
        table = app.query_one(WallTable)
        table.show_rows(Rows(title="10 appointments, 5 came, 1 missed", columns=(Column(width=5),)))
        await pilot.pause()
        assert seen(table)[0] == "10 appointments, 5 came, 1…"
