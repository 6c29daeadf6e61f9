"""A QR code as an SVG path: black on white, whatever the theme."""

from dataclasses import dataclass

QUIET_ZONE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class QRPicture:
    """``size`` modules to each side, quiet zone included; ``path`` fills the black ones."""

    size: int
    path: str


def qr_picture(data: str) -> QRPicture:
    """The code for ``data``, error correction M."""
    import qrcode  # noqa: PLC0415 - only a poster needs it

    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(data)
    code.make(fit=True)
    modules = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(modules)
        for x, is_black in enumerate(row)
        if is_black
    )
    return QRPicture(size=len(modules), path=path)
