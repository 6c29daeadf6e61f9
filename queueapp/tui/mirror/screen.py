"""A screen that faces its reader."""

from typing import TypeVar

from textual.screen import Screen

from queueapp.language import Direction
from queueapp.tui.mirror.compositor import MirrorCompositor

Result = TypeVar("Result")


class MirrorScreen(Screen[Result]):
    """Drawn from left to right, or as its image in a mirror; in either case laid out alike."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every screen
        super().__init__(id=id)
        self._compositor: MirrorCompositor = MirrorCompositor()

    def drawing(self) -> str:
        """All of the screen, as it is written to the terminal."""
        return self._compositor.drawing(self.app)

    @property
    def is_mirrored(self) -> bool:
        """Whether the start of a line is at the right."""
        return self._compositor.is_mirrored

    def face(self, direction: Direction) -> None:
        """Draw for readers whose lines run in ``direction``."""
        is_mirrored = direction is Direction.RIGHT_TO_LEFT
        self.set_class(is_mirrored, "-rtl")
        if is_mirrored != self.is_mirrored:
            self._compositor.turn(mirrored=is_mirrored)
            self.refresh()
