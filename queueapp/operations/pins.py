"""Checking who somebody is, slowly on purpose and never inside a command's transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import PinGuard
from queueapp.domain.words import BranchId, StaffCode
from queueapp.operations.commands import new_command_id
from queueapp.operations.ports import Credentials, Event, PinHasher, Receipt, Store

WRONG_PIN = "WrongPin"
PIN_ACCEPTED = "PinAccepted"
"""Kinds of event that are no commands: what a try at a PIN leaves in the history."""


class PinCheck:
    """Compares PINs and slows down whoever guesses."""

    def __init__(self, store: Store, hasher: PinHasher, branch: BranchId) -> None:
        self._store = store
        self._hasher = hasher
        self._branch = branch

    def check(self, code: StaffCode, pin: str) -> Credentials:
        """The person behind ``code``; refused when the PIN is wrong, or after too many wrong ones.

        A name that does not exist gets the same answer as a wrong PIN.
        """
        found = self._store.credentials(self._branch, code)
        if found is None:
            raise Refused(Reason.STAFF_UNKNOWN)
        now = self._store.now()
        found.guard.check(now)
        if not self._hasher.matches(found.pin_hash, pin):
            self._tried(code, WRONG_PIN, PinGuard.after_wrong_pin).check(now)
            raise Refused(Reason.STAFF_UNKNOWN)
        # Looked at again: who tries many PINs at once may have been locked out meanwhile.
        latest = self._store.credentials(self._branch, code)
        if latest is None or latest.guard.wrong:
            self._tried(code, PIN_ACCEPTED, lambda _guard, _now: PinGuard())
        return found

    def _tried(
        self, code: StaffCode, kind: str, after: Callable[[PinGuard, datetime], PinGuard]
    ) -> PinGuard:
        """Keep what a try leaves: the guard as it is then, and an event of this ``kind``."""
        with self._store.transaction(self._branch) as transaction:
            found = transaction.credentials(code)
            if found is None:
                raise Refused(Reason.STAFF_UNKNOWN)
            found.guard.check(transaction.now)
            guard = after(found.guard, transaction.now)
            transaction.save_credentials(replace(found, guard=guard))
            receipt = Receipt(revision=transaction.revision, at=transaction.now)
            transaction.record(
                Event(command_id=new_command_id(), kind=kind, receipt=receipt, staff=code)
            )
        return guard
