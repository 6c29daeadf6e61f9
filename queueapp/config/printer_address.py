"""Where tickets are printed: a printer on the network, at a USB port, of CUPS, or a folder."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

DEFAULT_PORT = 9100
"""Where ticket printers listen."""

_USB_DEVICE = re.compile(r"(?P<vendor>[0-9a-f]{4}):(?P<product>[0-9a-f]{4})", re.IGNORECASE)
_CUPS_NAME = re.compile(r"[^\s/?#]+")
_EXAMPLES = (
    "write network://192.168.1.50, usb://04b8:0e15, cups://Name or file:///folder/for/pictures"
)


class PrinterKind(StrEnum):
    """How a printer is reached."""

    NETWORK = "network"
    USB = "usb"
    CUPS = "cups"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterAddress:
    """One printer; the fields that its kind has no use for are empty."""

    kind: PrinterKind
    text: str
    """As it was written."""
    host: str = ""
    port: int = DEFAULT_PORT
    vendor: int = 0
    product: int = 0
    input_endpoint: int = 0x82
    """Where a USB printer answers, and where it listens; nearly all have these."""
    output_endpoint: int = 0x01
    queue: str = ""
    """The printer's name in CUPS."""
    folder: Path | None = None


def read_printer_address(text: str) -> PrinterAddress:
    """The printer that ``text`` names; raises :class:`ValueError` with a sentence."""
    text = text.strip()
    kind, separator, place = text.partition("://")
    if not separator or kind not in set(PrinterKind):
        raise ValueError(f"names no printer: {_EXAMPLES}")
    match PrinterKind(kind):
        case PrinterKind.NETWORK:
            return _network(text)
        case PrinterKind.USB:
            return _usb(text)
        case PrinterKind.CUPS:
            if not _CUPS_NAME.fullmatch(place):
                raise ValueError("must name the printer as CUPS does: cups://Name, see `lpstat -e`")
            return PrinterAddress(kind=PrinterKind.CUPS, text=text, queue=place)
        case PrinterKind.FILE:
            if not place:
                raise ValueError("must name a folder: file:///folder/for/pictures")
            folder = Path(place).expanduser().absolute()
            return PrinterAddress(kind=PrinterKind.FILE, text=f"file://{folder}", folder=folder)


def _network(text: str) -> PrinterAddress:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or DEFAULT_PORT
    except ValueError:
        host, port = "", 0
    if not host or parts.path.strip("/"):
        raise ValueError("must be a host and perhaps a port: network://192.168.1.50:9100")
    return PrinterAddress(kind=PrinterKind.NETWORK, text=text, host=host, port=port)


def _usb(text: str) -> PrinterAddress:
    place, _, query = text.partition("://")[2].partition("?")
    found = _USB_DEVICE.fullmatch(place.strip("/"))
    wrong = "must be vendor and product as `lsusb` shows them: usb://04b8:0e15"
    if found is None:
        raise ValueError(wrong)
    endpoints = dict(parse_qsl(query))
    if not endpoints.keys() <= {"in", "out"}:
        raise ValueError(f"{wrong}, and if need be ?in=0x82&out=0x01")
    try:
        return PrinterAddress(
            kind=PrinterKind.USB,
            text=text,
            vendor=int(found["vendor"], 16),
            product=int(found["product"], 16),
            input_endpoint=int(endpoints.get("in", "0x82"), 0),
            output_endpoint=int(endpoints.get("out", "0x01"), 0),
        )
    except ValueError:
        raise ValueError(f"{wrong}, and if need be ?in=0x82&out=0x01") from None
