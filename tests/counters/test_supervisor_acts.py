"""What a supervisor does at the wall, told as it happens."""

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Input, OptionList, Static

from counters.supervisor import SupervisorScreen
from counters.supervisor_services import CounterServicesScreen
from counters.supervisor_tickets import TicketScreen
from counters.wall_table import WallTable
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import Channel
from queueapp.operations.commands import (
    CancelTicket,
    CloseDesk,
    MoveTicket,
    OpenDesk,
    PauseDesk,
    PauseRemoteTickets,
    Reinstate,
    ResumeRemoteTickets,
    SetCounterServices,
    SetServiceOpen,
)
from queueapp.tui.choice_screen import ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from tests.counters.halls import MISSED, busy_hall, quiet_hall
from tests.counters.walls import ONE, THREE, TWO, same, wall
from tests.tui.fakes import (
    BILLS,
    INTERNET,
    LINES,
    MINA,
    NOW,
    RecordingOperations,
    fake_ticket,
)
from tests.tui.waiting import until


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


async def test_remote_tickets_are_paused_by_one_key() -> None:
    async with wall() as seen:
        seen.screen.query_one("#services", WallTable).focus()
        await seen.press("down", "r")
        (command,) = await seen.sent()
    assert same(command, PauseRemoteTickets(staff=MINA, service=LINES))


async def test_the_key_asks_for_which_service_where_none_is_marked() -> None:
    async with wall() as seen:
        await seen.press("r")
        await seen.choose("Internet")
        (command,) = await seen.sent()
    assert same(command, PauseRemoteTickets(staff=MINA, service=INTERNET))


async def test_where_all_tickets_are_taken_in_the_hall_there_is_nothing_to_pause() -> None:
    live = busy_hall()
    live = replace(live, branch=replace(live.branch, public_url=None))
    async with wall(live) as seen:
        await seen.press("r")
        await until(seen.pilot, lambda: "no remote tickets here" in seen.said())
        seen.screen.query_one("#services", WallTable).focus()
        await seen.press("enter")
        await seen.asked(ChoiceScreen)
        options = seen.terminal.screen.query_one(OptionList).options
        assert not any("remote" in str(option.prompt) for option in options)


async def test_another_systems_tickets_can_be_paused_without_a_page_of_our_own() -> None:
    live = busy_hall()
    ticket = next(iter(live.tickets.values()))
    by_program = {**live.tickets, ticket.id: replace(ticket, channel=Channel.API)}
    live = replace(live, branch=replace(live.branch, public_url=None), tickets=by_program)
    async with wall(live) as seen:
        await seen.press("r")
        await seen.asked(ChoiceScreen)


async def test_paused_remote_tickets_are_seen_and_given_again_with_enter() -> None:
    live = busy_hall()
    paused = replace(live.branch.service(LINES), remote_paused_at=NOW - timedelta(minutes=20))
    async with wall(replace(live, branch=live.branch.with_service(paused))) as seen:
        lines = seen.table("services")
        assert ["hall only" in line for line in lines] == [False, True, False]
        seen.screen.query_one("#services", WallTable).focus()
        await seen.press("down", "enter")
        await seen.choose("Give remote tickets again")
        (command,) = await seen.sent()
    assert same(command, ResumeRemoteTickets(staff=MINA, service=LINES))


async def test_a_pause_of_yesterday_is_over() -> None:
    live = busy_hall()
    paused = replace(live.branch.service(LINES), remote_paused_at=NOW - timedelta(days=1))
    async with wall(replace(live, branch=live.branch.with_service(paused))) as seen:
        assert not any("hall only" in line for line in seen.table("services"))


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


@pytest.mark.parametrize("key", ["p", "c"])
async def test_where_no_counter_is_open_there_is_no_empty_list_of_them(key: str) -> None:
    async with wall(quiet_hall()) as at:
        await at.press(key)
        await until(at.pilot, lambda: "No counter is open just now." in at.said())
        assert at.terminal.screen is at.screen


async def test_the_number_of_an_alert_that_is_not_there_is_answered() -> None:
    async with wall(quiet_hall()) as at:
        await at.press("1")
        assert at.said() == "There is no alert 1."


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
