"""What the desk shows, allows and asks."""

from dataclasses import replace

import pytest

from counters.desk_screen import DeskScreen
from counters.everybody import EverybodyScreen
from queueapp.domain.desk import DeskState
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import LegState, Outcome, Ticket
from queueapp.domain.words import CounterNumber
from queueapp.operations import commands as c
from queueapp.tui.big_number import BigNumber
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.help_screen import HelpScreen
from queueapp.tui.key_bar import KeyBar
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
from tests.tui.fakes import LINES, RecordingOperations, StillFeed, fake_live
from tests.tui.waiting import until


async def test_a_refusal_is_said_in_its_sentence() -> None:
    operations = RecordingOperations(answers=[Refused(Reason.NOBODY_WAITING, counter=DESK)])
    terminal = desk_terminal(a_plain_branch(at_the_desk(LegState.ENDED)), operations=operations)
    async with terminal.run_test(notifications=True) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: said(terminal) == ["Nobody is waiting for counter 1."])


async def test_keys_that_can_do_nothing_are_dim() -> None:
    feed = StillFeed(fake_live(a_waiting()))
    terminal = desk_terminal(feed=feed)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: usable(terminal) >= {"n", "c"})
        assert not usable(terminal) & {"r", "s", "f", "h", "t", "a", "x"}
        feed.move(fake_live(at_the_desk(LegState.CALLED), revision=2))
        await until(pilot, lambda: usable(terminal) >= {"r", "s", "h", "t", "x"})
        assert not usable(terminal) & {"f", "a", "c"}
        feed.move(fake_live(at_the_desk(), revision=3))
        await until(pilot, lambda: usable(terminal) >= {"f", "h", "t", "a"})
        assert not usable(terminal) & {"r", "s", "x", "c"}


@pytest.mark.parametrize(
    ("language", "hold", "resume"), [("en", "Hold", "Resume"), ("fa", "تعلیق", "از تعلیق")]
)
async def test_the_key_for_holding_says_that_it_goes_on_with_who_is_on_hold(
    language: str, hold: str, resume: str
) -> None:
    feed = StillFeed(fake_live(at_the_desk(LegState.SERVING)))
    terminal = desk_terminal(feed=feed, language=language)
    async with terminal.run_test(size=(80, 24)) as pilot:
        bar = terminal.screen.query_one(KeyBar)
        await until(pilot, lambda: f"h  {hold}" in str(bar.render()))
        rows = bar.size.height
        feed.move(fake_live(at_the_desk(LegState.HELD), revision=2))
        await until(pilot, lambda: f"h  {resume}" in str(bar.render()))
        assert "h" in usable(terminal)
        assert bar.size.height == rows  # what is above it does not jump


async def test_a_paused_desk_says_why_in_one_sentence() -> None:
    live = fake_live(a_waiting())
    paused = replace(live.desk(DESK), state=DeskState.PAUSED, reason="Prayer")
    terminal = desk_terminal(replace(live, desks={DESK: paused}))
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: "This counter is paused: Prayer" in about(terminal, ".free"))


async def test_where_calling_is_starting_there_is_no_start_key() -> None:
    terminal = desk_terminal(a_plain_branch(a_waiting(), call_is_start=True))
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: "n" in usable(terminal))
        assert isinstance(terminal.screen, DeskScreen)
        assert "s" not in {key.key for key, _ in terminal.screen.usable_keys()}


async def test_the_desk_tells_who_is_in_hand_and_where_they_came_from() -> None:
    ticket = came_from_another_counter(at_the_desk())
    terminal = desk_terminal(fake_live(ticket, a_waiting()))
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: "Bill payment" in about(terminal))
        assert terminal.screen.query_one(BigNumber).text == "A042"
        assert "in hand 03:00" in about(terminal)
        assert "waited 14 min" in about(terminal)
        assert "before: counter 2 · New line" in about(terminal)
        assert "Note: has the old card" in about(terminal)
        assert "A043" in in_lines(terminal, "#next")
        assert "120 % of target used" in in_lines(terminal, "#next")
        assert "1 waits for this counter" in in_lines(terminal, "#next")


async def test_an_empty_branch_is_calm() -> None:
    served = at_the_desk(LegState.ENDED)
    terminal = desk_terminal(fake_live(served))
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: "Nobody is waiting." in about(terminal, ".free"))
        assert "appears here by itself" in about(terminal, ".free")
        assert "1 served today" in in_lines(terminal, "DeskHeader")
        assert not terminal.screen.query_one("#held").display


async def test_a_desk_closes_after_a_question_and_goes_back_to_the_sign_in() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(a_waiting()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(terminal.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: bool(terminal.screen.query("#code")))
        assert kinds(operations.commands) == ["CloseDesk"]


async def test_the_list_takes_whoever_is_typed() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(terminal.screen, EverybodyScreen))
        await pilot.press(*"۰۱۱", "enter")
        await until(pilot, lambda: kinds(operations.commands) == ["CallTicket"])
    [command] = operations.commands
    assert isinstance(command, c.CallTicket)
    assert fake_live().tickets[command.ticket].label == "B011"


@pytest.mark.parametrize(
    ("state", "outcome", "kind"),
    [
        (LegState.HELD, None, "Resume"),
        (LegState.ENDED, Outcome.NO_SHOW, "Reinstate"),
    ],
)
async def test_the_list_brings_back_who_is_on_hold_or_missed_the_call(
    state: LegState, outcome: Outcome | None, kind: str
) -> None:
    ticket = at_the_desk(state)
    ticket = ticket.with_leg(replace(ticket.leg, outcome=outcome))
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(ticket), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(terminal.screen, EverybodyScreen))
        await pilot.press("enter")
        await until(pilot, lambda: kinds(operations.commands) == [kind])


async def test_a_tap_on_whoever_is_on_hold_takes_them_back() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(fake_live(at_the_desk(LegState.HELD)), operations=operations)
    async with terminal.run_test(size=(80, 24)) as pilot:
        held = terminal.screen.query_one("#held")
        await until(pilot, lambda: held.size.height >= 2)
        await pilot.click("#held", offset=(4, 2))
        await until(pilot, lambda: kinds(operations.commands) == ["Resume"])


async def test_the_help_explains_every_key() -> None:
    terminal = desk_terminal()
    async with terminal.run_test() as pilot:
        await pilot.press("?")
        await until(pilot, lambda: isinstance(terminal.screen, HelpScreen))


def came_from_another_counter(ticket: Ticket) -> Ticket:
    """A transfer from counter 2, with a note."""
    before = replace(
        ticket.leg,
        ordinal=0,
        service=LINES,
        state=LegState.ENDED,
        outcome=Outcome.TRANSFERRED,
        counter=CounterNumber(2),
    )
    return ticket.with_leg(before).with_leg(replace(ticket.leg, note="has the old card"))
