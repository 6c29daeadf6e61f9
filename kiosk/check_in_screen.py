"""The code of an appointment, typed or scanned: its holder is here."""

from math import ceil

from textual import events

from kiosk.kiosk_screen import Pace
from kiosk.pad_screen import PadScreen
from kiosk.scanner import Scanner
from kiosk.wrong_codes import WrongCodes
from queueapp.domain.appointment import CODE_DIGITS, spoken_code
from queueapp.domain.printing import PrinterName
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.typed import plain
from queueapp.domain.words import sentence
from queueapp.operations.appointment_commands import CheckIn
from queueapp.operations.ports import Receipt

TOO_MANY = sentence("Too many wrong codes: please wait {seconds} seconds.")
SHORTER = sentence("The code has {count} figures.")
READING = "…"


class CheckInScreen(PadScreen[Receipt | Refused]):
    """Checks in; the result is the ticket's receipt, or why there is none.

    ``scanned``: the text of a code that was read before this screen was there.
    """

    question = sentence("What is the code of your appointment?")
    hint = sentence("Type its eight figures, or hold the code in front of the reader.")
    DEFAULT_CSS = """
    CheckInScreen BigNumber { text-style: bold; }
    """

    def __init__(
        self,
        wrong_codes: WrongCodes,
        *,
        pace: Pace,
        scanned: str = "",
        printer: PrinterName | None = None,
        language: str | None = None,
    ) -> None:
        super().__init__(pace, language=language)
        self._wrong_codes = wrong_codes
        self._scanned = scanned
        self._printer = printer
        self._scanner = Scanner()

    def on_mount(self) -> None:
        """What was scanned already is looked at without a further touch."""
        if self._scanned:
            self.begin(lambda: self._check_in(self._scanned))

    def may_type(self, character: str) -> bool:
        """As many figures as a code has."""
        return character.isdecimal() and len(self.entry) < CODE_DIGITS

    def written(self) -> str:
        """In two parts, as it is read aloud."""
        if self._scanner.is_reading:
            return READING
        return self.language.digits(spoken_code(plain(self.entry)).strip()) or super().written()

    def may_repeat(self) -> bool:
        """A reader types faster than any finger."""
        return self._scanner.is_reading or super().may_repeat()

    def typed(self, event: events.Key) -> None:
        """A figure, or a letter of what a reader types."""
        if not self._scanner.takes(event):
            super().typed(event)
            return
        scanned = self._scanner.finished(event)
        if scanned:
            self.once(lambda: self._check_in(scanned))
        self.catch_up()

    def tick(self) -> None:
        """A reader that has stopped was none."""
        self._scanner.tick()
        super().tick()

    def accept(self) -> None:
        """Look for it."""
        if len(self.entry) < CODE_DIGITS:
            self.complaint = self.language.text(SHORTER, count=CODE_DIGITS)
            return
        typed = plain(self.entry)
        self.once(lambda: self._check_in(typed))

    async def _check_in(self, code: str) -> None:
        wait = self._wrong_codes.wait()
        if wait > 0:
            self.complaint = self.language.text(TOO_MANY, seconds=ceil(wait))
            return
        answer = await self.terminal.perform(
            CheckIn(code=code, language=self.language.code, printer=self._printer)
        )
        if isinstance(answer, Refused) and answer.reason is Reason.APPOINTMENT_UNKNOWN:
            self._wrong_codes.was_wrong()
            self.entry = ""
            self.complaint = self.language.refusal(answer)
            return
        self._wrong_codes.was_right()
        self.dismiss(answer)
