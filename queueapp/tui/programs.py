"""What ``queueapp`` alone can start, and what it found to start with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial

from queueapp.domain.branch import Branch
from queueapp.domain.words import CounterNumber, sentence


class Program(StrEnum):
    """What can be started."""

    KIOSK = "kiosk"
    BOARD = "board"
    COUNTER = "counter"
    SUPERVISOR = "supervisor"
    RATING = "rating"
    DEMO = "demo"
    SET_UP = "set_up"


AT_A_COUNTER = frozenset({Program.COUNTER, Program.RATING})
WITHOUT_BRANCH = frozenset({Program.DEMO, Program.SET_UP})

LABELS: dict[Program, tuple[str, str]] = {
    Program.KIOSK: (
        sentence("Kiosk"),
        sentence("At the door: customers take their number with one tap and see the wait."),
    ),
    Program.BOARD: (
        sentence("Board"),
        sentence("In the hall: everybody sees who is called to which counter."),
    ),
    Program.COUNTER: (
        sentence("Counter"),
        sentence("For a clerk: call the next customer with one key, serve, transfer."),
    ),
    Program.SUPERVISOR: (
        sentence("Supervisor"),
        sentence("For the head of the office: every wait and every counter at one glance."),
    ),
    Program.RATING: (
        sentence("Rating"),
        sentence("Beside a counter: customers say with one tap how it was."),
    ),
    Program.DEMO: (
        sentence("Demo"),
        sentence("A busy office that lives by itself, with all of these to try."),
    ),
    Program.SET_UP: (
        sentence("Set up a branch"),
        sentence("Describes your office in a file that you can change, and begins."),
    ),
}
UNAVAILABLE = sentence("The database does not answer. Check that it runs; the demo needs none.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What there is to start with."""

    database: str
    """The database as people may see it, without a password."""
    branch: Branch | None = None
    now: datetime = field(default_factory=partial(datetime.now, UTC))
    """When somebody looked; aware."""
    trouble: str = ""
    """A message that says why it cannot be told whether there is a branch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What somebody chose."""

    program: Program
    counter: CounterNumber | None = None
    language: str | None = None
    """The code of the language they switched to; ``None``: they did not."""

    @property
    def at_counter(self) -> CounterNumber:
        """The counter, of a program that stands at one."""
        if self.counter is None:
            raise ValueError(f"{self.program} was chosen without a counter")
        return self.counter
