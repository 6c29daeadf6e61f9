"""A branch where the next customer is called by itself."""

from dataclasses import replace
from datetime import timedelta

from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.live import LiveBranch
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import LegState
from queueapp.domain.words import CounterNumber, StaffCode
from tests.counters.desks import (
    DESK,
    a_plain_branch,
    a_waiting,
    at_the_desk,
    desk_terminal,
    kinds,
    said,
)
from tests.tui.fakes import NOW, OMID, SARA, RecordingOperations, StillFeed
from tests.tui.waiting import until

THIRD = CounterNumber(3)


def with_rival(live: LiveBranch, *, idle_for: timedelta) -> LiveBranch:
    """Counter 1 has been idle for ten minutes; counter 3, which serves the same, ``idle_for``."""

    def desk(counter: CounterNumber, staff: str, idle: timedelta) -> Desk:
        return Desk(counter=counter, state=DeskState.OPEN, staff=StaffCode(staff), since=NOW - idle)

    desks = {
        DESK: desk(DESK, SARA, timedelta(minutes=10)),
        THIRD: desk(THIRD, OMID, idle_for),
    }
    return replace(live, desks=desks)


async def test_the_desk_idle_longest_calls_whoever_comes() -> None:
    operations = RecordingOperations()
    live = with_rival(a_plain_branch(a_waiting(), auto_call=True), idle_for=timedelta(minutes=5))
    terminal = desk_terminal(live, operations=operations)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: kinds(operations.commands) == ["CallNext"])


async def test_a_desk_idle_for_less_leaves_the_customer_to_the_other() -> None:
    operations = RecordingOperations()
    live = with_rival(a_plain_branch(a_waiting(), auto_call=True), idle_for=timedelta(minutes=15))
    terminal = desk_terminal(live, operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("u")
        await until(pilot, lambda: kinds(operations.commands) == ["Undo"])


async def test_a_lost_race_is_no_news() -> None:
    operations = RecordingOperations(answers=[Refused(Reason.NOBODY_WAITING, counter=DESK)])
    feed = StillFeed(a_plain_branch(a_waiting(), auto_call=True))
    terminal = desk_terminal(feed=feed, operations=operations)
    async with terminal.run_test(notifications=True) as pilot:
        await until(pilot, lambda: kinds(operations.commands) == ["CallNext"])
        feed.move(a_plain_branch(at_the_desk(LegState.ENDED), auto_call=True, revision=2))
        await until(pilot, lambda: terminal.live is not None and terminal.live.revision == 2)
        assert said(terminal) == []


async def test_each_picture_is_answered_once() -> None:
    refused = Refused(Reason.NOBODY_WAITING, counter=DESK)
    operations = RecordingOperations(answers=[refused, refused, refused])
    feed = StillFeed(a_plain_branch(a_waiting(), auto_call=True))
    terminal = desk_terminal(feed=feed, operations=operations)
    async with terminal.run_test() as pilot:
        await until(pilot, lambda: kinds(operations.commands) == ["CallNext"])
        feed.move(a_plain_branch(a_waiting(), auto_call=True))
        feed.move(a_plain_branch(a_waiting(), auto_call=True, revision=2))
        await until(pilot, lambda: len(operations.commands) == 2)
        await pilot.press("u")
        await until(pilot, lambda: kinds(operations.commands)[2:] == ["Undo"])


async def test_after_a_finish_the_next_is_called() -> None:
    operations = RecordingOperations()
    feed = StillFeed(a_plain_branch(at_the_desk(), a_waiting(), auto_call=True))
    terminal = desk_terminal(feed=feed, operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("f")
        await until(pilot, lambda: kinds(operations.commands) == ["Finish"])
        finished = at_the_desk(LegState.ENDED)
        feed.move(a_plain_branch(finished, a_waiting(), auto_call=True, revision=2))
        await until(pilot, lambda: "CallNext" in kinds(operations.commands))


async def test_where_nothing_is_called_by_itself_the_desk_waits_for_a_key() -> None:
    operations = RecordingOperations()
    terminal = desk_terminal(a_plain_branch(a_waiting()), operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("u")
        await until(pilot, lambda: kinds(operations.commands) == ["Undo"])


async def test_an_undone_call_is_not_made_again_at_once() -> None:
    operations = RecordingOperations()
    feed = StillFeed(a_plain_branch(at_the_desk(LegState.CALLED), auto_call=True))
    terminal = desk_terminal(feed=feed, operations=operations)
    async with terminal.run_test() as pilot:
        await pilot.press("u")
        await until(pilot, lambda: kinds(operations.commands) == ["Undo"])
        feed.move(a_plain_branch(a_waiting(42), auto_call=True, revision=2))
        await until(pilot, lambda: terminal.live is not None and terminal.live.revision == 2)
        await pilot.press("s")
        await until(pilot, lambda: kinds(operations.commands)[1:2] == ["StartService"])


async def test_the_second_of_two_taps_ends_nobody_elses_service() -> None:
    operations = RecordingOperations()
    feed = StillFeed(called_just_now(timedelta(milliseconds=300)))
    terminal = desk_terminal(feed=feed, operations=operations)
    async with terminal.run_test(notifications=True) as pilot:
        await pilot.pause()
        await terminal.run_action("screen.finish")  # a tap: a key that comes again is held down
        await until(pilot, lambda: said(terminal) != [])
        assert said(terminal) == ["A042 has only just been called. Press again to finish."]
        assert operations.commands == []
        feed.move(called_just_now(timedelta(seconds=2)))
        await until(pilot, lambda: terminal.live is not None and terminal.live.revision == 2)
        await terminal.run_action("screen.finish")
        await until(pilot, lambda: kinds(operations.commands) == ["Finish"])


def called_just_now(ago: timedelta) -> LiveBranch:
    """A branch that calls and starts by itself, with somebody who was called ``ago``."""
    customer = at_the_desk()
    called = NOW - ago
    leg = replace(customer.leg, called_at=called, started_at=called)
    return a_plain_branch(
        replace(customer, legs=(leg,)),
        auto_call=True,
        call_is_start=True,
        revision=1 if ago < timedelta(seconds=1) else 2,
    )
