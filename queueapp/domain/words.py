"""The identifiers and the two small values that every other room uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType
from uuid import UUID

BranchId = NewType("BranchId", str)
ServiceCode = NewType("ServiceCode", str)
"""The letter in front of a ticket's number, Latin or Persian."""
CategoryCode = NewType("CategoryCode", str)
OutcomeCode = NewType("OutcomeCode", str)
CounterNumber = NewType("CounterNumber", int)
StaffCode = NewType("StaffCode", str)
"""What a clerk types to sign on, such as ``12`` or ``sara``."""
TicketId = NewType("TicketId", UUID)
"""A UUIDv7: later tickets sort after earlier ones."""
CommandId = NewType("CommandId", UUID)
Revision = NewType("Revision", int)
"""A branch's change counter; rises by one with every command."""


def sentence(message: str) -> str:
    """Mark ``message`` for translation without translating it: the domain knows no language."""
    return message


class Verbatim(str):
    """An address, a path or a command in a sentence: no language writes its figures otherwise."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A name that the branch wrote itself, in each of its languages (``{"en": …, "fa": …}``)."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """The name in ``language``, or in whichever language the branch did write."""
        return self.by_language.get(language) or next(iter(self.by_language.values()), "")

    def __str__(self) -> str:
        return self.in_language("en")
