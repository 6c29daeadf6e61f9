"""Words on a screen that are drawn anew when they change, and not when they are said again."""

from collections.abc import Sequence

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static


class Wording(Static):
    """A line or more of words.

    A screen says all of its words again each second and after each key. Textual would lay all of
    it out and draw it anew for that.
    """

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Say ``content``."""
        if not is_same(content, self.content):
            super().update(content, layout=layout)


def is_same(content: VisualType, other: VisualType) -> bool:
    """Whether both look alike; two contents are *equal* already when their letters are."""
    if isinstance(content, Content) and isinstance(other, Content):
        return content.is_same(other)
    return isinstance(content, str) and isinstance(other, str) and content == other


def are_same(contents: Sequence[Content], others: Sequence[Content]) -> bool:
    """Whether all of both look alike."""
    return len(contents) == len(others) and all(map(is_same, contents, others))
