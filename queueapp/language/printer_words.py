"""What a printer lacks, in the words of an office."""

from collections.abc import Mapping
from types import MappingProxyType

from queueapp.domain.printing import Printer, PrinterFault
from queueapp.domain.words import sentence
from queueapp.language.language import Language

FAULTS: Mapping[PrinterFault, str] = MappingProxyType(
    {
        PrinterFault.OFFLINE: sentence("switched off or unplugged"),
        PrinterFault.SILENT: sentence("does not answer"),
        PrinterFault.COVER_OPEN: sentence("the cover is open"),
        PrinterFault.PAPER_OUT: sentence("no paper"),
        PrinterFault.BROKEN: sentence("jammed or broken"),
    }
)
PAPER_LOW = sentence("the paper is running out")


def printer_words(printer: Printer, language: Language) -> str:
    """What is the matter with ``printer``, in a few words; empty when all is well."""
    if printer.fault is not None:
        return language.text(FAULTS[printer.fault])
    return language.text(PAPER_LOW) if printer.paper_is_low else ""
