"""The program around mirrored screens: mouse and arrow keys reach them in the order of reading."""

from typing import TypeVar

from textual import events
from textual.app import App

from queueapp.tui.mirror.events import image
from queueapp.tui.mirror.screen import MirrorScreen

Answer = TypeVar("Answer")


class MirrorApp(App[Answer], inherit_bindings=False):
    """Its screens may be mirrored, each by itself."""

    async def on_event(self, event: events.Event) -> None:
        """Turn around what comes from the terminal while a mirrored screen is shown."""
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, MirrorScreen) and screen.is_mirrored:
                event = image(event, self.size.width)
        await super().on_event(event)
