"""A clerk's morning, key by key."""

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.events import Key
from textual.widgets import Input

from counters.desk_screen import DeskScreen
from counters.everybody import EverybodyScreen
from counters.noted_choice import NotedChoiceScreen
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState
from queueapp.domain.words import OutcomeCode, Revision
from queueapp.operations import commands as c
from queueapp.operations.ports import Receipt
from queueapp.tui.choice_screen import ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.prompt_screen import PromptScreen
from tests.counters.desks import (
    DESK,
    a_plain_branch,
    a_waiting,
    about,
    at_the_desk,
    desk_terminal,
    in_lines,
    kinds,
    said,
    usable,
)
from tests.tui.fakes import LINES, NOW, SARA, RecordingOperations, fake_live
from tests.tui.waiting import until


async def test_one_key_calls_the_next_and_says_why() -> None:
    receipt = Receipt(revision=Revision(1), at=NOW, label="A043")
    operations = RecordingOperations(answers=[receipt])
    terminal = desk_terminal(a_plain_branch(a_waiting()), operations=operations)
    async with terminal.run_test(notifications=True) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: kinds(operations.commands) == ["CallNext"])
        await until(pilot, lambda: any("A043 is called" in line for line in said(terminal)))


async def test_the_same_key_works_on_a_persian_keyboard() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(a_plain_branch(a_waiting()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("د")
        await until(pilot, lambda: kinds(operations.commands) == ["CallNext"])


async def test_with_a_customer_in_hand_next_asks_to_finish_first() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(a_plain_branch(at_the_desk(), a_waiting()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(terminal.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: kinds(operations.commands) == ["Finish", "CallNext"])


async def test_whoever_says_no_keeps_the_customer() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(a_plain_branch(at_the_desk(), a_waiting()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(terminal.screen, ConfirmScreen))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(terminal.screen, DeskScreen))
        await pilot.press("u")
        await until(pilot, lambda: kinds(operations.commands) == ["Undo"])


async def test_next_after_a_customer_who_has_not_come_is_a_no_show_first() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(
        a_plain_branch(at_the_desk(LegState.CALLED), a_waiting()), operations=operations
    )
    async with terminal.run_test() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(terminal.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: kinds(operations.commands) == ["NoShow", "CallNext"])


@pytest.mark.parametrize(
    ("key", "kind"), [("r", "Recall"), ("s", "StartService"), ("x", "NoShow"), ("u", "Undo")]
)
async def test_one_key_does_one_thing_to_a_called_customer(key: str, kind: str) -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(a_plain_branch(at_the_desk(LegState.CALLED)), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press(key)
        await until(pilot, lambda: kinds(operations.commands) == [kind])


async def test_without_named_outcomes_finishing_is_one_key() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(a_plain_branch(at_the_desk()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("f")
        await until(pilot, lambda: kinds(operations.commands) == ["Finish"])


async def test_enter_takes_the_first_outcome() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(at_the_desk()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("f")
        await until(pilot, lambda: isinstance(terminal.screen, NotedChoiceScreen))
        await pilot.press("enter")
        await until(pilot, lambda: kinds(operations.commands) == ["Finish"])
    [command] = operations.commands
    assert isinstance(command, c.Finish)
    assert (command.outcome_code, command.note) == (OutcomeCode("done"), "")


async def test_another_outcome_and_a_note_go_with_the_finish() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(at_the_desk()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("f")
        await until(pilot, lambda: isinstance(terminal.screen, NotedChoiceScreen))
        await pilot.press("down", "tab", *"2 forms", "enter")
        await until(pilot, lambda: kinds(operations.commands) == ["Finish"])
    [command] = operations.commands
    assert isinstance(command, c.Finish)
    assert (command.outcome_code, command.note) == (OutcomeCode("papers"), "2 forms")


async def test_a_customer_is_put_on_hold_with_a_note() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(at_the_desk()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("h")
        await until(pilot, lambda: isinstance(terminal.screen, PromptScreen))
        await pilot.press(*"copy", "enter")
        await until(pilot, lambda: kinds(operations.commands) == ["Hold"])
    [command] = operations.commands
    assert isinstance(command, c.Hold)
    assert command.note == "copy"


async def test_the_key_that_puts_a_customer_on_hold_takes_the_one_on_hold_back() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(at_the_desk(LegState.HELD)), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("h")
        await until(pilot, lambda: kinds(operations.commands) == ["Resume"])


async def test_of_several_on_hold_the_clerk_chooses_one() -> None:
    held = (at_the_desk(LegState.HELD, number=41), at_the_desk(LegState.HELD, number=42))
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(*held), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("h")
        await until(pilot, lambda: isinstance(terminal.screen, EverybodyScreen))
        await pilot.press("enter")
        await until(pilot, lambda: kinds(operations.commands) == ["Resume"])


@pytest.mark.parametrize(("digit", "service", "counter"), [("1", LINES, None), ("4", None, 3)])
async def test_a_customer_is_sent_to_a_service_or_to_a_counter(
    digit: str, service: str | None, counter: int | None
) -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(at_the_desk()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("t")
        await until(pilot, lambda: isinstance(terminal.screen, NotedChoiceScreen))
        await pilot.press(digit)
        await until(pilot, lambda: kinds(operations.commands) == ["Transfer"])
    [command] = operations.commands
    assert isinstance(command, c.Transfer)
    assert (command.to_service, command.to_counter) == (service, counter)


@pytest.mark.parametrize(("digit", "here"), [("1", True), ("2", False)])
async def test_a_service_that_this_counter_serves_goes_on_here_or_waits(
    digit: str, here: bool
) -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(at_the_desk()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("a")
        await until(pilot, lambda: isinstance(terminal.screen, NotedChoiceScreen))
        await pilot.press("1")
        await until(pilot, lambda: isinstance(terminal.screen, ChoiceScreen))
        await pilot.press(digit)
        await until(pilot, lambda: kinds(operations.commands) == ["AddService"])
    [command] = operations.commands
    assert isinstance(command, c.AddService)
    assert (command.service, command.here) == (LINES, here)


async def test_a_service_of_other_counters_is_waited_for() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(at_the_desk()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("a")
        await until(pilot, lambda: isinstance(terminal.screen, NotedChoiceScreen))
        await pilot.press("2")
        await until(pilot, lambda: kinds(operations.commands) == ["AddService"])
    [command] = operations.commands
    assert isinstance(command, c.AddService)
    assert not command.here


async def test_a_pause_has_a_reason_and_minutes() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(a_waiting()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("p")
        await until(pilot, lambda: isinstance(terminal.screen, ChoiceScreen))
        await pilot.press("3")
        await until(pilot, lambda: isinstance(terminal.screen, PromptScreen))
        minutes = terminal.screen.query_one(Input)
        assert minutes.value == "15"
        minutes.value = "۲۰"
        await pilot.press("enter")
        await until(pilot, lambda: kinds(operations.commands) == ["PauseDesk"])
    [command] = operations.commands
    assert isinstance(command, c.PauseDesk)
    assert (command.reason, command.minutes) == ("Prayer", 20)


async def test_a_paused_desk_says_so_and_opens_with_the_same_key() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(paused(fake_live(a_waiting())), operations=operations)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: "paused" in about(terminal, ".free"))
        screen = terminal.screen
        assert isinstance(screen, DeskScreen)
        assert [key.label for key, _ in screen.usable_keys() if key.key == "p"] == ["Open"]
        assert "Lunch" in in_lines(terminal, "DeskHeader")
        assert "until 10:52" in in_lines(terminal, "DeskHeader")
        assert "n" not in usable(terminal)
        await pilot.press("p")
        await until(pilot, lambda: kinds(operations.commands) == ["OpenDesk"])


def paused(live: LiveBranch) -> LiveBranch:
    desk = Desk(
        counter=DESK,
        state=DeskState.PAUSED,
        staff=SARA,
        since=NOW,
        reason="Lunch",
        expected_end=NOW + timedelta(minutes=10),
    )
    return replace(live, desks={DESK: desk})


async def test_a_key_that_is_held_down_calls_once_more_and_not_forty_times() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(a_plain_branch(at_the_desk(LegState.CALLED)), operations=operations)
    async with terminal.run_test() as pilot:
        for repeat in range(40):
            event = Key("r", "r")
            event.time = repeat / 30
            terminal.post_message(event)
        await pilot.press("u")
        await until(pilot, lambda: "Undo" in kinds(operations.commands))
    assert kinds(operations.commands) == ["Recall", "Undo"]
