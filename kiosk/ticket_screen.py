"""The ticket that was just taken."""

from textual import events
from textual.app import ComposeResult

from kiosk.kiosk_screen import KioskScreen, Pace
from kiosk.ticket_view import TicketView
from kiosk.way_back import WayBack
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import PrinterName
from queueapp.domain.ticket_code import code_data
from queueapp.domain.words import ServiceCode
from queueapp.operations.ports import Receipt


class TicketScreen(KioskScreen[None]):
    """Shows the ticket of ``receipt`` for a while; any touch or key ends it earlier."""

    def __init__(
        self,
        receipt: Receipt,
        service: ServiceCode,
        public_url: str | None,
        *,
        pace: Pace,
        language: str | None = None,
        printer: PrinterName | None = None,
    ) -> None:
        super().__init__(pace, language=language)
        self.receipt = receipt
        self._service = service
        self._printer = printer
        self._code = code_data(public_url, receipt.label, receipt.token)

    @property
    def patience(self) -> float:
        """A ticket has its own time."""
        return self.pace.ticket

    def body(self) -> ComposeResult:
        """The ticket over the way back."""
        yield TicketView(self.language.label(self.receipt.label), self._service, self._code)
        yield WayBack("0")

    def on_mount(self) -> None:
        """The second half of a double tap must not take the ticket away."""
        self.settle()

    def show(self, live: LiveBranch) -> None:
        """Draw the ticket as it is now."""
        view = self.query_one(TicketView)
        view.show_ticket(live, self.receipt.ticket, self.now(), self.language)
        printer = live.printers.get(self._printer) if self._printer is not None else None
        if printer is not None and printer.fault is not None:
            view.say_no_paper(self.language, has_page=bool(live.branch.public_url))
        self.query_one(WayBack).count_down(
            self.seconds_left, self.patience, self.language, said_from=self.patience
        )

    def on_click(self) -> None:
        """Anywhere is right."""
        self._go()

    def typed(self, event: events.Key) -> None:  # noqa: ARG002 - any key
        """Any key is right."""
        self._go()

    def _go(self) -> None:
        if self.settled:
            self.dismiss(None)
