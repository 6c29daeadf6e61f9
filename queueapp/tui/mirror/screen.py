"""A screen that faces its reader, and draws once for what happened together."""

from typing import TypeVar

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from queueapp.language import Direction
from queueapp.tui.mirror.compositor import MirrorCompositor

Result = TypeVar("Result")

COLLECT_S = 0.001
"""For so long changes are collected before they are drawn: one key makes many.

The waits of a key add up: with five milliseconds a tenth of what a person waits was this.
"""
MOST_PUT_OFF = 2
"""How often a drawing waits for another layout."""


class MirrorScreen(Screen[Result]):
    """Drawn from left to right, or as its image in a mirror; in either case laid out alike.

    Textual draws a screen as soon as it is laid out, and again for each thing that asked for it
    meanwhile: four times for one that opens. Here the drawing is put off to the end of what is
    done at a time.
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Drawn by the widgets that gain and lose it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every screen
        super().__init__(id=id)
        self._compositor: MirrorCompositor = MirrorCompositor()
        self._is_resuming = False
        self._draws_later = False
        self._is_due = False
        self._put_off = 0
        self._drawing_timer: Timer | None = None
        self._styled_for: tuple[str, bool] | None = None

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
        if is_mirrored != self.is_mirrored:
            self._compositor.turn(mirrored=is_mirrored)
            self.refresh()

    # -- once for what happened together: see the class --------------------------------------------

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        event.prevent_default()
        event.refresh_styles = self._styled_for not in {None, self._looks}
        self._styled_for = self._looks
        self._is_resuming = True
        try:
            super()._on_screen_resume(event)
        finally:
            self._is_resuming = False

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002 - as every screen
        if self._is_resuming:
            # Its words come next, and it would have to be laid out for them once more.
            self._layout_required = True
        else:
            # Not its own size, which may be that of before it was covered.
            super()._refresh_layout(size or self.app.size, scroll)

    @property
    def _looks(self) -> tuple[str, bool]:
        """What changes the styles of a screen that nobody sees."""
        return self.app.theme, self.app.app_focus

    async def _on_resize(self, event: events.Resize) -> None:
        event.prevent_default()
        # From the lowest to this one: what is seen through a screen has to be as large as it is.
        for screen in self.app._background_screens:  # noqa: SLF001 - as Textual does, but before
            screen._screen_resized(event.size)  # noqa: SLF001
        await super()._on_resize(event)

    def _screen_resized(self, size: Size) -> None:
        if size != self._compositor.size:  # Textual lays out what it has just laid out
            super()._screen_resized(size)

    @property
    def _update_timer(self) -> Timer:
        """When what changed is drawn.

        Textual's own waits for the next of its sixty beats a second; a key would wait with it.
        """
        if self._drawing_timer is None:
            self._drawing_timer = self.set_interval(
                COLLECT_S, self._on_timer_update, name="drawing", pause=True
            )
        return self._drawing_timer

    def _on_timer_update(self) -> None:
        is_large = self._layout_required or self._repaint_required
        self._draws_later = True
        super()._on_timer_update()
        self._draws_later = False
        if self._is_due and is_large and self._put_off < MOST_PUT_OFF:
            # Widgets that have another size now may say something else, and be laid out for it.
            self._put_off += 1
            self._update_timer.resume()
        elif self._is_due:
            self._put_off, self._is_due = 0, False
            super()._compositor_refresh()

    def _compositor_refresh(self) -> None:
        if self._draws_later:
            self._is_due = True
        else:
            super()._compositor_refresh()
