"""The settings of what is connected to a terminal: its ticket printer and its loudspeaker."""

import re
import socket
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings

from queueapp.config.printer_address import PrinterAddress, PrinterKind, read_printer_address
from queueapp.config.quiet_hours import QUIET_EXAMPLE, QuietSpan, read_quiet_hours

YES_OR_NO = "true or false"


def _printer(text: str) -> str:
    return read_printer_address(text).text


def _quiet(text: str) -> str:
    read_quiet_hours(text)
    return text


def _existing(path: Path) -> Path:
    whole = path.expanduser().absolute()
    if not whole.exists():
        raise ValueError(f"there is nothing at {whole}")
    return whole


def _width(value: object) -> object:
    return int(value) if isinstance(value, str) and re.fullmatch(r"\d+", value) else value


class DeviceSettings(BaseSettings):
    """The part of :class:`~queueapp.config.settings.Settings` that is about devices."""

    printer: Annotated[str, AfterValidator(_printer)] | None = Field(
        default=None,
        description=(
            "network://192.168.1.50, usb://04b8:0e15, cups://Name or file:///folder/for/pictures"
        ),
    )
    """Where a kiosk prints its tickets; ``None``: nowhere."""
    printer_name: str | None = Field(
        default=None, min_length=1, max_length=40, description="a name of at most 40 letters"
    )
    printer_width: Annotated[Literal[384, 512, 576], BeforeValidator(_width)] = Field(
        default=576, description="384, 512 or 576"
    )
    printer_profile: str = Field(
        default="default", min_length=1, description="a printer profile of python-escpos"
    )
    printer_logo: Annotated[Path, AfterValidator(_existing)] | None = Field(
        default=None, description="the path of a picture that exists"
    )
    printer_answers: bool = Field(default=True, description=YES_OR_NO)
    voice: bool = Field(default=False, description=YES_OR_NO)
    voice_clips: Annotated[Path, AfterValidator(_existing)] | None = Field(
        default=None, description="the path of a folder that exists"
    )
    voice_repeat_seconds: int = Field(
        default=0, ge=0, le=600, description="a whole number of seconds from 0 to 600"
    )
    voice_quiet: Annotated[str, AfterValidator(_quiet)] = Field(
        default="", description=f"hours like {QUIET_EXAMPLE}"
    )
    voice_every_language: bool = Field(default=False, description=YES_OR_NO)

    @property
    def printer_address(self) -> PrinterAddress | None:
        """The printer that ``printer`` names."""
        return None if self.printer is None else read_printer_address(self.printer)

    @property
    def printer_known_as(self) -> str:
        """What staff call the printer: its own name, else where it is.

        Kiosks with one name share a printer, so what is not on the network is told apart by the
        machine that it is connected to.
        """
        address = self.printer_address
        if self.printer_name is not None or address is None:
            return self.printer_name or ""
        return address.host if address.kind is PrinterKind.NETWORK else socket.gethostname()

    @property
    def quiet_hours(self) -> tuple[QuietSpan, ...]:
        """The hours that ``voice_quiet`` names."""
        return read_quiet_hours(self.voice_quiet)
