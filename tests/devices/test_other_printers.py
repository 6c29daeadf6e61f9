"""Printers behind CUPS and at a USB port, and the one that keeps pictures."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from queueapp.config.printer_address import read_printer_address
from queueapp.devices.printer.connecting import PrinterSetup, connect
from queueapp.devices.printer.cups_printer import status_told_by_cups
from queueapp.devices.printer.status import PrinterStatus, PrinterTrouble
from queueapp.devices.printer.ticket_printer import TicketPrinter
from queueapp.domain.printing import PrinterFault
from tests.devices.escpos_reader import printed

OFFLINE = PrinterStatus(fault=PrinterFault.OFFLINE)
Connect = Callable[[str], TicketPrinter]


@pytest.fixture
def printer_at(tmp_path: Path) -> Connect:
    def connected(address: str) -> TicketPrinter:
        return connect(
            PrinterSetup(
                address=read_printer_address(address),
                width=576,
                profile="default",
                answers=True,
                cache=tmp_path / "cache",
            )
        )

    return connected


def a_ticket() -> Image.Image:
    ticket = Image.new("1", (576, 500), 1)
    ticket.paste(0, (100, 100, 300, 400))
    return ticket


def program(folder: Path, name: str, code: str) -> None:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{code}\n")
    path.chmod(0o755)


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What CUPS was sent; it knows one printer, called Receipt."""
    sent = tmp_path / "sent"
    program(
        tmp_path,
        "lpstat",
        "import sys\nif sys.argv[-1] == 'Label': sys.exit('lpstat: Invalid destination name')\n"
        "print({'-e': 'Receipt', '-v': 'device for Receipt: socket://x',"
        " '-l': 'printer Receipt is idle.\\n\\tAlerts: none'}[sys.argv[1]])",
    )
    program(
        tmp_path,
        "lp",
        "import sys, pathlib\nassert sys.argv[1:3] == ['-d', 'Receipt'] and 'raw' in sys.argv\n"
        f"pathlib.Path({str(sent)!r}).write_bytes(sys.stdin.buffer.read())",
    )
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return sent


def test_cups_gets_the_ticket_as_a_raw_job(printer_at: Connect, cups: Path) -> None:
    printer = printer_at("cups://Receipt")
    assert printer.status() == PrinterStatus()
    assert not cups.exists()  # to ask how it is begins no job
    printer.print(a_ticket(), "ticket")
    [paper] = printed(cups.read_bytes(), 576)
    assert paper.crop((0, 0, 576, 500)).tobytes() == a_ticket().tobytes()


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("printer R is idle.  enabled since Sun\n\tAlerts: none\n", PrinterStatus()),
        ("printer R disabled since Sun -\n\tAlerts: none\n", OFFLINE),
        ("printer R is idle.\n\tAlerts: media-low-warning\n", PrinterStatus(paper_is_low=True)),
        (
            "printer R now printing R-4.\n\tAlerts: media-empty-error\n",
            PrinterStatus(fault=PrinterFault.PAPER_OUT),
        ),
        (
            "printer R disabled since Sun\n\tDescription: offline\n\tAlerts: cover-open\n",
            PrinterStatus(fault=PrinterFault.COVER_OPEN),
        ),
    ],
)
def test_what_cups_says_of_a_printer(told: str, status: PrinterStatus) -> None:
    assert status_told_by_cups(told) == status


@pytest.mark.usefixtures("cups")
def test_a_printer_that_cups_does_not_know_is_offline(printer_at: Connect) -> None:
    assert printer_at("cups://Label").status() == OFFLINE


def test_without_cups_its_printers_are_offline(
    printer_at: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printer_at("cups://Receipt").status() == OFFLINE


def test_nothing_at_the_usb_port_is_offline(printer_at: Connect) -> None:
    printer = printer_at("usb://fff0:fff0")
    assert printer.status() == OFFLINE
    with pytest.raises(PrinterTrouble) as trouble:
        printer.print(a_ticket(), "ticket")
    assert trouble.value.fault is PrinterFault.OFFLINE
    assert not trouble.value.reached_paper


def test_a_folder_keeps_each_ticket_as_a_picture(printer_at: Connect, tmp_path: Path) -> None:
    folder = tmp_path / "tickets"
    printer = printer_at(f"file://{folder}")
    printer.print(a_ticket(), "2026-10-07-A001")
    assert printer.status() == PrinterStatus()
    printer.print(a_ticket(), "2026-10-07-A001")
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026-10-07-A001-2.png",
        "2026-10-07-A001.png",
    ]
    with Image.open(folder / "2026-10-07-A001.png") as kept:
        assert kept.tobytes() == a_ticket().tobytes()


def test_a_folder_that_cannot_be_written_is_a_printer_that_is_offline(
    printer_at: Connect, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    printer = printer_at(f"file://{tmp_path / 'file' / 'tickets'}")
    assert printer.status() == OFFLINE
    with pytest.raises(PrinterTrouble):
        printer.print(a_ticket(), "ticket")
