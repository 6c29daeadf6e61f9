"""What a terminal is given when it starts; it imports no engine, so a test gives it a fake."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from queueapp.domain.rating import ContactWish
from queueapp.domain.staff import Permission, Staff
from queueapp.domain.words import StaffCode
from queueapp.language import Language
from queueapp.operations.commands import Command
from queueapp.operations.ports import Feed, Receipt


class Commands(Protocol):
    """What a terminal may ask of the operations; both may block, so neither runs on the screen."""

    def handle(self, command: Command) -> Receipt:
        """Do ``command`` once; raises ``Refused`` or ``StoreUnavailable``."""

    def sign_in(self, staff: StaffCode, pin: str, permission: Permission) -> Staff:
        """The person behind code and PIN; refused when wrong, locked or not permitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalContext:
    """What every screen of a terminal can reach."""

    operations: Commands
    feed: Feed
    clock: Callable[[], datetime]
    """Aware, UTC: the database's clock, by the offset learned when connecting."""
    language_of: Callable[[str], Language]
    """The language with a code such as ``fa``; cached, so it may be called often."""
    contact_wishes: Callable[[], Sequence[ContactWish]] = tuple
    """Who asked to be contacted, the longest wait first; it may block."""
    language: str
    """The code of the language in which the terminal starts."""
    theme: str = "queue-dark"
    """The name of one of :data:`queueapp.tui.themes.THEMES`."""
    large_text: bool = False
    """More room around everything that is read or touched, and larger numbers."""
