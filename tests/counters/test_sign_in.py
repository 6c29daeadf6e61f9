"""Signing in: what a clerk types, and what stands in the way."""

from dataclasses import replace

import pytest
from textual.events import Key
from textual.widgets import Input, Static

from counters.desk_screen import DeskScreen, counter_home
from counters.sign_in import SignInScreen
from queueapp.domain.desk import Desk
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Permission
from queueapp.domain.words import CounterNumber
from queueapp.operations.commands import SignOn
from queueapp.tui.terminal import Terminal
from tests.tui.fakes import (
    MINA,
    OMID,
    SARA,
    RecordingOperations,
    StillFeed,
    fake_context,
    fake_live,
)
from tests.tui.screens import OtherScreen, shown
from tests.tui.waiting import until

FIRST, THIRD = CounterNumber(1), CounterNumber(3)


def terminal_of(
    operations: RecordingOperations, counter: CounterNumber = THIRD, live: LiveBranch | None = None
) -> Terminal:
    context = fake_context(operations=operations, live=live)
    return Terminal(context, lambda: counter_home(counter))


async def test_a_clerk_signs_on_and_the_desk_opens() -> None:
    operations = RecordingOperations()
    terminal = terminal_of(operations)
    async with terminal.run_test() as pilot:
        await pilot.press(*"sara", "enter", *"1111", "enter")
        await until(pilot, lambda: isinstance(terminal.screen, DeskScreen))
    [command] = operations.commands
    assert isinstance(command, SignOn)
    assert (command.staff, command.counter, command.pin) == (SARA, THIRD, "1111")


async def test_a_pin_in_persian_digits_is_the_same_pin() -> None:
    terminal = terminal_of(RecordingOperations())
    async with terminal.run_test() as pilot:
        await pilot.press(*"sara", "enter", *"۱۱۱۱", "enter")
        await until(pilot, lambda: isinstance(terminal.screen, DeskScreen))


async def test_a_pin_is_never_seen_and_takes_digits_only() -> None:
    terminal = terminal_of(RecordingOperations())
    async with terminal.run_test() as pilot:
        await pilot.press(*"sara", "enter", *"1x1")
        pin = terminal.screen.query_one("#pin", Input)
        assert pin.password
        assert pin.value == "11"


@pytest.mark.parametrize(("key", "sign"), [("enter", "\r"), ("tab", "\t")])
async def test_a_pin_typed_ahead_of_the_screen_does_not_land_in_the_code(
    key: str, sign: str
) -> None:
    terminal = terminal_of(RecordingOperations())
    async with terminal.run_test() as pilot:
        for letter in f"sara{sign}11":
            terminal.post_message(Key(key if letter == sign else letter, letter))
        await until(pilot, lambda: terminal.screen.query_one("#pin", Input).value == "11")
        assert terminal.screen.query_one("#code", Input).value == "sara"


async def test_a_wrong_pin_is_said_and_the_code_stays() -> None:
    operations = RecordingOperations()
    terminal = terminal_of(operations)
    async with terminal.run_test() as pilot:
        await pilot.press(*"sara", "enter", *"9999", "enter")
        await until(pilot, lambda: "PIN is wrong" in shown(terminal, "#complaint"))
        assert terminal.screen.query_one("#code", Input).value == "sara"
        assert terminal.screen.query_one("#pin", Input).value == ""
        await pilot.press(*"1111", "enter")
        await until(pilot, lambda: isinstance(terminal.screen, DeskScreen))


async def test_nothing_typed_is_no_wrong_pin() -> None:
    operations = RecordingOperations()
    terminal = terminal_of(operations)
    async with terminal.run_test() as pilot:
        await pilot.press(*"sara", "enter", "enter")
        await until(pilot, lambda: terminal.screen.query_one("#pin", Input).has_focus)
        assert "wrong" not in shown(terminal, "#complaint")
        await pilot.press(*"1111", "enter")
        await until(pilot, lambda: isinstance(terminal.screen, DeskScreen))
    assert len(operations.commands) == 1


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (Refused(Reason.STAFF_LOCKED, seconds=30), "wait 30 seconds"),
        (Refused(Reason.COUNTER_TAKEN, counter=3, staff="Omid"), "Omid is signed on there"),
        (Refused(Reason.STAFF_ELSEWHERE, counter=2, staff="Sara"), "signed on at counter 2"),
    ],
)
async def test_what_stands_in_the_way_is_said(refused: Refused, said: str) -> None:
    terminal = terminal_of(RecordingOperations(answers=[refused]))
    async with terminal.run_test() as pilot:
        await pilot.press(*"sara", "enter", *"1111", "enter")
        await until(pilot, lambda: said in shown(terminal, "#complaint"))
        assert isinstance(terminal.screen, SignInScreen)


async def test_who_sits_at_the_counter_is_said_before_anything_is_typed() -> None:
    terminal = terminal_of(RecordingOperations(), counter=FIRST)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: "Sara is signed on here" in shown(terminal, "#occupied"))


async def test_a_branch_without_staff_says_what_to_do() -> None:
    terminal = terminal_of(RecordingOperations(), live=replace(fake_live(), staff={}))
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: "queueapp staff add" in shown(terminal, "#complaint"))


async def test_only_who_may_steer_comes_to_the_wall() -> None:
    def sign_in() -> SignInScreen:
        return SignInScreen(
            counter=None, permission=Permission.STEER, then=lambda _person: OtherScreen()
        )

    terminal = Terminal(fake_context(), sign_in)
    async with terminal.run_test() as pilot:
        await pilot.press(*"sara", "enter", *"1111", "enter")
        await until(pilot, lambda: "ask a supervisor" in shown(terminal, "#complaint"))
        terminal.screen.query_one("#code", Input).value = MINA
        await pilot.press(*"3333", "enter")
        await until(pilot, lambda: isinstance(terminal.screen, OtherScreen))


async def test_the_language_changes_with_one_key() -> None:
    terminal = terminal_of(RecordingOperations())
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: shown(terminal, "#place") == "Counter")
        await pilot.press("f9")
        await until(pilot, lambda: shown(terminal, "#place") == "باجه")
        await pilot.press("f9")
        await until(pilot, lambda: shown(terminal, "#place") == "Counter")


async def test_whoever_is_signed_off_elsewhere_comes_back_to_the_sign_in() -> None:
    feed = StillFeed(fake_live())
    terminal = Terminal(fake_context(feed=feed), lambda: DeskScreen(counter=FIRST, staff=SARA))
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: terminal.live is not None)
        feed.move(replace(fake_live(revision=2), desks={FIRST: Desk(counter=FIRST)}))
        await until(pilot, lambda: bool(terminal.screen.query("#complaint")))
        await until(pilot, lambda: "signed off at this counter" in shown(terminal, "#complaint"))
        await pilot.press(*OMID, "enter", *"2222", "enter")
        await until(pilot, lambda: isinstance(terminal.screen, DeskScreen))


async def test_enter_on_an_empty_line_says_what_is_missing() -> None:
    operations = RecordingOperations()
    terminal = terminal_of(operations)
    async with terminal.run_test() as pilot:
        screen = terminal.screen
        code, pin = screen.query_one("#code", Input), screen.query_one("#pin", Input)
        complaint = screen.query_one("#complaint", Static)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: "Type your code first" in str(complaint.content))
        assert terminal.focused is code
        await pilot.press(*"sara", "enter", "enter")
        await until(pilot, lambda: "Type your PIN" in str(complaint.content))
        assert terminal.focused is pin
    assert not operations.commands
