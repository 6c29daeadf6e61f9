"""Checking who somebody is, slowly on purpose and never inside a command's transaction."""

from dataclasses import replace

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import PinGuard
from queueapp.domain.words import BranchId, StaffCode
from queueapp.operations.commands import new_command_id
from queueapp.operations.ports import Credentials, Event, PinHasher, Receipt, Store, Transaction

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
            self._count_wrong(code).check(now)
            raise Refused(Reason.STAFF_UNKNOWN)
        # Looked at again: who tries many PINs at once may have been locked out meanwhile.
        latest = self._store.credentials(self._branch, code)
        if latest is None or latest.guard.wrong:
            self._forget_wrong(code)
        return found

    def _count_wrong(self, code: StaffCode) -> PinGuard:
        with self._store.transaction(self._branch) as transaction:
            found = transaction.credentials(code)
            if found is None:
                raise Refused(Reason.STAFF_UNKNOWN)
            found.guard.check(transaction.now)
            guard = found.guard.after_wrong_pin(transaction.now)
            transaction.save_credentials(replace(found, guard=guard))
            transaction.record(_event(WRONG_PIN, code, _receipt(transaction)))
        return guard

    def _forget_wrong(self, code: StaffCode) -> None:
        with self._store.transaction(self._branch) as transaction:
            found = transaction.credentials(code)
            if found is None:
                raise Refused(Reason.STAFF_UNKNOWN)
            found.guard.check(transaction.now)
            transaction.save_credentials(replace(found, guard=PinGuard()))
            transaction.record(_event(PIN_ACCEPTED, code, _receipt(transaction)))


def _event(kind: str, code: StaffCode, receipt: Receipt) -> Event:
    return Event(command_id=new_command_id(), kind=kind, receipt=receipt, staff=code)


def _receipt(transaction: Transaction) -> Receipt:
    return Receipt(revision=transaction.revision, at=transaction.now)
