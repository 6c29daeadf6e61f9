"""The work of a printer's process: each ticket once, and staff know what did not come out.

Its rules. A print is taken before anything is sent, so that no other process can take it. What
failed before anything was sent is tried again while its owner stands there; what failed later may
lie in the tray, so it is never sent again by itself. What was under way when a process died is
open: staff are told, and print a copy if need be.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from queueapp.devices.printer.status import PrinterStatus, PrinterTrouble
from queueapp.devices.printer.ticket_printer import TicketPrinter
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import Print, PrinterFault, PrinterName, PrintState
from queueapp.domain.words import BranchId
from queueapp.operations.commands import Command, ReportPrinter
from queueapp.operations.ports import Receipt, StoreUnavailable
from queueapp.operations.printing import PrintQueue

if TYPE_CHECKING:
    from PIL.Image import Image

LEASE = timedelta(seconds=6)
"""How long another process waits before it takes over from one that died."""
RENEW_S = 2.0
AGAIN_S = 2.0
"""How soon a printer that is down is tried again while somebody waits for a ticket."""
LOOK_S = 1.0
"""How often the work is looked for when nothing is heard of the branch."""
AFTER_FAILURE_S = 1.0


class Stop(Protocol):
    """Tells a loop to end; an event of ``threading`` does."""

    def is_set(self) -> bool:
        """Whether the loop shall end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A ticket ready for the printer."""

    picture: "Image"
    name: str


class PrinterWork:
    """Prints what is asked of ``name``, while this process holds that printer.

    ``holder`` names the process, unlike any other; ``draw`` makes the picture of a print in a
    branch, or nothing for a ticket that the branch does not know (yet). ``clock`` is the branch's
    clock, ``seconds`` one that never goes back; ``look_at_printer_s``: how often a printer that has
    nothing to do is asked how it is.
    """

    def __init__(
        self,
        printer: TicketPrinter,
        queue: PrintQueue,
        handle: Callable[[Command], Receipt],
        draw: Callable[[LiveBranch, Print], Drawn | None],
        *,
        branch: BranchId,
        name: PrinterName,
        holder: str,
        clock: Callable[[], datetime],
        look_at_printer_s: float = 5.0,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._printer = printer
        self._queue = queue
        self._handle = handle
        self._draw = draw
        self._branch = branch
        self._name = name
        self._holder = holder
        self._clock = clock
        self._look_at_printer_s = look_at_printer_s
        self._seconds = seconds
        self._holds = False
        self._took_over_at: datetime | None = None
        self._told: PrinterStatus | None = None
        self._asked_at: float | None = None
        self._outcomes: list[tuple[Print, PrinterTrouble | None]] = []
        """What came of prints, as long as the database has not heard of it."""

    # -- the loop --------------------------------------------------------------------------------

    def run(
        self, latest: Callable[[], LiveBranch | None], woken: threading.Event, stop: Stop
    ) -> None:
        """Go on until ``stop``; ``woken`` is set when the branch has moved."""
        ended = threading.Event()
        heart = threading.Thread(target=self._beat, args=(ended,), name="lease", daemon=True)
        heart.start()
        try:
            while not stop.is_set():
                woken.wait(LOOK_S)
                woken.clear()
                self._look_safely(latest(), stop)
        finally:
            ended.set()
            heart.join()
            with suppress(StoreUnavailable):  # then the lease ends by itself
                if self._holds:
                    self._hold(timedelta(0))

    def _beat(self, ended: threading.Event) -> None:
        """Keep the lease while a slow printer keeps the loop."""
        while not ended.wait(RENEW_S):
            with suppress(StoreUnavailable):
                if self._holds:
                    self._holds = self._hold(LEASE)

    def _look_safely(self, live: LiveBranch | None, stop: Stop) -> None:
        try:
            if live is not None:
                self.look(live, stop)
        except StoreUnavailable:
            time.sleep(AFTER_FAILURE_S)
        except Exception:  # whatever it is, the next ticket gets its chance
            logging.getLogger(__name__).exception("the printer's work went wrong")
            time.sleep(AFTER_FAILURE_S)

    def look(self, live: LiveBranch, stop: Stop) -> None:
        """Do what there is to do now; raises ``StoreUnavailable``."""
        if not self._take_printer():
            return
        self._record_outcomes()
        waiting = self._queue.prints(self._branch, self._name, PrintState.WAITING)
        if not waiting:
            self._look_at_printer()
            return
        self._give_up(waiting)
        for asked in waiting:
            if stop.is_set() or (self._is_down and not self._is_time_to_try_again()):
                return
            if not self._is_given_up(asked):
                self._print(live, asked)

    # -- the right to print ----------------------------------------------------------------------

    def _take_printer(self) -> bool:
        if not self._holds:
            self._holds = self._hold(LEASE)
            if self._holds:
                self._took_over_at = self._clock()
                self._told = None
                self._report_abandoned()
        return self._holds

    def _hold(self, lasts: timedelta) -> bool:
        return self._queue.hold_printer(self._branch, self._name, self._holder, lasts)

    def _report_abandoned(self) -> None:
        """Whoever held the printer before died over these: nobody knows whether they came out."""
        known = {(asked.ticket, asked.ordinal) for asked, _ in self._outcomes}
        left = self._queue.prints(self._branch, self._name, PrintState.PRINTING)
        abandoned = [each for each in left if (each.ticket, each.ordinal) not in known]
        if abandoned:
            self._report(
                PrinterStatus(),
                *(_failed(each, PrinterFault.OFFLINE, reached_paper=True) for each in abandoned),
            )

    # -- the printer -----------------------------------------------------------------------------

    @property
    def _is_down(self) -> bool:
        return self._told is not None and self._told.fault is not None

    def _is_time_to_try_again(self) -> bool:
        return self._asked_at is None or self._seconds() - self._asked_at >= AGAIN_S

    def _look_at_printer(self) -> None:
        due = self._asked_at is None or self._seconds() - self._asked_at >= self._look_at_printer_s
        if due or self._told is None:
            status = self._printer.status()
            self._asked_at = self._seconds()
            self._tell(status)

    def _tell(self, status: PrinterStatus) -> None:
        """Tell staff, if it is news to them."""
        if status != self._told:
            self._report(status)

    def _report(self, status: PrinterStatus, *failed: Print) -> None:
        self._handle(
            ReportPrinter(
                printer=self._name,
                fault=status.fault,
                paper_is_low=status.paper_is_low,
                failed=failed,
            )
        )
        self._told = status

    # -- prints ----------------------------------------------------------------------------------

    def _is_given_up(self, asked: Print) -> bool:
        """Whether its owner has gone while it could not be printed; a slow printer catches up."""
        was_left = self._took_over_at is not None and asked.asked_at < self._took_over_at
        return (self._is_down or was_left) and asked.is_overdue(self._clock())

    def _give_up(self, waiting: list[Print]) -> None:
        fault = self._told.fault if self._told is not None else None
        overdue = [
            _failed(each, fault or PrinterFault.OFFLINE)
            for each in waiting
            if self._is_given_up(each)
        ]
        if overdue:
            self._report(self._told or PrinterStatus(), *overdue)

    def _print(self, live: LiveBranch, asked: Print) -> None:
        drawn = self._draw(live, asked)
        if drawn is None:  # issued a moment ago: the picture of the branch is about to come
            if asked.is_overdue(self._clock()):
                self._report(self._told or PrinterStatus(), _failed(asked, PrinterFault.OFFLINE))
            return
        if not self._queue.begin_print(self._branch, asked):
            return
        trouble = None
        try:
            status = self._printer.print(drawn.picture, drawn.name)
        except PrinterTrouble as met:
            status, trouble = PrinterStatus(fault=met.fault), met
            if status != self._told or met.reached_paper:
                logging.getLogger(__name__).warning("%s was not printed: %s", drawn.name, met)
        finally:
            self._asked_at = self._seconds()
        self._outcomes.append((asked, trouble))
        self._record_outcomes()
        self._tell(status)

    def _record_outcomes(self) -> None:
        while self._outcomes:
            asked, trouble = self._outcomes[0]
            if trouble is None:
                self._queue.end_print(self._branch, asked)
            elif trouble.reached_paper:
                failed = _failed(asked, trouble.fault, reached_paper=True)
                self._report(PrinterStatus(fault=trouble.fault), failed)
            else:
                self._queue.put_back(self._branch, asked)
            del self._outcomes[0]


def _failed(print_: Print, fault: PrinterFault, *, reached_paper: bool = False) -> Print:
    return replace(print_, state=PrintState.FAILED, fault=fault, reached_paper=reached_paper)
