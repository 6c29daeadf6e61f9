"""What the QR code on a ticket carries, wherever it is shown or printed."""


def code_data(public_url: str | None, label: str, token: str) -> str:
    """The address of the ticket's page, or its number for the kiosk; empty without a token."""
    if not token:
        return ""
    if public_url:
        return f"{public_url.rstrip('/')}/t/{token}"
    return f"queueapp:{label}:{token}"
