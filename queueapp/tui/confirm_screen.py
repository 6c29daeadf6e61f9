"""Yes or no."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from queueapp.domain.words import sentence
from queueapp.tui.dialog import Dialog
from queueapp.tui.keys import Key

YES = Key(key="y", action="yes", label=sentence("Yes"), help=sentence("Do it."))
NO = Key(key="n", action="no", label=sentence("No"), help=sentence("Leave it as it is."))


class ConfirmScreen(Dialog[bool]):
    """Asks before something that cannot be taken back; ``True``, ``False``, or ``None``."""

    AUTO_FOCUS = "#no"
    BINDINGS: ClassVar[list[BindingType]] = [YES.binding(), NO.binding()]

    def body(self) -> ComposeResult:
        """Two buttons."""
        with Horizontal(classes="dialog-buttons"):
            for key in (YES, NO):
                label = f"{key.cap(self.language)}  {self.language.text(key.label)}"
                yield Button(
                    label, id=key.action, classes="dialog-button", action=f"screen.{key.action}"
                )

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(True)  # noqa: FBT003 - the answer itself

    def action_no(self) -> None:
        """No."""
        self.dismiss(False)  # noqa: FBT003 - the answer itself
