"""Sentences in the middle of a kiosk screen: centred, so that a mirrored screen looks the same."""

from textual.content import Content
from textual.widget import Widget


class Words(Widget):
    """A few words on lines of their own; takes no room while it has nothing to say."""

    DEFAULT_CSS = """
    Words { width: 100%; height: auto; text-align: center; }
    """

    def __init__(
        self,
        words: str = "",
        *,
        id: str | None = None,  # noqa: A002 - as every widget
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._words = words
        self.display = bool(words)

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words

    def say(self, words: str) -> None:
        """Say something else."""
        if words != self._words:
            self._words = words
            self.display = bool(words)
            self.refresh(layout=True)

    def render(self) -> Content:
        """The words as they are: no markup."""
        return Content(self._words)


class Heading(Words):
    """The sentence at the head of a screen, with room around it."""

    DEFAULT_CSS = """
    Heading { padding: 1 2 0 2; text-style: bold; }
    """
