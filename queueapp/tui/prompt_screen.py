"""Type one thing: a note, a number of minutes, a PIN."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button

from queueapp.domain.typed import persian_letters, plain
from queueapp.domain.words import sentence
from queueapp.tui.dialog import Dialog
from queueapp.tui.line_input import LineInput
from queueapp.tui.wording import Wording

OK = sentence("OK")

Judge = Callable[[str], str | None]
"""Says what is wrong with an answer, as a translated sentence; ``None``: nothing."""


class PromptScreen(Dialog[str]):
    """Asks for one line. ``only_digits`` answers come in Latin digits, however they were typed."""

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        masked: bool = False,
        only_digits: bool = False,
        longest: int = 200,
        judge: Judge | None = None,
        patience: float | None = None,
    ) -> None:
        super().__init__(question, patience=patience)
        self._value = value
        self._masked = masked
        self._only_digits = only_digits
        self._longest = longest
        self._judge = judge

    def body(self) -> ComposeResult:
        """The line to type, room for what is wrong with it, and two buttons."""
        yield LineInput(
            self._value,
            password=self._masked,
            restrict="[0-9۰-۹٠-٩]*" if self._only_digits else None,
            max_length=self._longest,
            classes="dialog-input",
        )
        yield Wording("", classes="dialog-complaint past", markup=False)
        with Horizontal(classes="dialog-buttons"):
            yield Button(
                self.language.text(OK), id="ok", classes="dialog-button", action="screen.accept"
            )
            yield self.cancel_button()

    def on_input_submitted(self) -> None:
        """Enter was pressed."""
        self.action_accept()

    def on_input_changed(self) -> None:
        """What was wrong may be right now."""
        self.query_one(".dialog-complaint", Wording).update("")

    def action_accept(self) -> None:
        """Close with what was typed, unless something is wrong with it."""
        answer = self.query_one(LineInput).value.strip()
        answer = plain(answer) if self._only_digits else persian_letters(answer)
        complaint = self._judge(answer) if self._judge else None
        if complaint is None:
            self.dismiss(answer)
            return
        self.query_one(".dialog-complaint", Wording).update(complaint)
