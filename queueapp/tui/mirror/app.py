"""The program around mirrored screens: what comes from the terminal, and what goes to it.

Mouse and arrow keys reach the screens in the order of reading; of what they draw, the terminal is
given what it does not show already.
"""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen
from textual.widget import Widget

from queueapp.tui.mirror.events import image
from queueapp.tui.mirror.frame import Changes, Frame
from queueapp.tui.mirror.screen import MirrorScreen
from queueapp.tui.mirror.stylesheet import KeptStylesheet

Answer = TypeVar("Answer")

_MAY_SHOW_OTHER = (events.Resize, events.AppFocus, Driver.SignalResume)
"""After these the terminal may not show what was written to it."""


class MirrorApp(App[Answer], inherit_bindings=False):
    """Its screens may be mirrored, each by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._frame = Frame()
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        self._disable_tooltips = True  # nobody says any, and each screen would hold a place for one

    async def on_event(self, event: events.Event) -> None:
        """Turn around what comes from the terminal while a mirrored screen is shown."""
        if isinstance(event, _MAY_SHOW_OTHER):
            self._frame.forget()
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, MirrorScreen) and screen.is_mirrored:
                event = image(event, self.size.width)
        await super().on_event(event)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, but for the one that looks for colours by number: our themes name none."""
        filters = super().get_line_filters()
        return [each for each in filters if not isinstance(each, ANSIToTruecolor)]

    def draw_anew(self) -> None:
        """Write all of the screen once more, whatever the terminal shows."""
        self._frame.forget()
        self.screen.refresh()

    def changes(self, update: CompositorUpdate) -> Changes | None:
        """What is to be written of ``update``."""
        return self._frame.changes(update, self.console)

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        # The screen below one that closes draws itself as it comes back: no second time for this.
        return super()._prune(*nodes, parent=None if parent is self else parent)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        update = cast("object", renderable)  # Textual's own updates are no renderables by type
        if isinstance(update, CompositorUpdate) and not self._batch_count:
            renderable = cast("RenderableType | None", self.changes(update))
        super()._display(screen, renderable)
