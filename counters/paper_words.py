"""What staff are told about printers and tickets on paper."""

from queueapp.domain.alerts import Alert, AlertKind
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import PrinterName
from queueapp.language import Language
from queueapp.language.printer_words import printer_words


def printer_sentence(live: LiveBranch, name: PrinterName | None, language: Language) -> str:
    """What is the matter with a printer, and with which."""
    printer = live.printers.get(name) if name is not None else None
    if printer is None:
        return ""
    return language.text(
        "Printer {printer}: {trouble}",
        printer=printer.name,
        trouble=printer_words(printer, language),
    )


def paper_sentence(alert: Alert, live: LiveBranch, language: Language) -> str:
    """What is wrong, for an alert about paper."""
    if alert.kind is AlertKind.TICKETS_UNPRINTED:
        return language.plural(
            "{count} ticket was not printed", "{count} tickets were not printed", alert.count
        )
    return printer_sentence(live, alert.printer, language)
