"""python-escpos, loaded so that it leaves nothing behind and prints nothing of its own."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from queueapp.config.printer_address import PrinterAddress, PrinterKind

if TYPE_CHECKING:
    from escpos.capabilities import Profile
    from escpos.escpos import Escpos

STATUS_S = 12.0
"""How long a printer may take to say how it is; slow ones need ten."""
WORK_S = 15.0
"""How long one step of printing may take."""

_CACHE_VARIABLE = "ESCPOS_CAPABILITIES_PICKLE_DIR"


class UnknownProfile(Exception):  # noqa: N818 - it names a setting
    """There is no printer profile of this name."""


def keep_its_cache_in(folder: Path) -> None:
    """Where the library keeps what it read; by itself, it would make a new folder each time."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault(_CACHE_VARIABLE, str(folder))


def time_outs() -> tuple[type[Exception], ...]:
    """What a printer raises that did not answer in time."""
    from usb.core import USBTimeoutError  # noqa: PLC0415 - slow to load

    return TimeoutError, USBTimeoutError


def profile_for(name: str, width: int) -> "Profile":
    """The library's profile ``name``, for a head of ``width`` dots."""
    from escpos.capabilities import Profile, get_profile_class  # noqa: PLC0415 - slow to load

    try:
        known = get_profile_class(name).profile_data
    except KeyError:
        raise UnknownProfile(name) from None
    media = {**known["media"], "width": {"pixels": width, "mm": known["media"]["width"]["mm"]}}
    fitted = type("FittedProfile", (Profile,), {"profile_data": {**known, "media": media}})
    profile: Profile = fitted(features=known["features"])
    return profile


def opener(
    address: PrinterAddress, profile: "Profile", *, seconds: float
) -> Callable[[], "Escpos"]:
    """What opens the printer at ``address``; no step of it takes longer than ``seconds``."""
    from escpos import printer  # noqa: PLC0415 - slow to load

    def open_printer() -> "Escpos":
        match address.kind:
            case PrinterKind.NETWORK:
                device = printer.Network(
                    address.host, address.port, timeout=seconds, profile=profile
                )
                # Not its own way to open, which leaves a socket behind when nobody is there.
                device.device = socket.create_connection((address.host, address.port), seconds)
                return device
            case PrinterKind.USB:
                device = printer.Usb(
                    address.vendor,
                    address.product,
                    timeout=int(seconds * 1000),
                    in_ep=address.input_endpoint,
                    out_ep=address.output_endpoint,
                    profile=profile,
                )
            case _:
                device = printer.LP(address.queue, profile=profile)
        device.open()
        return device

    return open_printer
