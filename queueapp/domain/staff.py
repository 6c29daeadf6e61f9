"""Who works here, what each role may do, and how wrong PINs slow down guessing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.words import StaffCode, sentence


class Role(StrEnum):
    """What somebody is in the branch; each is also the English word, to be translated."""

    CLERK = sentence("clerk")
    SUPERVISOR = sentence("supervisor")
    ADMINISTRATOR = sentence("administrator")


class Permission(StrEnum):
    """Something that a role may or may not do."""

    SERVE = "serve"
    """Sign on at a counter and work with the customers there."""
    STEER = "steer"
    """Open and close services, change counters, move tickets, pause any desk."""
    SET_UP = "set_up"
    """Apply ``branch.toml``, add staff, reset PINs."""
    UNLOCK_KIOSK = "unlock_kiosk"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset({Permission.SERVE, Permission.UNLOCK_KIOSK}),
    Role.SUPERVISOR: frozenset({Permission.SERVE, Permission.UNLOCK_KIOSK, Permission.STEER}),
    Role.ADMINISTRATOR: frozenset(Permission),
}
"""The one place that says who may do what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A person with a PIN and a role."""

    code: StaffCode
    name: str
    role: Role

    def require(self, permission: Permission) -> None:
        """Refuse unless this person's role grants ``permission``."""
        if permission not in PERMISSIONS[self.role]:
            raise Refused(Reason.NOT_PERMITTED, role=self.role)


PIN_DIGITS = range(4, 13)
WRONG_PINS_ALLOWED = 5
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PinGuard:
    """How often somebody's PIN was wrong in a row, and until when no further try counts."""

    wrong: int = 0
    locked_until: datetime | None = None

    def check(self, now: datetime) -> None:
        """Refuse while locked; one that seems to last longer is from before a clock went back."""
        if self.locked_until is not None and now < self.locked_until <= now + LONGEST_LOCK:
            seconds = ceil((self.locked_until - now).total_seconds())
            raise Refused(Reason.STAFF_LOCKED, seconds=seconds)

    def after_wrong_pin(self, now: datetime) -> "PinGuard":
        """One more wrong PIN: from the fifth on locked, twice as long each time."""
        wrong = self.wrong + 1
        if wrong < WRONG_PINS_ALLOWED:
            return replace(self, wrong=wrong)
        return PinGuard(wrong=wrong, locked_until=now + _lock_after(wrong))


def _lock_after(wrong: int) -> timedelta:
    times: int = 2 ** min(wrong - WRONG_PINS_ALLOWED, 10)  # a patient guesser would overflow it
    return min(FIRST_LOCK * times, LONGEST_LOCK)


def check_pin_form(pin: str) -> None:
    """Refuse a PIN that is not 4 to 12 digits."""
    if not (len(pin) in PIN_DIGITS and pin.isascii() and pin.isdigit()):
        raise Refused(Reason.PIN_TOO_SIMPLE)
