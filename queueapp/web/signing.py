"""What the web part signs, so that it knows it again: who is signed in, and the code to join."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from queueapp.domain.words import StaffCode

SESSION = timedelta(hours=12)
"""A wall is signed in to in the morning."""
COOKIE = "queueapp_staff"


def session_of(secret: bytes, staff: StaffCode, pin_mark: str, now: datetime) -> str:
    """A cookie that says for :data:`SESSION` that ``staff`` signed in with the PIN of that mark."""
    until = int((now + SESSION).timestamp())
    who = base64.urlsafe_b64encode(staff.encode()).decode()
    return f"{who}.{until:x}.{_signature(secret, who, until, pin_mark)}"


def staff_of(
    secret: bytes, cookie: str, mark_of: Callable[[StaffCode], str | None], now: datetime
) -> StaffCode | None:
    """Who signed in; ``None`` when the cookie was not made here, or is over.

    It is over after its time, and with another PIN; ``mark_of`` knows the present one's mark.
    """
    parts = cookie.split(".")
    try:
        who, written, signature = parts
        until = int(written, 16)
        staff = StaffCode(base64.urlsafe_b64decode(who).decode())
    except ValueError:
        return None
    pin_mark = mark_of(staff)
    if pin_mark is None or until < now.timestamp():
        return None
    expected = _signature(secret, who, until, pin_mark)
    is_own = hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), expected.encode())
    return staff if is_own else None


def _signature(secret: bytes, who: str, until: int, pin_mark: str) -> str:
    said = f"session {who} {until} {pin_mark}"
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()
