"""The strip that says when the database does not answer, or takes nothing."""

from datetime import datetime

from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.tui.wording import Wording

LOST = sentence(
    "The queue's database does not answer. The screen stays as it was at {time}; "
    "your last key is kept and will be carried out."
)
FULL = sentence(
    "The queue's database has taken nothing since {time}; its disk may be full. Please tell "
    "whoever looks after it. Your last key is kept and will be carried out."
)


class ConnectionBanner(Wording):
    """Hidden while connected."""

    def show_connection(
        self, lost_at: datetime | None, language: Language, *, still_reads: bool
    ) -> None:
        """Say since when the database is silent; ``None``: it answers.

        ``still_reads``: it tells what happens, and commands wait for it all the same.
        """
        self.display = lost_at is not None
        if lost_at is not None:
            said = FULL if still_reads else LOST
            self.update(language.text(said, time=language.time(lost_at)))
