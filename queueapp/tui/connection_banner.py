"""The strip that says when the database does not answer."""

from datetime import datetime

from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.tui.wording import Wording

LOST = sentence(
    "The queue's database does not answer. The screen stays as it was at {time}; "
    "your last key is kept and will be carried out."
)


class ConnectionBanner(Wording):
    """Hidden while connected."""

    def show_connection(self, lost_at: datetime | None, language: Language) -> None:
        """Say since when the database is silent; ``None``: it answers."""
        self.display = lost_at is not None
        if lost_at is not None:
            self.update(language.text(LOST, time=language.time(lost_at)))
