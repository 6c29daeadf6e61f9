"""What a supervisor does at the wall, told as it happens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from timeit import repeat

import pytest
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from counters import wall_rows
from counters.sign_in import SignInScreen
from counters.supervisor import SupervisorScreen, supervisor_home
from counters.supervisor_services import CounterServicesScreen
from counters.supervisor_tickets import TicketScreen
from counters.wall_rows import Picture
from counters.wall_table import WallTable
from queueapp.domain.alerts import alerts
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import CounterNumber
from queueapp.operations.commands import (
    CancelTicket,
    CloseDesk,
    Command,
    MoveTicket,
    OpenDesk,
    PauseDesk,
    Reinstate,
    SetCounterServices,
    SetServiceOpen,
)
from queueapp.tui.choice_screen import ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.terminal import Terminal
from tests.counters.halls import MISSED, busy_hall, quiet_hall, served
from tests.tui.fakes import (
    BILLS,
    INTERNET,
    LINES,
    MINA,
    NOW,
    FakeClock,
    RecordingOperations,
    StillFeed,
    fake_context,
    fake_live,
    fake_ticket,
    language_of,
)
from tests.tui.waiting import until

ONE, TWO, THREE = CounterNumber(1), CounterNumber(2), CounterNumber(3)


class Wall:
    """The wall of a test, with the hands and eyes of a supervisor."""

    def __init__(
        self, terminal: Terminal, pilot: Pilot[int], operations: RecordingOperations
    ) -> None:
        self.terminal, self.pilot, self.operations = terminal, pilot, operations

    @property
    def screen(self) -> SupervisorScreen:
        return next(s for s in self.terminal.screen_stack if isinstance(s, SupervisorScreen))

    def table(self, name: str) -> list[str]:
        """The lines of a table, their cells apart by bars."""
        rows = self.screen.query_one(f"#{name}", WallTable).rows
        return ["|".join(cell.text for cell in row.cells) for row in rows]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def asked(self, kind: type) -> None:
        await until(self.pilot, lambda: isinstance(self.terminal.screen, kind))

    async def choose(self, words: str) -> None:
        """Choose the line with ``words`` of the list that is asked."""
        await until(self.pilot, lambda: bool(self.terminal.screen.query(OptionList)))
        options = self.terminal.screen.query_one(OptionList).options
        at = next(n for n, option in enumerate(options) if words in str(option.prompt))
        await self.press(str(at + 1))

    async def sent(self, count: int = 1) -> list[Command]:
        """The commands, without their ids."""
        await until(self.pilot, lambda: len(self.operations.commands) >= count)
        assert len(self.operations.commands) == count
        return self.operations.commands


def same(command: Command, expected: Command) -> bool:
    return replace(command, command_id=expected.command_id) == expected


@asynccontextmanager
async def wall(
    live: LiveBranch | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    language: str = "en",
    operations: RecordingOperations | None = None,
    feed: StillFeed | None = None,
    clock: FakeClock | None = None,
) -> AsyncIterator[Wall]:
    shown = live or busy_hall()
    operations = operations or RecordingOperations()
    context = fake_context(
        feed=feed or StillFeed(shown), operations=operations, language=language, clock=clock
    )
    terminal = Terminal(context, lambda: SupervisorScreen(staff=shown.staff[MINA]))
    async with terminal.run_test(size=size) as pilot:
        await until(pilot, lambda: bool(terminal.screen.query_one("#services", WallTable).rows))
        yield Wall(terminal, pilot, operations)


# -- seeing -------------------------------------------------------------------------------------


async def test_one_glance_tells_every_service_and_every_counter() -> None:
    async with wall() as seen:
        services, counters = seen.table("services"), seen.table("counters")
    assert services[0].startswith("A|Bill payment|3|14 min|10 min|8–14 min|")
    assert services[1].startswith("B|New line|1|17 min|20 min|8–14 min|")
    assert counters[0] == "1|Sara|open since 08:42|A042|03:00||A B"
    assert counters[1] == "2|Omid|paused 10:24–10:39|||Short break|B ک"
    assert counters[2] == "3|Mina|open since 09:07|ک005|26:00||A ک"
    assert counters[3] == "4|–|closed||||B"


async def test_waits_take_the_colour_of_their_target() -> None:
    async with wall() as seen:
        rows = seen.screen.query_one("#services", WallTable).rows
    assert [row.cells[3].tone for row in rows] == ["past", "near", "within"]


async def test_the_most_urgent_alert_stands_first_with_what_helps() -> None:
    async with wall() as seen:
        alerts = seen.table("alerts")
    assert alerts[0].startswith(
        "●|1|Bill payment: 2 waiting over 10 min|Let another counter help|"
    )
    assert alerts[1].startswith("●|2|Counter 2 was due back at 10:39|End the pause|")
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


def test_a_second_of_a_busy_day_costs_a_few_milliseconds() -> None:
    live = busy_hall()
    many = {ticket.id: ticket for ticket in served(300, LINES, first=100)}
    live = replace(live, tickets={**live.tickets, **many})
    picture = Picture(live=live, now=NOW, language=language_of("en"))

    def every_line() -> None:
        found = alerts(live, NOW)
        wall_rows.alert_rows(picture, found)
        wall_rows.service_rows(picture)
        wall_rows.counter_rows(picture, frozenset())
        wall_rows.rating_rows(picture)

    every_line()  # what is computed once for a picture
    assert min(repeat(every_line, number=1, repeat=20)) < 0.015


# -- services and counters ----------------------------------------------------------------------


async def test_a_service_is_closed_after_asking() -> None:
    async with wall() as seen:
        await seen.press("o")
        await seen.choose("New line")
        await seen.asked(ConfirmScreen)
        await seen.press("y")
        (command,) = await seen.sent()
    assert same(command, SetServiceOpen(staff=MINA, service=LINES, is_open=False))


async def test_no_leaves_the_service_open() -> None:
    async with wall() as seen:
        await seen.press("o")
        await seen.choose("New line")
        await seen.asked(ConfirmScreen)
        await seen.press("n")
        await seen.asked(SupervisorScreen)
        assert seen.operations.commands == []


async def test_a_closed_service_says_so_and_opens_with_enter() -> None:
    live = busy_hall()
    closed = live.branch.with_service(replace(live.branch.service(LINES), is_open=False))
    async with wall(replace(live, branch=closed)) as seen:
        assert "closed by hand" in seen.table("services")[1]
        seen.screen.query_one("#services", WallTable).focus()
        await seen.press("down", "enter")
        await seen.choose("Open it")
        (command,) = await seen.sent()
    assert same(command, SetServiceOpen(staff=MINA, service=LINES, is_open=True))


async def test_a_counter_serves_a_further_service_above_all_others() -> None:
    async with wall() as seen:
        seen.screen.query_one("#counters", WallTable).focus()
        await seen.press("s")
        await seen.asked(CounterServicesScreen)
        await seen.press("down", "down", "space", "+", "+", "s")
        (command,) = await seen.sent()
    expected = SetCounterServices(staff=MINA, counter=ONE, services=(INTERNET, BILLS, LINES))
    assert same(command, expected)


async def test_a_refusal_is_said_and_the_wall_goes_on() -> None:
    refused = Refused(Reason.COUNTER_NEEDS_SERVICE, counter=ONE)
    async with wall(operations=RecordingOperations(answers=[refused])) as seen:
        seen.screen.query_one("#counters", WallTable).focus()
        await seen.press("s")
        await seen.asked(CounterServicesScreen)
        await seen.press("space", "space", "space", "s")
        await seen.asked(SupervisorScreen)
        await until(seen.pilot, lambda: bool(seen.terminal._notifications))
        (said,) = seen.terminal._notifications
    assert said.message == "Counter 1 must serve at least one service."


async def test_a_desk_is_paused_for_a_reason_and_some_minutes() -> None:
    async with wall() as seen:
        seen.screen.query_one("#counters", WallTable).focus()
        await seen.press("p")
        await seen.choose("Prayer")
        await until(
            seen.pilot, lambda: "long" in str(seen.terminal.screen.query(Static).first().content)
        )
        await seen.choose("15 min")
        (command,) = await seen.sent()
    assert same(command, PauseDesk(staff=MINA, counter=ONE, reason="Prayer", minutes=15))


async def test_a_desk_is_closed_after_asking() -> None:
    async with wall() as seen:
        await seen.press("c")
        await seen.choose("Counter 2")
        await seen.asked(ConfirmScreen)
        await seen.press("y")
        (command,) = await seen.sent()
    assert same(command, CloseDesk(staff=MINA, counter=TWO))


# -- tickets ------------------------------------------------------------------------------------


async def test_a_waiting_ticket_is_found_by_its_number_and_moved() -> None:
    async with wall() as seen:
        await seen.press("m")
        await seen.asked(TicketScreen)
        await seen.press("4", "4", "enter")
        await seen.choose("Counter 3")
        (command,) = await seen.sent()
    moved = fake_ticket(BILLS, 44, waited=timedelta(0))
    assert same(command, MoveTicket(staff=MINA, ticket=moved.id, to_counter=THREE))


async def test_persian_digits_find_a_ticket_too() -> None:
    async with wall(language="fa") as seen:
        await seen.press("پ")  # m, without switching the keyboard
        await seen.asked(TicketScreen)
        seen.terminal.screen.query_one(Input).value = "۰۱۱"
        await until(
            seen.pilot, lambda: seen.terminal.screen.query_one(OptionList).option_count == 1
        )


async def test_a_missed_ticket_is_brought_back() -> None:
    async with wall() as seen:
        await seen.press("b")
        await seen.asked(TicketScreen)
        await seen.press("enter")
        (command,) = await seen.sent()
    assert same(command, Reinstate(staff=MINA, ticket=MISSED.id))


async def test_when_nobody_was_missed_a_sentence_says_so() -> None:
    async with wall(quiet_hall()) as seen:
        await seen.press("b")
        await until(seen.pilot, lambda: bool(seen.terminal._notifications))
        (said,) = seen.terminal._notifications
    assert said.message == "No ticket was missed or cancelled today."


async def test_a_ticket_is_cancelled_after_asking() -> None:
    async with wall() as seen:
        await seen.press("x")
        await seen.asked(TicketScreen)
        await seen.press("4", "5", "enter")
        await seen.asked(ConfirmScreen)
        await seen.press("y")
        (command,) = await seen.sent()
    left = fake_ticket(BILLS, 45, waited=timedelta(0))
    assert same(command, CancelTicket(staff=MINA, ticket=left.id))


# -- remedies -----------------------------------------------------------------------------------


async def test_an_overdue_pause_is_ended_from_its_alert() -> None:
    async with wall() as seen:
        await seen.press("down", "enter")
        await seen.choose("End the pause")
        (command,) = await seen.sent()
    assert same(command, OpenDesk(staff=MINA, counter=TWO))


async def test_a_missed_target_is_helped_by_another_counter() -> None:
    async with wall() as seen:
        await seen.press("1")
        await seen.choose("Let another counter help")
        await until(
            seen.pilot, lambda: len(seen.terminal.screen.query_one(OptionList).options) == 2
        )
        await seen.choose("Counter 2")
        commands = await seen.sent(2)
    serve = SetCounterServices(staff=MINA, counter=TWO, services=(LINES, INTERNET, BILLS))
    assert same(commands[0], serve)
    assert same(commands[1], OpenDesk(staff=MINA, counter=TWO))


async def test_somebody_who_waits_too_long_is_moved_from_the_alert() -> None:
    async with wall() as seen:
        await seen.press("1")
        await seen.choose("Move a ticket elsewhere")
        await seen.asked(TicketScreen)
        await seen.press("enter")
        await seen.choose("New line")
        (command,) = await seen.sent()
    longest = fake_ticket(BILLS, 43, waited=timedelta(0))
    assert same(command, MoveTicket(staff=MINA, ticket=longest.id, to_service=LINES))


async def test_asking_the_clerk_points_to_the_counter() -> None:
    async with wall() as seen:
        await seen.press("4")
        await seen.choose("Go to counter 3 and ask Mina")
        counters = seen.screen.query_one("#counters", WallTable)
        await until(seen.pilot, lambda: counters.has_focus)
        assert counters.chosen == THREE


async def test_a_tap_on_an_alert_offers_its_remedies() -> None:
    async with wall() as seen:
        await seen.pilot.click("#alerts", offset=(20, 2))
        await seen.asked(ChoiceScreen)
        await seen.choose("End the pause")
        (command,) = await seen.sent()
    assert same(command, OpenDesk(staff=MINA, counter=TWO))


# -- finding one's way --------------------------------------------------------------------------


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
        assert seen.table("queue")[0] == "B011|New line|Normal|17 min|4–8 min"


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


# -- who may ------------------------------------------------------------------------------------


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
