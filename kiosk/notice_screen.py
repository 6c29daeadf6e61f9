"""A sentence that somebody should read before the kiosk goes on."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Center, Middle

from kiosk.heading import Heading
from kiosk.kiosk_screen import KioskScreen, Pace
from kiosk.way_back import WayBack
from queueapp.domain.live import LiveBranch

SHOWN_FOR = 8
"""Seconds: enough to read two sentences twice."""


class NoticeScreen(KioskScreen[None]):
    """Shows ``notice`` until somebody touches anything, or for a few seconds."""

    CSS = """
    NoticeScreen Middle { height: 1fr; }
    NoticeScreen Center { height: auto; padding: 0 6; }
    """

    def __init__(self, notice: str, *, pace: Pace, language: str | None = None) -> None:
        super().__init__(pace, language=language)
        self.notice = notice

    @property
    def patience(self) -> float:
        """A notice does not stay long."""
        return min(SHOWN_FOR, self.pace.idle)

    def body(self) -> ComposeResult:
        """The sentence in the middle."""
        with Middle(), Center():
            yield Heading(self.notice)
        yield WayBack("0")

    def on_mount(self) -> None:
        """The touch that led here is not an answer to it."""
        self.settle()

    def show(self, live: LiveBranch) -> None:  # noqa: ARG002 - the sentence does not move
        """Count down."""
        self.query_one(WayBack).count_down(self.seconds_left, self.patience, self.language)

    def on_click(self) -> None:
        """Anywhere is right."""
        self._go()

    def typed(self, event: events.Key) -> None:  # noqa: ARG002 - any key
        """Any key is right."""
        self._go()

    def _go(self) -> None:
        if self.settled:
            self.dismiss(None)
