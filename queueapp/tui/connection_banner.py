"""The strip that says when the database does not answer, takes nothing, or takes its time."""

from datetime import datetime
from enum import Enum, auto

from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.tui.wording import Wording

LOST = sentence(
    "The queue's database does not answer. The screen stays as it was at {time}; "
    "your last key is kept and will be carried out."
)
BUSY = sentence("One moment please: the queue's database is busy. Your last key is kept.")
FULL = sentence(
    "The queue's database has taken nothing since {time}; its disk may be full. Please tell "
    "whoever looks after it. Your last key is kept and will be carried out."
)


class Connection(Enum):
    """How the database answers."""

    FINE = auto()
    BUSY = auto()
    """A command has been under way for longer than people wait without a word."""
    FULL = auto()
    """It tells what happens, and takes nothing."""
    LOST = auto()


SAID = {Connection.BUSY: BUSY, Connection.FULL: FULL, Connection.LOST: LOST}


class ConnectionBanner(Wording):
    """Hidden while all is well."""

    def show_connection(
        self, connection: Connection, since: datetime | None, language: Language
    ) -> None:
        """Say how it is; ``since``: when it was full or lost, where it is."""
        self.display = connection is not Connection.FINE
        if connection in SAID:
            time = "" if since is None else language.time(since)
            self.update(language.text(SAID[connection], time=time))
