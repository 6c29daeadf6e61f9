"""Whether the ticket printer prints, tried with a ticket if that is wanted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from queueapp.cli.doctor.findings import About, Finding
from queueapp.config.settings import Settings
from queueapp.domain.branch import Branch
from queueapp.domain.printing import PrinterFault

if TYPE_CHECKING:
    from queueapp.devices.printer.connecting import PrinterSetup
    from queueapp.devices.printer.ticket_printer import TicketPrinter

_about = About("printer")

WHAT_TO_DO = {
    PrinterFault.OFFLINE: "Is it switched on, plugged in and at this address? Is the cable whole?",
    PrinterFault.SILENT: (
        "Switch it off and on. If it never says how it is, set printer_answers to false."
    ),
    PrinterFault.COVER_OPEN: "Close the cover.",
    PrinterFault.PAPER_OUT: "Put a new roll in.",
    PrinterFault.BROKEN: "Look for stuck paper at the cutter, then switch it off and on.",
}
IS = {
    PrinterFault.OFFLINE: "cannot be reached",
    PrinterFault.SILENT: "does not answer",
    PrinterFault.COVER_OPEN: "has its cover open",
    PrinterFault.PAPER_OUT: "has no paper",
    PrinterFault.BROKEN: "says that something is jammed or broken",
}


def printer_findings(
    settings: Settings, branch: Branch | None, *, prints: bool
) -> Iterator[Finding]:
    """How the printer is; with ``prints``, after a test ticket."""
    address = settings.printer_address
    if address is None:
        if prints:
            yield _about.wrong(
                "There is no printer to print on.",
                "Name it with --printer, or with `printer` in the settings file.",
            )
        return
    from queueapp.bootstrap.printing import printer_setup  # noqa: PLC0415 - see queueapp.cli
    from queueapp.devices.printer.connecting import connect  # noqa: PLC0415
    from queueapp.devices.printer.drawing import can_shape  # noqa: PLC0415
    from queueapp.devices.printer.escpos_library import UnknownProfile  # noqa: PLC0415

    if not can_shape():
        yield _about.wrong(
            "Pillow was built without Raqm: Persian letters would stand apart on paper.",
            "Install Pillow from its wheel (pip install --force-reinstall pillow).",
        )
    setup = printer_setup(settings, address)
    try:
        printer = connect(setup)
    except UnknownProfile as unknown:
        yield _about.wrong(
            f"python-escpos has no printer profile {unknown}.",
            "Leave printer_profile out, or take a name from python-escpos's list.",
        )
        return
    yield from _state(printer, address.text)
    if prints:
        yield _print(printer, setup, settings, branch)


def _state(printer: "TicketPrinter", address: str) -> Iterator[Finding]:
    status = printer.status()
    if status.fault is not None:
        yield _about.wrong(f"{address} {IS[status.fault]}.", WHAT_TO_DO[status.fault])
    elif status.paper_is_low:
        yield _about.attention(f"{address} is running out of paper.", "Have a new roll at hand.")
    else:
        yield _about.ok(f"{address} is ready.")


def _print(
    printer: "TicketPrinter", setup: "PrinterSetup", settings: Settings, branch: Branch | None
) -> Finding:
    from queueapp.devices.printer.connecting import picture_of  # noqa: PLC0415 - see queueapp.cli
    from queueapp.devices.printer.status import PrinterTrouble  # noqa: PLC0415
    from queueapp.devices.printer.trial_ticket import trial_words  # noqa: PLC0415
    from queueapp.language import load_language  # noqa: PLC0415

    zone = branch.zone if branch is not None else ZoneInfo("UTC")
    first = branch.languages[0] if branch is not None else "en"
    language = load_language(settings.language or first, zone=zone)
    name = language.name(branch.name) if branch is not None else "queueapp"
    words = trial_words(language, datetime.now(UTC), printer=settings.printer_known_as, branch=name)
    try:
        printer.print(picture_of(words, setup), "test-ticket")
    except PrinterTrouble as trouble:
        return _about.wrong(
            f"The test ticket was not printed: the printer {IS[trouble.fault]} ({trouble}).",
            WHAT_TO_DO[trouble.fault],
        )
    return _about.ok(f"A test ticket was printed, {setup.width} dots wide.")
