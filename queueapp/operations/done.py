"""What a handler hands back: the part of a receipt that only it knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from queueapp.domain.routing import Pick
from queueapp.domain.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command was carried out."""

    ticket: Ticket | None = None
    token: str = ""
    pick: Pick | None = None
    facts: Mapping[str, str | int | bool | None] = field(default_factory=dict)
    """What the history should know about it besides the changed legs."""
    told: Mapping[str, object] = field(default_factory=dict)
    """What whoever sent the command is told besides; as JSON knows it."""
