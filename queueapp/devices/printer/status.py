"""What a ticket printer says of itself, as ESC/POS has it.

``DLE EOT n`` is answered at once, even by a printer that cannot print; ``GS r 1`` when everything
before it was printed. The bits are those of Epson's command reference, which the others follow.
"""

from dataclasses import dataclass

from queueapp.domain.printing import PrinterFault

ASK_STATE = b"\x10\x04\x01"
ASK_WHY_OFFLINE = b"\x10\x04\x02"
ASK_PAPER = b"\x10\x04\x04"
ASK_WHEN_PRINTED = b"\x1dr\x01"

_FIXED = 0b1001_0011
_REALTIME = 0b0001_0010
"""The bits that an answer to ``DLE EOT`` always has: 1 and 4 set, 0 and 7 clear."""
_OFFLINE = 0b0000_1000
_COVER_OPEN = 0b0000_0100
_PAPER_ENDED = 0b0010_0000
_ERROR = 0b0100_0000
_NEARLY_ENDED = 0b0000_1100
_ROLL_ENDED = 0b0110_0000


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterStatus:
    """Whether a printer would print now."""

    fault: PrinterFault | None = None
    paper_is_low: bool = False


class PrinterTrouble(Exception):  # noqa: N818 - it names a state of the printer
    """A printer did not print; ``reached_paper``: a part of it may have come out."""

    def __init__(
        self, fault: PrinterFault, *, reached_paper: bool = False, detail: str = ""
    ) -> None:
        self.fault = fault
        self.reached_paper = reached_paper
        super().__init__(detail or fault.value)


def realtime_answers(received: bytes) -> list[int]:
    """The answers to ``DLE EOT`` among ``received``."""
    return [byte for byte in received if byte & _FIXED == _REALTIME]


def says_printed(received: bytes) -> bool:
    """Whether ``received`` has an answer to ``GS r 1``, which has bits 4 and 7 clear."""
    return any(byte & 0b1001_0000 == 0 for byte in received)


def fault_of(*, state: int, why: int, paper: int) -> PrinterFault | None:
    """Why it does not print, from its answers to the three questions; ``None``: it does."""
    if why & _COVER_OPEN:
        return PrinterFault.COVER_OPEN
    if why & _PAPER_ENDED or paper & _ROLL_ENDED:
        return PrinterFault.PAPER_OUT
    if why & _ERROR:
        return PrinterFault.BROKEN
    return PrinterFault.OFFLINE if state & _OFFLINE else None


def status_of(*, state: int, why: int, paper: int) -> PrinterStatus:
    """The same, with what the near-end sensor says."""
    return PrinterStatus(
        fault=fault_of(state=state, why=why, paper=paper),
        paper_is_low=bool(paper & _NEARLY_ENDED) and not paper & _ROLL_ENDED,
    )
