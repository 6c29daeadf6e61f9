"""What a phone would read off a picture."""

import pytest
from PIL import Image


def scanned(picture: Image.Image) -> list[str]:
    """Every QR code in ``picture``, read by zbar."""
    try:
        from pyzbar import pyzbar  # noqa: PLC0415 - it needs the library of the system
    except ImportError:
        pytest.skip("needs libzbar0")
    found = pyzbar.decode(picture.convert("L"), symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [str(each.data.decode()) for each in found]
