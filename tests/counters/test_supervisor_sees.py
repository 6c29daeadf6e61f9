"""What a supervisor sees at the wall, and how to find one's way in it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.geometry import Region
from textual.widgets import Input, Static

from counters.sign_in import SignInScreen
from counters.supervisor import SupervisorScreen, supervisor_home
from counters.wall_table import WallTable
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.terminal import Terminal
from tests.counters.halls import busy_hall, quiet_hall
from tests.counters.walls import wall
from tests.tui.fakes import (
    BILLS,
    MINA,
    FakeClock,
    StillFeed,
    fake_context,
    fake_live,
    fake_ticket,
)
from tests.tui.waiting import until


async def test_one_glance_tells_every_service_and_every_counter() -> None:
    async with wall() as seen:
        services, counters = seen.table("services"), seen.table("counters")
    assert services[0].startswith("A|Bill payment|3|▲ 14 min|10 min|8–14 min|")
    assert services[1].startswith("B|New line|1|△ 17 min|20 min|8–14 min|")
    assert counters[0] == "1|Sara|open since 08:42|A042|03:00||A B"
    assert counters[1] == "2|Omid|▲ paused 10:24–10:39|||Short break|B ک"
    assert counters[2] == "3|Mina|open since 09:07|ک005|△ 26:00||A ک"
    assert counters[3] == "4|–|closed||||B"


async def test_waits_take_the_colour_of_their_target() -> None:
    async with wall() as seen:
        rows = seen.screen.query_one("#services", WallTable).rows
    assert [row.cells[3].tone for row in rows] == ["past", "near", "within"]


async def test_the_most_urgent_alert_stands_first_with_what_helps() -> None:
    async with wall() as seen:
        alerts = seen.table("alerts")
    assert alerts[0].startswith("▲|1|Bill payment: 2 waiting over 10 min|Let another counter help|")
    assert alerts[1].startswith("△|2|Counter 2 was due back at 10:39|End the pause|")
    assert len(alerts) == 5


async def test_trouble_is_seen_before_it_comes() -> None:
    soon = fake_live(fake_ticket(BILLS, 43, waited=timedelta(minutes=7)))
    clock = FakeClock()
    async with wall(soon, clock=clock) as seen:
        assert seen.table("alerts") == []
        clock.advance(timedelta(minutes=2))
        seen.screen.tick()
        assert "Bill payment: 1 waiting nearly 10 min" in seen.table("alerts")[0]


async def test_before_the_first_customer_words_stand_where_figures_will() -> None:
    async with wall(quiet_hall()) as seen:
        assert seen.table("alerts") == []
        assert seen.table("services")[0].startswith("A|Bill payment|0|–|10 min|No estimate yet|–")
        strip = seen.screen.query_one("#strip", Static)
        assert str(strip.content) == "Nobody has rated a visit today."


async def test_a_rating_stands_there_as_soon_as_it_comes() -> None:
    live = busy_hall()
    feed = StillFeed(replace(live, ratings={}))
    async with wall(live, feed=feed) as seen:
        assert seen.table("ratings") == []
        feed.move(live)
        await until(seen.pilot, lambda: len(seen.table("ratings")) == 5)
        assert seen.table("ratings")[1] == "★★☆☆☆|10:36|A501|counter 2|Unclear answer"
        strip = str(seen.screen.query_one("#strip", Static).content)
        assert strip.startswith("Ratings 3.8 of 5 (5)")


async def test_only_lines_that_changed_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock()
    async with wall(clock=clock) as seen:
        await seen.pilot.pause()
        drawn: list[tuple[str | None, tuple[Region, ...]]] = []

        def note(table: WallTable, *regions: Region, **_options: bool) -> None:
            drawn.append((table.id, regions))

        monkeypatch.setattr(WallTable, "refresh", note)
        seen.screen.tick()
        at_rest = list(drawn)
        clock.advance(timedelta(seconds=1))
        seen.screen.tick()
        after_a_second = list(drawn)
    assert at_rest == []
    lines = [(name, region.y) for name, regions in after_a_second for region in regions]
    assert lines == [("counters", 1), ("counters", 3)]  # the two with somebody in hand


async def test_arrows_go_from_one_table_into_the_next_and_back() -> None:
    async with wall(quiet_hall()) as seen:
        await seen.press("down")
        assert seen.screen.query_one("#services", WallTable).has_focus
        await seen.press("down", "down", "down")
        assert seen.screen.query_one("#counters", WallTable).has_focus
        await seen.press("up")
        assert seen.screen.query_one("#services", WallTable).has_focus


async def test_the_day_is_one_key_away_and_goes_through_the_services() -> None:
    async with wall() as seen:
        assert not seen.screen.query_one("#day").display
        await seen.press("d")
        assert seen.screen.query_one("#day").display
        await seen.press("right")
        title = seen.screen.query_one("#chart").render_line(0).text
        assert title.strip() == "Waits today · Bill payment"
        await seen.press("d")
        assert seen.screen.query_one("#now").display
        assert not seen.screen.query_one("#day").display


async def test_a_large_window_shows_the_day_and_the_queue_as_well() -> None:
    async with wall(size=(132, 43)) as seen:
        assert seen.screen.query_one("#now").display
        assert seen.screen.query_one("#day").display
        assert seen.table("queue")[0] == "B011|New line|Normal|△ 17 min|4–8 min"


async def test_the_language_changes_with_one_key() -> None:
    async with wall() as seen:
        await seen.press("f9")
        await until(seen.pilot, lambda: seen.screen.language.code == "fa")
        await until(seen.pilot, lambda: bool(seen.table("services")))
        assert "پرداخت قبض" in seen.table("services")[0]
        assert isinstance(seen.screen.focused, WallTable)


async def test_leaving_is_asked_first() -> None:
    async with wall() as seen:
        await seen.press("q")
        await seen.asked(ConfirmScreen)
        await seen.press("n")
        await seen.asked(SupervisorScreen)
        await seen.press("q")
        await seen.asked(ConfirmScreen)
        await seen.press("y")
        await until(seen.pilot, lambda: seen.terminal._exit)


async def test_no_key_does_anything_before_the_first_picture() -> None:
    feed = StillFeed()
    mina = busy_hall().staff[MINA]
    terminal = Terminal(fake_context(feed=feed), lambda: SupervisorScreen(staff=mina))
    async with terminal.run_test() as pilot:
        await pilot.press("o", "m", "b", "x", "s", "p", "c", "1", "right", "d")
        feed.move(busy_hall())
        screen = terminal.screen
        await until(pilot, lambda: bool(screen.query_one("#services", WallTable).rows))
        assert isinstance(screen, SupervisorScreen)


@pytest.mark.parametrize(
    ("code", "pin", "role_screen"),
    [("mina", "3333", SupervisorScreen), ("sara", "1111", SignInScreen)],
    ids=["a supervisor", "a clerk"],
)
async def test_only_a_supervisor_gets_to_the_wall(code: str, pin: str, role_screen: type) -> None:
    terminal = Terminal(fake_context(live=busy_hall()), supervisor_home)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: isinstance(terminal.screen.focused, Input))
        await pilot.press(*code, "enter", *pin, "enter")
        if role_screen is SupervisorScreen:
            await until(pilot, lambda: isinstance(terminal.screen, SupervisorScreen))
            return
        complaint = terminal.screen.query_one("#complaint", Static)
        await until(pilot, lambda: "may not do this" in str(complaint.content))
        assert isinstance(terminal.screen, SignInScreen)
