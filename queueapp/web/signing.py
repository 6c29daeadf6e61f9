"""What the web part signs, so that it knows it again: who is signed in, and the code to join."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from queueapp.domain.words import StaffCode

SESSION = timedelta(hours=12)
"""A wall is signed in to in the morning."""
COOKIE = "queueapp_staff"


def session_of(secret: bytes, staff: StaffCode, now: datetime) -> str:
    """A cookie that says for :data:`SESSION` that ``staff`` signed in."""
    until = int((now + SESSION).timestamp())
    who = base64.urlsafe_b64encode(staff.encode()).decode()
    return f"{who}.{until:x}.{_signature(secret, who, until)}"


def staff_of(secret: bytes, cookie: str, now: datetime) -> StaffCode | None:
    """Who signed in; ``None`` when the cookie was not made here, or is over."""
    parts = cookie.split(".")
    try:
        who, written, signature = parts
        until = int(written, 16)
        expected = _signature(secret, who, until)
        is_own = hmac.compare_digest(signature.encode(), expected.encode())
        if not is_own or until < now.timestamp():
            return None
        return StaffCode(base64.urlsafe_b64decode(who).decode())
    except ValueError:
        return None


def _signature(secret: bytes, who: str, until: int) -> str:
    return hmac.new(secret, f"session {who} {until}".encode(), hashlib.sha256).hexdigest()
