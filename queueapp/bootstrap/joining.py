"""The codes that a kiosk shows, signed with the secret that the web part checks them by."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from queueapp.bootstrap import OpenBranch
from queueapp.domain.phone import JOIN_SECRET, code_of_now
from queueapp.store.web_store import SqlWebStore


def join_codes(opened: OpenBranch) -> Callable[[datetime], str]:
    """What gives the code that is good at a moment; asks the database once, now."""
    secret = SqlWebStore(opened.store).secret(opened.id, JOIN_SECRET)
    return partial(code_of_now, secret, opened.id)
