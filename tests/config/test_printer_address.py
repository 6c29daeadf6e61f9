"""Addresses of printers, right and wrong."""

from pathlib import Path

import pytest

from queueapp.config.printer_address import PrinterKind, read_printer_address


def test_a_printer_on_the_network() -> None:
    address = read_printer_address(" network://192.168.1.50 ")
    assert (address.kind, address.host, address.port) == (
        PrinterKind.NETWORK,
        "192.168.1.50",
        9100,
    )
    assert read_printer_address("network://printer.office:9101").port == 9101


def test_a_printer_at_a_usb_port() -> None:
    address = read_printer_address("usb://04B8:0e15")
    assert (address.vendor, address.product) == (0x04B8, 0x0E15)
    assert (address.input_endpoint, address.output_endpoint) == (0x82, 0x01)
    other = read_printer_address("usb://0416:5011?in=0x81&out=3")
    assert (other.input_endpoint, other.output_endpoint) == (0x81, 0x03)


def test_a_printer_of_cups_and_a_folder(tmp_path: Path) -> None:
    assert read_printer_address("cups://Receipt_1").queue == "Receipt_1"
    assert read_printer_address(f"file://{tmp_path}").folder == tmp_path


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("192.168.1.50", "names no printer: write network://"),
        ("ftp://printer", "names no printer: write network://"),
        ("network://", "must be a host"),
        ("network://printer:paper", "must be a host"),
        ("network://printer/path", "must be a host"),
        ("usb://printer", "as `lsusb` shows"),
        ("usb://04b8:0e15?in=x", "if need be"),
        ("usb://04b8:0e15?way=1", "if need be"),
        ("cups://", "as CUPS does"),
        ("cups://two words", "as CUPS does"),
        ("file://", "must name a folder"),
    ],
)
def test_a_wrong_address_is_told_with_an_example(wrong: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_printer_address(wrong)
