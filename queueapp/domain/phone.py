"""What a branch allows on its customers' phones, and the signed code that says "I am here"."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import BranchId

CODE_LASTS = timedelta(minutes=5)
"""How long the code on a kiosk is good for after it was drawn last."""
CODE_CHANGES = timedelta(minutes=1)
"""How often it is drawn anew."""
JOIN_SECRET = "join"  # noqa: S105 - its name
"""What the secret that signs codes is called."""
SIGNATURE_BYTES = 12
"""96 bits; whoever guesses has a few minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRules:
    """What customers may do by phone, as ``branch.toml`` says."""

    join: bool = True
    """Take a ticket with the code that the kiosk or a poster shows."""
    link: bool = False
    """Take one from anywhere, with the branch's address alone."""
    distance: timedelta = timedelta(0)
    """Somebody who joined from afar is not called before they can have come."""
    keep_words: timedelta = timedelta(days=30)
    """After which time what customers typed is deleted."""


def join_code(secret: bytes, branch: BranchId, until: datetime) -> str:
    """A code that is good until ``until`` (aware, whole seconds), and only in ``branch``."""
    lasts = f"{int(until.timestamp()):x}"
    return f"{lasts}.{_signature(secret, branch, lasts)}"


def code_of_now(secret: bytes, branch: BranchId, now: datetime) -> str:
    """The code to show at ``now``; the same for a minute, so that a picture of it stands still."""
    every = CODE_CHANGES.total_seconds()
    begun = datetime.fromtimestamp(now.timestamp() // every * every, UTC)
    return join_code(secret, branch, begun + CODE_CHANGES + CODE_LASTS)


def check_join_code(secret: bytes, branch: BranchId, code: str, now: datetime) -> None:
    """Refuse a code that was not made here, or is over."""
    lasts, _, signature = code.partition(".")
    expected = _signature(secret, branch, lasts)
    sent = signature.encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(sent, expected.encode()):
        raise Refused(Reason.JOIN_CODE_WRONG)
    if int(lasts, 16) < now.timestamp():
        raise Refused(Reason.JOIN_CODE_OVER)


def _signature(secret: bytes, branch: BranchId, lasts: str) -> str:
    message = f"join {branch} {lasts}".encode("utf-8", "surrogatepass")
    digest = hmac.digest(secret, message, hashlib.sha256)[:SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
