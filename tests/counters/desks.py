"""A desk under test: a terminal around it, and what it says."""

from dataclasses import replace
from datetime import timedelta

from textual.widgets import Static

from counters.desk_screen import DeskScreen
from counters.lines import Lines
from queueapp.domain.live import LiveBranch
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.words import CounterNumber
from queueapp.operations.commands import Command
from queueapp.tui.terminal import Terminal
from tests.tui.fakes import (
    BILLS,
    SARA,
    FakeClock,
    RecordingOperations,
    StillFeed,
    fake_branch,
    fake_context,
    fake_live,
    fake_ticket,
)

DESK = CounterNumber(1)


def a_waiting(number: int = 43, minutes: int = 12) -> Ticket:
    return fake_ticket(BILLS, number, waited=timedelta(minutes=minutes))


def at_the_desk(state: LegState = LegState.SERVING, number: int = 42) -> Ticket:
    return fake_ticket(
        BILLS,
        number,
        waited=timedelta(minutes=14),
        state=state,
        counter=DESK,
        staff=SARA,
        taken=timedelta(minutes=3),
    )


def a_plain_branch(
    *tickets: Ticket, auto_call: bool = False, call_is_start: bool = False, revision: int = 1
) -> LiveBranch:
    """The sample branch without named outcomes, so that finishing asks nothing."""
    branch = replace(fake_branch(), outcomes=(), auto_call=auto_call, call_is_start=call_is_start)
    return fake_live(*tickets, branch=branch, revision=revision)


def desk_terminal(
    live: LiveBranch | None = None,
    *,
    operations: RecordingOperations | None = None,
    feed: StillFeed | None = None,
    language: str = "en",
) -> Terminal:
    """A terminal with Sara's desk at counter 1."""
    context = fake_context(
        feed=feed or StillFeed(live or fake_live()),
        operations=operations or RecordingOperations(),
        clock=FakeClock(),
        language=language,
    )
    return Terminal(context, lambda: DeskScreen(counter=DESK, staff=SARA))


def kinds(commands: list[Command]) -> list[str]:
    """The names of what was done, in order."""
    return [type(command).__name__ for command in commands]


def in_lines(terminal: Terminal, selector: str) -> str:
    """What a list or the header of the desk says."""
    return str(terminal.screen.query_one(selector, Lines).render())


def about(terminal: Terminal, selector: str = ".about") -> str:
    """What stands beside the number; with ``.free``: in its place."""
    return str(terminal.screen.query_one(f"DeskNow {selector}", Static).content)


def said(terminal: Terminal) -> list[str]:
    """The sentences shown for a few seconds."""
    return [notification.message for notification in terminal._notifications]


def dialog_open(terminal: Terminal) -> bool:
    return not isinstance(terminal.screen, DeskScreen) and terminal.screen.is_mounted


def usable(terminal: Terminal) -> set[str]:
    assert isinstance(terminal.screen, DeskScreen)
    return {key.key for key, on in terminal.screen.usable_keys() if on}
