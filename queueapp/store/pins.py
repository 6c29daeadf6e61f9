"""PIN hashes with argon2id."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError


class Argon2Hasher:
    """Implements :class:`queueapp.operations.ports.PinHasher`; each call takes some 50 ms."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def hash(self, pin: str) -> str:
        """The hash to keep."""
        return self._hasher.hash(pin)

    def matches(self, pin_hash: str, pin: str) -> bool:
        """Whether ``pin`` is the one that was hashed."""
        try:
            return self._hasher.verify(pin_hash, pin)
        except (VerifyMismatchError, InvalidHashError):
            return False
